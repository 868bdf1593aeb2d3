#!/bin/bash
# The kernel's own style checker on everything that ends in a kernel: no error, no warning,
# no check, in generated files of the specs given, and in the sources given.
#   checkpatch_test.sh GENLC {SPEC.yaml|SOURCE}...
set -euo pipefail

checkpatch=$GENLC_REFERENCE/linux/scripts/checkpatch.pl
if [ ! -e "$checkpatch" ]; then
  echo "SKIPPED: checkpatch_test: no checkpatch.pl (run tools/setup)"
  exit 0
fi

genlc=$1
shift
export HOME=$TEST_TMPDIR  # it looks for a configuration there
work=$TEST_TMPDIR/checkpatch
status=0

# Says nothing about a file that is as it should be.
check() {
  perl "$checkpatch" --no-tree --strict --terse --show-types -f "$1" >"$work/log" 2>&1 || status=1
  [ ! -s "$work/log" ] || status=1
  cat "$work/log"
}

checked=0
declare -A seen  # the helpers of all modules are the same
for input; do
  rm -rf "$work"
  mkdir -p "$work/out"
  if [[ $input == *.yaml ]]; then
    for style in module in-tree; do
      # What one style cannot express is told apart by the compiler's tests.
      "$genlc" compile "$input" --kernel_out="$work/out/$style" --kernel_style=$style \
        >"$work/log" 2>&1 || { grep -q GL0801 "$work/log" && [ $style = in-tree ]; } ||
        { cat "$work/log"; exit 1; }
    done
    "$genlc" compile "$input" --uapi_out="$work/out/uapi" >"$work/log" 2>&1
  else
    cp "$input" "$work/out/"
  fi
  while read -r file; do
    sum=$(md5sum <"$file")
    [ -z "${seen[$sum]-}" ] || continue
    seen[$sum]=1
    check "$file"
    checked=$((checked + 1))
  done < <(find "$work/out" -name '*.[ch]')
done
echo "$checked files checked"
[ $checked -ge 12 ] || { echo "too few files: the test looks at nothing"; exit 1; }

# The checker does find something.
printf '// SPDX-License-Identifier: GPL-2.0\nint f(void)\n{\n\n\treturn 0 ;\n}\n' >"$work/bad.c"
if perl "$checkpatch" --no-tree --strict --terse -f "$work/bad.c" >/dev/null 2>&1; then
  echo "checkpatch.pl finds nothing wrong with a bad file"
  exit 1
fi
exit $status
