#!/bin/bash
# Tests that tools/vm/run fails for each kind of bug that the sanitised kernel finds, and names it: each in
# a boot of its own, as a report can mute those that follow. harness_test.sh SERIES.

set -u
series=$1
failed=0

# The bugs in the order of planted.yaml: what the kernel has to say of each.
readonly WORDS=(
  ""
  "BUG: KASAN: slab-out-of-bounds in planted_slab_bounds"
  "BUG: KASAN: slab-use-after-free in planted_freed"
  "BUG: KASAN: vmalloc-out-of-bounds in planted_vmalloc_bounds"
  "WARNING: possible circular locking dependency detected"
  "BUG: sleeping function called from invalid context"
  "UBSAN: shift-out-of-bounds in .*planted_handlers.c"
  "UBSAN: array-index-out-of-bounds in .*planted_handlers.c"
  "list_del corruption"
  "WARNING: .*debug_print_object"
  "kmemleak: 1 new suspected memory leaks"
)

boot() {
  tools/vm/run --kernel="$series" --module="tests/sanitised/planted_ko/$series/planted.ko" \
    --log="$TEST_TMPDIR/log.$1" -- tests/sanitised/planted_run "$1" >"$TEST_TMPDIR/$1" 2>&1
  echo "status $?" >>"$TEST_TMPDIR/$1"
}

expect() {
  grep -q "$2" "$TEST_TMPDIR/$1" && return
  echo "FAILED: bug $1: not said: $2"
  cat "$TEST_TMPDIR/$1"
  failed=1
}

# They mostly wait, for objects to become old enough for kmemleak.
for bug in "${!WORDS[@]}"; do
  boot "$bug" &
done
wait
expect 0 "^status 0$"
for ((bug = 1; bug < ${#WORDS[@]}; ++bug)); do
  expect "$bug" "^vm: the kernel complained: .*${WORDS[bug]}"
  expect "$bug" "^status 125$"
done
exit $failed
