#!/bin/bash
# sparse has nothing to say about modules, generated files and handlers alike: no byte order mixed
# up, no context imbalance, nothing that should be static. It sees what a compiler does not.
#   sparse_test.sh GENLC BUILD_MODULE SERIES {SPEC.yaml SOURCE...}...
# Lines about the kernel's own headers, whose paths are absolute, do not count.
set -u
genlc=$PWD/$1
build_module=$PWD/$2
series=$3
shift 3
kernel=$GENLC_CACHE/kernels/$series
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

skip() {
  echo "SKIPPED: sparse_test: $1 (run tools/setup)"
  exit 0
}

fail() {
  echo "FAILED: $*"
  failed=1
}

command -v sparse >/dev/null || skip "no sparse"
[ -e "$kernel" ] || skip "no Linux $series"

# check SPEC SOURCE...: leaves in $said what is said about the module's own files.
check() {
  local spec=$1
  shift
  rm -rf "$work/module"
  "$genlc" compile "$spec" --kernel_out="$work/module" >"$work/log" 2>&1 || fail "$(cat "$work/log")"
  "$build_module" --kernel "$series" --kernel_folder "$kernel" --output "$work/module.ko" \
    --folder "$work/module" --strict --sparse "$@" >"$work/log" 2>&1 ||
    fail "$spec: $(cat "$work/log")"
  said=$(grep -v '^/' "$work/log")
}

checked=0
while [ $# -gt 0 ]; do
  module=("$1")
  shift
  while [ $# -gt 0 ] && [[ $1 != *.yaml ]]; do
    module+=("$1")
    shift
  done
  check "${module[@]}"
  [ -z "$said" ] || fail "${module[0]}: $said"
  checked=$((checked + 1))
done
echo "$checked modules checked"
[ $checked -ge 3 ] || fail "the test looks at nothing"

# It does find something, in handlers and in headers of the module's own.
mkdir "$work/planted"
for source in "${module[@]:1}"; do cp "$source" "$work/planted"; done
handlers=$(echo "$work"/planted/*_handlers.c)
printf '#include "planted.h"\n\n__be32 planted_order = 5;\n' >>"$handlers"
printf 'static const __le16 planted_value __maybe_unused = 7;\n' >"$work/planted/planted.h"
check "${module[0]}" "$work"/planted/*
for found in 'handlers.c:.*symbol .planted_order. was not declared' \
  'handlers.c:.*incorrect type in initializer' 'planted.h:1:.*incorrect type in initializer'; do
  grep -q "$found" <<<"$said" || fail "not found: $found in: $said"
done
exit $failed
