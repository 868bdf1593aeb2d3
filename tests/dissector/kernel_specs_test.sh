#!/bin/bash
# tshark loads the dissectors of all the kernel's specs, side by side.
set -eu
specs=("${GENLC_KERNEL_SPECS:-}"/*.yaml)
if [ ! -e "${specs[0]}" ]; then
  echo "SKIPPED: kernel_specs_test: no kernel specs (run tools/setup)"
  exit 0
fi
if ! command -v tshark >/dev/null; then
  echo "SKIPPED: kernel_specs_test: no tshark (run tools/setup)"
  exit 0
fi
export HOME=$TEST_TMPDIR
tools/genlc/genlc compile "${specs[@]}" --dissector_out="$TEST_TMPDIR/lua" 2>/dev/null
scripts=()
for file in "$TEST_TMPDIR"/lua/*.lua; do scripts+=(-X "lua_script:$file"); done
tshark -G protocols "${scripts[@]}" >"$TEST_TMPDIR/protocols" 2>"$TEST_TMPDIR/errors"
# A script that cannot be loaded is said on standard error, and has no protocol.
if grep -v 'Running as user' "$TEST_TMPDIR/errors"; then exit 1; fi
loaded=$(grep -c '^Netlink family ' "$TEST_TMPDIR/protocols")
echo "$loaded dissectors of ${#specs[@]} specs"
[ "$loaded" = "${#specs[@]}" ] && [ "$loaded" -ge 33 ]
