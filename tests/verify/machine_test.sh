#!/bin/sh
# verify and import on the kernel of this machine: machine_test.sh KERNEL_TEST
set -eu
set -- "$1" ${GENLC_KERNEL_SPECS:+--specs=$GENLC_KERNEL_SPECS}
exec "$@"
