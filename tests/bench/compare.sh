#!/bin/bash
# genlc beside other ways to talk netlink: one table, in one run, as root.
#
#   bazel run -c opt //tests/bench:roundtrip [WORK]    requests, dumps, notifications, a batch
#   bazel run -c opt //tests/bench:codec [WORK]        bytes to values and back, without a kernel
#
# WORK is a part of the names of rows; without it, all are measured.
#
# `floor` sends prebuilt bytes and receives, and decodes nothing; of :codec it copies the bytes, or
# walks over the outer attributes. `ratio` is to it. The by-hand
# programs read the same attributes of families and neighbours as genlc; of links a dozen, where
# genlc and YNL read all. YNL's C takes part where tools/setup has fetched its generator.
# `calls` are system calls, `allocs` calls of malloc() and the like. `instr` are instructions in user
# space, of links in a dump of a few; n/a: there are millions, and the machine has no counter of them.
#
# BUILD gives the program and ynl_peer.c; GENLC_REFERENCE is that of third_party/reference.
set -eu
program=$(realpath "$1")
peer=$(dirname "$(realpath "$2")")
only=${3:-}
uapi=$(realpath "$GENLC_REFERENCE/uapi")
linux=$(realpath "$GENLC_REFERENCE/linux")
ynl=$linux/tools/net/ynl

if [ "$(id -u)" != 0 ]; then
  echo "needs root, for network namespaces" >&2
  exit 1
fi
if [ ! -e "$ynl/pyynl/ynl_gen_c.py" ] || ! python3 -c 'import jsonschema, yaml' 2>/dev/null; then
  echo "without YNL's C: no generator, or no python3-jsonschema and python3-yaml (run tools/setup)"
  exec "$program" "$only"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for spec in nlctrl rt-link rt-neigh; do
  for kind in header:h source:c; do
    timeout 60 python3 -B "$ynl/pyynl/ynl_gen_c.py" --mode user "--${kind%:*}" \
      --spec "$linux/Documentation/netlink/specs/$spec.yaml" -o "$work/$spec-user.${kind#*:}"
  done
done
gcc -std=gnu11 -O2 -w -fPIC -shared -I"$uapi" -I"$ynl/lib" -I"$work" -I"$peer" \
  "$work"/*-user.c "$ynl/lib/ynl.c" "$peer/ynl_peer.c" -o "$work/ynl_peer.so"
"$program" "$only" "$work/ynl_peer.so"
