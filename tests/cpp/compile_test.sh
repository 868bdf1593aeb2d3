#!/bin/bash
# The C++ of all of the kernel's specs, under both compilers and clang-format.
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

# Compiles and formats what genlc makes of one spec. No header of the kernel is on the path of
# generated code other than those that the runtime itself includes.
try() {
  local name out ok=0 compiler file start
  name=$(basename "$1" .yaml)
  out=$work/$name
  mkdir "$out"
  "$genlc" compile "$1" --cpp_out="$out" 2>"$out/log" || {
    cat "$out/log"
    echo "FAILED: $name: genlc"
    return 1
  }
  grep -Hn '#include <\(linux\|net\|asm\)/' "$out"/*.genl.* && ok=1
  local times=
  for compiler in g++ clang++; do
    start=$EPOCHREALTIME
    "$compiler" -std=c++20 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror \
      -I"$work/include" -fsyntax-only "$out/$name.genl.cc" || {
      echo "FAILED: $name: $compiler"
      ok=1
    }
    times+=", $compiler $(((${EPOCHREALTIME/./} - ${start/./}) / 1000)) ms"
  done
  for file in "$out/$name.genl.h" "$out/$name.genl.cc"; do
    clang-format --style="{BasedOnStyle: Google, ColumnLimit: 100}" "$file" | diff "$file" - || {
      echo "FAILED: $name: clang-format would change $(basename "$file")"
      ok=1
    }
  done
  echo "$name: $(cat "$out"/*.genl.* | wc -l) lines$times"
  return "$ok"
}
export -f try
export genlc work

specs=("$@")
kernel=${GENLC_KERNEL_SPECS:-}
if ls "$kernel"/*.yaml >/dev/null 2>&1; then
  specs+=("$kernel"/*.yaml)
  [ "${#specs[@]}" -ge $(($# + 33)) ] || {
    echo "FAILED: only $((${#specs[@]} - $#)) specs in $kernel"
    exit 1
  }
else
  echo "SKIPPED: compile_test: the kernel's specs are not there (run tools/setup)"
fi
printf '%s\0' "${specs[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'try "$1"' try
