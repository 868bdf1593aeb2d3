#!/bin/bash
# The C++ of the kernel's specs, under both compilers and clang-format. Those that need what C++
# cannot express yet are named here, and have to be refused as a whole.
#   compile_test.sh GENLC RUNTIME_HEADER SPEC_OF_OUR_OWN...
# The kernel's specs are those in the folder GENLC_KERNEL_SPECS.
set -u
genlc=$PWD/$1
headers=$(dirname "$PWD/$2")
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/include"
ln -s "$headers" "$work/include/genl"
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# Compiles and formats what genlc makes of one spec.
try() {
  local name out
  name=$(basename "$1" .yaml)
  out=$work/$name
  mkdir "$out"
  "$genlc" compile "$1" --cpp_out="$out" 2>"$out/log" || {
    cat "$out/log"
    fail "$name: genlc"
    return
  }
  for compiler in g++ clang++; do
    "$compiler" -std=c++20 -Wall -Wextra -Wpedantic -Werror -I"$work/include" -fsyntax-only \
      "$out/$name.genl.cc" || fail "$name: $compiler"
  done
  for file in "$out/$name.genl.h" "$out/$name.genl.cc"; do
    clang-format --style="{BasedOnStyle: Google, ColumnLimit: 100}" "$file" | diff "$file" - ||
      fail "$name: clang-format would change $(basename "$file")"
  done
  echo "$name: $(cat "$out"/*.genl.* | wc -l) lines"
}

# Whether genlc says, with a place, what it cannot express, and writes nothing.
refuse() {
  local name out
  name=$(basename "$1" .yaml)
  out=$work/$name
  mkdir "$out"
  "$genlc" compile "$1" --cpp_out="$out" 2>"$out/log" && fail "$name: compiles: it is not pending"
  grep -q "$name.yaml:[0-9]*:[0-9]*: error: .*cannot express .*\[GL0801\]" "$out/log" ||
    fail "$name: $(cat "$out/log")"
  [ -z "$(find "$out" -name '*.genl.*')" ] || fail "$name: refused, but written"
  echo "$name: not expressible yet"
}

for spec; do try "$spec"; done
specs=${GENLC_KERNEL_SPECS:-}
if ls "$specs"/*.yaml >/dev/null 2>&1; then
  count=0
  for spec in "$specs"/*.yaml; do
    level=$(sed -n 's/^protocol: *//p' "$spec")
    if [ "$level" = netlink-raw ]; then
      refuse "$spec"
      continue
    fi
    try "$spec"
    count=$((count + 1))
  done
  [ "$count" -ge 8 ] || fail "only $count specs compile of those in $specs"
else
  echo "SKIPPED: compile_test: the kernel's specs are not there (run tools/setup)"
fi
[ "$failures" -eq 0 ]
