#!/bin/bash
# Runs the README's client of rt-link in a network namespace of its own: links_test.sh LINKS
set -eu
if [ $# -eq 0 ]; then
  echo "SKIPPED: links_test: no specs of the kernel (run tools/setup)"
  exit 0
fi
if ! unshare --net true 2>/dev/null; then
  echo "SKIPPED: links_test: no network namespace without root"
  exit 0
fi
[ "$(unshare --net "$1")" = "1: lo
2: br7" ]
if unshare --net sh -c 'for i in 1 2; do "$0"; done' "$1" 2>"$TEST_TMPDIR/error" >/dev/null; then
  echo "a second link br7 was made"
  exit 1
fi
grep -q 'rt-link.newlink: File exists' "$TEST_TMPDIR/error"
