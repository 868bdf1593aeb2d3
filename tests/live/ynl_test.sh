#!/bin/sh
# Compares genlc with the kernel's Python client in a network namespace of its own.
#   ynl_test.sh GENLC SCRIPT
set -eu
skip() {
    echo "SKIPPED: ynl_test: $1"
    exit 0
}
ynl=$GENLC_REFERENCE/linux/tools/net/ynl
[ -e "$ynl/pyynl/lib/ynl.py" ] || skip "no Python client of the kernel (run tools/setup)"
[ -e "$GENLC_KERNEL_SPECS/nlctrl.yaml" ] || skip "no specs of the kernel (run tools/setup)"
python3 -c 'import yaml' 2>/dev/null || skip "no PyYAML (run tools/setup)"
unshare --net true 2>/dev/null || skip "no network namespace of its own (not root)"
export PATH="$PATH:/usr/sbin:/sbin"  # tc
PYTHONDONTWRITEBYTECODE=1 exec unshare --net python3 "$2" "$1" "$ynl" "$GENLC_KERNEL_SPECS"
