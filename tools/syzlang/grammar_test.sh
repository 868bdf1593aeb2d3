#!/bin/bash
# Descriptions for syzkaller are in its language (grammar.py), and the checker sees what is not:
#   grammar_test.sh GENLC GRAMMAR SPEC...
set -eu
genlc=$(realpath "$1")
grammar=$(realpath "$2")
shift 2
out=$TEST_TMPDIR/out

"$genlc" compile "$@" --syzlang_out="$out"
python3 "$grammar" "$out"/*.txt

# finds WHAT EXPRESSION: the description of thermo, changed by sed, is refused with these words.
finds() {
  sed -E "$2" "$out/thermo.txt" >"$TEST_TMPDIR/bad.txt"
  if python3 "$grammar" "$TEST_TMPDIR/bad.txt" 2>"$TEST_TMPDIR/errors" >/dev/null ||
    ! grep -qF -- "$1" "$TEST_TMPDIR/errors"; then
    echo "not found: $1"
    cat "$TEST_TMPDIR/errors"
    exit 1
  fi
}
finds '`thermo_kind` is not declared' 's/flags\[thermo_kind_values/flags[thermo_kind/'
finds 'the range 48:1' 's/1:48/48:1/'
finds '4294967296 in 32 bits' 's/4294967295/4294967296/'
finds '`nlattr` with 1 arguments' 's/nlattr\[1, int32\]/nlattr[1]/'
finds '`]` is missing' 's/int32\[1:48\]\]/int32[1:48]/'
finds 'is empty' '/^\track/d; /^\tslot/d; /^\tnote/d'
finds 'unused: thermo_spare' '$a thermo_spare = 1'
finds 'inside itself' 's/(hysteresis\t).*/\1nlnest[3, array[thermo_threshold_attrs]]/'
finds 'is declared already' 's/thermo_threshold_attrs \[/thermo_location_attrs [/'
finds 'not of the language' 's/^sendmsg/send message/'

specs=("${GENLC_KERNEL_SPECS:-}"/*.yaml)
if [ ! -e "${specs[0]}" ]; then
  echo "SKIPPED: grammar_test: no kernel specs (run tools/setup)"
  exit 0
fi
described=0
for spec in "${specs[@]}"; do
  if "$genlc" compile "$spec" --syzlang_out="$TEST_TMPDIR/kernel" 2>"$TEST_TMPDIR/errors"; then
    described=$((described + 1))
  elif [ "${spec##*/}" != binder.yaml ] || ! grep -q 'GL0801' "$TEST_TMPDIR/errors"; then
    # binder has a notification and no request.
    cat "$TEST_TMPDIR/errors"
    exit 1
  fi
done
[ "$described" -ge 32 ]
python3 "$grammar" "$TEST_TMPDIR"/kernel/*.txt
