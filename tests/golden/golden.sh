#!/bin/sh
# What genlc makes of the example, as it is committed here: a change of the compiler shows
# its effect in the review. From the root of the workspace:
#   golden.sh GENLC            writes it (bazel run //tests:update does)
#   golden.sh GENLC --check    compares it
set -eu
genlc=$1
shift
"$genlc" compile family/examples/thermo/thermo.yaml --cpp_out=tests/golden/thermo/cpp "$@"
