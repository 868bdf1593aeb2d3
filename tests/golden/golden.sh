#!/bin/sh
# What genlc makes of the example, and of a family as old ones are, as it is committed here: a
# change of the compiler shows its effect in the review. What every module has from kernel/runtime is
# compared with that instead of a copy. From the root of the workspace:
#   golden.sh GENLC            writes it (bazel run //tests:update does)
#   golden.sh GENLC --check    compares it
set -eu
genlc=$1
shift
status=0

# make SPEC FOLDER [--check]: all output of one spec.
make() {
  spec=$1
  golden=tests/golden/$2
  shift 2
  if [ "${1-}" = --check ]; then
    cp -rL "$golden" "$TEST_TMPDIR"
    golden=$TEST_TMPDIR/${golden##*/}
    chmod -R u+w "$golden"
    cp -L kernel/runtime/*.h "$golden/kernel"
  fi
  "$genlc" compile "$spec" --cpp_out="$golden/cpp" --kernel_out="$golden/kernel" \
    --uapi_out="$golden/uapi" --dissector_out="$golden/dissector" \
    --syzlang_out="$golden/syzlang" "$@" || status=1
  "$genlc" compile "$spec" --kernel_out="$golden/in-tree" --kernel_style=in-tree "$@" || status=1
  for phase in raw model; do
    if [ "${1-}" = --check ]; then
      "$genlc" inspect --phase=$phase "$spec" | diff -u "$golden/$phase.txt" - || status=1
    else
      "$genlc" inspect --phase=$phase "$spec" >"$golden/$phase.txt"
    fi
  done
  [ "${1-}" = --check ] || rm "$golden"/kernel/genlc*.h
}

make family/examples/thermo/thermo.yaml thermo "$@"
make tests/torture/vintage.yaml vintage "$@"
exit $status
