#!/bin/sh
# Says that a test is skipped: skip.sh NAME REASON...
name=$1
shift
echo "SKIPPED: $name: $*"
