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

# What the fuzzers begin with: messages, and specs that have a profile.
corpus=tests/fuzz/corpus
rm -rf "$corpus"
mkdir -p "$corpus/spec"
"$runfiles/tests/fuzz/seed" "$corpus"
for profile in tests/specs/*/*.genlc.yaml; do
  spec=${profile%.genlc.yaml}.yaml
  name=$(basename "$(dirname "$spec")")_$(basename "$spec")
  { cat "$spec" && echo '#!profile' && cat "$profile"; } >"$corpus/spec/$name"
done
