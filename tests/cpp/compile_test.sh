#!/bin/bash
# The C++ of all of the kernel's specs under clang-format; of our own under both compilers, too. (The
# kernel's are compiled for tests/round_trip and tests/fuzz, with the same warnings.)
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

# Compiles what genlc makes of the spec $1 with the compilers $2..., and formats it. No header of the
# kernel is on the path of generated code other than those that the runtime itself includes.
try() {
  local name out ok=0 compiler file start spec=$1
  shift
  name=$(basename "$spec" .yaml)
  out=$work/$name
  mkdir "$out"
  "$genlc" compile "$spec" --cpp_out="$out" 2>"$out/log" || {
    cat "$out/log"
    echo "FAILED: $name: genlc"
    return 1
  }
  grep -Hn '#include <\(linux\|net\|asm\)/' "$out"/* && ok=1
  # One reading of the library's headers for client and service.
  printf '#include "%s"\n' "$name.genl.cc" "$name.service.cc" >"$out/all.cc"
  local times=
  for compiler; do
    start=$EPOCHREALTIME
    "$compiler" -std=c++20 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror \
      -I"$work/include" -fsyntax-only "$out/all.cc" || {
      echo "FAILED: $name: $compiler"
      ok=1
    }
    times+=", $compiler $(((${EPOCHREALTIME/./} - ${start/./}) / 1000)) ms"
  done
  for file in "$out/$name".{genl,service}.{h,cc}; do
    clang-format --style="{BasedOnStyle: Google, ColumnLimit: 100}" "$file" | diff "$file" - || {
      echo "FAILED: $name: clang-format would change $(basename "$file")"
      ok=1
    }
  done
  echo "$name: $(cat "$out"/*.genl.* | wc -l) lines$times"
  return "$ok"
}

failures=0
for spec; do
  try "$spec" g++ clang++ || failures=$((failures + 1))
done
specs=$(ls "${GENLC_KERNEL_SPECS:-}"/*.yaml 2>/dev/null | wc -l)
if [ "$specs" -gt 0 ]; then
  [ "$specs" -ge 33 ] || {
    echo "FAILED: only $specs specs in $GENLC_KERNEL_SPECS"
    exit 1
  }
  for spec in "$GENLC_KERNEL_SPECS"/*.yaml; do
    try "$spec" || failures=$((failures + 1))
  done
else
  echo "SKIPPED: compile_test: the kernel's specs are not there (run tools/setup)"
fi
exit $((failures > 0))
