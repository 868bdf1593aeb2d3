#!/bin/sh
# Rewrites what the tests expect with what genlc says now; review the change like any other.
#   bazel run //tests:update
set -eu
runfiles=$PWD
cd "${BUILD_WORKSPACE_DIRECTORY:?run this with: bazel run //tests:update}"
"$runfiles/tests/specs/update" tests/specs/bad
"$runfiles/tests/breaking/update" tests/breaking/breaks
"$runfiles/tests/verify/update" tests/verify/differs
tests/golden/golden.sh "$runfiles/tools/genlc/genlc"
