#!/bin/sh
# A genl_breaking_test fails where the spec breaks its users, and says how: bad_break.sh TEST
set -u
output=$("$1" 2>&1) && { echo "it has passed"; exit 1; }
echo "$output"
echo "$output" | grep -q 'tests/rules/small.yaml.*the attribute `thing.label` is gone \[GL1011\]'
