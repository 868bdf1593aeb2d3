#!/bin/bash
# The command names kernel and machine and has a line for each channel: measure_test.sh COMMAND ARG...
set -euo pipefail

table=$("$@" --rounds=1)
echo "$table"
grep -Eq '^Linux 6\.1\.[^ ]+, QEMU [0-9.]+ \((kvm|tcg)\) on .+, 1 rounds$' <<<"$table"
for channel in 'generic netlink' 'own netlink protocol' ioctl 'read and write' procfs sysfs sysctl mmap; do
  # A number, reading, writing, an event.
  [ "$(grep -c "^$channel  " <<<"$table")" = 4 ] || { echo "$channel is not in each table"; exit 1; }
done
# Memory tells nobody; nobody else lacks a number.
[ "$(grep -c ' - ' <<<"$table")" = 1 ]
