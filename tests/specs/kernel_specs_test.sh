#!/bin/bash
# The specs of the kernels themselves: genlc check has nothing against any of them but advice.
#   kernel_specs_test.sh GENLC
# In GENLC_KERNEL_SPECS are those of the newest kernel, in the cache those of some older ones.
set -u
genlc=$1
failed=0

# check NAME LEAST SPEC...: all without an error, and not fewer than there are known to be.
check() {
  local name=$1 least=$2
  shift 2
  if [ ! -e "$1" ]; then
    echo "SKIPPED: kernel_specs_test: no specs of $name (run tools/setup)"
    return
  fi
  "$genlc" check --format=json "$@" >"$TEST_TMPDIR/report"
  local status=$? errors
  errors=$(grep -c '"severity": *"error"' "$TEST_TMPDIR/report")
  echo "$name: $# specs, $errors errors, $(grep -c '"severity": *"warning"' "$TEST_TMPDIR/report") warnings"
  [ "$status" -eq 0 ] && [ "$errors" -eq 0 ] && [ "$#" -ge "$least" ] && return
  grep -B2 -A8 '"error"' "$TEST_TMPDIR/report"
  echo "FAILED: $name: status $status"
  failed=1
}

check "the newest kernel" 33 "${GENLC_KERNEL_SPECS:-}"/*.yaml
check "Linux 6.12" 19 "${GENLC_CACHE:-}"/kernels/6.12/specs/*.yaml
exit "$failed"
