#!/bin/bash
# How long the kernel's own specs take, all outputs, and whether that is below the limit.
#   speed_test.sh GENLC LIMIT_MS     with GENLC_KERNEL_SPECS as in third_party/reference
#
# bazel test -c opt //tools/genlc:speed_test holds what users install to 300 ms; builds that
# are not optimised have a limit of their own, to notice what takes forever.
set -eu

genlc=$(realpath "$1")
limit_ms=$2
specs=${GENLC_KERNEL_SPECS:-}
if [ ! -e "$specs/psp.yaml" ]; then
  echo "SKIPPED: speed_test: no kernel specs to compile (run tools/setup)"
  exit 0
fi

# The specs of level genetlink: those that say so, and those that say nothing.
level_genetlink=$(grep -LE '^protocol: *(genetlink-c|genetlink-legacy|netlink-raw)' "$specs"/*.yaml)
count=$(wc -w <<<"$level_genetlink")
[ "$count" -ge 12 ] || { echo "only $count specs of level genetlink in $specs"; exit 1; }

# Milliseconds of one run that writes every file. Their names have no blanks.
run() {
  local out=$TEST_TMPDIR/out begin end
  rm -rf "$out"
  begin=$(date +%s%N)
  # shellcheck disable=SC2086
  "$genlc" compile $level_genetlink \
    --uapi_out="$out/include" --kernel_out="$out/module" --cpp_out="$out/client" \
    2>"$TEST_TMPDIR/warnings" || { cat "$TEST_TMPDIR/warnings" >&2; return 1; }
  end=$(date +%s%N)
  echo $(((end - begin) / 1000000))
}

# The best of several: other work on the machine can only add to the time.
times=$(for _ in 1 2 3 4 5; do run || exit 1; done)
best=$(sort -n <<<"$times" | head -1)
files=$(find "$TEST_TMPDIR/out" -type f | wc -l)
lines=$(find "$TEST_TMPDIR/out" -type f -exec cat {} + | wc -l)
echo "$count specs to $files files, $lines lines: $best ms (limit $limit_ms ms)"
[ "$files" -ge $((count * 5)) ] || { echo "that are too few files"; exit 1; }
[ "$best" -le "$limit_ms" ]
