#!/bin/bash
# What people do who have no Bazel: the folder that genlc writes, with the handlers of the example, is
# built and installed by make, built by the line of dkms.conf, and what was installed loads.
#   make_test.sh GENLC SERIES
# From the root of the workspace; the kernels are those of GENLC_CACHE.
set -u
. tools/fetch/kernel_make.sh
genlc=$1
series=$2
example=family/examples/thermo
kernel=$GENLC_CACHE/kernels/$series
release=$(sed -n 1p "$kernel/release")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# The rule that failed may have called make_target().
fail() {
  echo "FAILED: ${FUNCNAME[1]}, ${FUNCNAME[2]}: $*"
  failures=$((failures + 1))
}

# How make sees the folder and the kernel's headers.
seen=$work headers=$kernel/headers options=()
if [[ $(<"$kernel/compiler") == chroot:* ]]; then
  # What compresses modules that are installed is not part of the chroot.
  seen=$CHROOT_FOLDER headers=/headers options=(CONFIG_MODULE_COMPRESS_ALL=)
fi

make_target() {
  kernel_make "$kernel" "$work" "${options[@]}" "$@" >"$work.log" 2>&1 || fail "make $*: $(cat "$work.log")"
}

# The release for which a module was built.
vermagic() {
  PATH=$PATH:/usr/sbin:/sbin modinfo --field=vermagic "$1" | cut -d ' ' -f 1
}

GoodMakeBuilds() {
  make_target modules
  [ "$(vermagic "$work/thermo.ko")" = "$release" ] || fail "no thermo.ko for $release"
}

GoodMakeInstalls() {
  make_target modules_install INSTALL_MOD_PATH="$seen/installed"
  installed=$(find "$work/installed/lib/modules/$release" -name 'thermo.ko*')
  [ -n "$installed" ] || fail "nothing in lib/modules/$release: $(cat "$work.log")"
}

GoodInstalledModuleLoads() {
  tools/vm/run --kernel="$series" --module="$installed" -- grep -q '^thermo ' /proc/modules ||
    fail "$installed"
}

GoodMakeCleans() {
  make_target clean
  [ ! -e "$work/thermo.ko" ] || fail "thermo.ko is still there"
}

# dkms reads dkms.conf as a script, in a copy of the folder, and runs these lines there.
GoodLinesOfDkms() {
  local build clean
  kernel_source_dir=$headers
  . "$work/dkms.conf"
  read -r -a build <<<"${MAKE[0]}"
  read -r -a clean <<<"$CLEAN"
  [ "${build[0]}:${clean[0]}" = make:make ] || fail "not by make: ${MAKE[0]}; $CLEAN"
  make_target "${build[@]:1}"
  [ "$(vermagic "$work/${BUILT_MODULE_NAME[0]}.ko")" = "$release" ] || fail "${MAKE[0]}"
  make_target "${clean[@]:1}"
  [ ! -e "$work/${BUILT_MODULE_NAME[0]}.ko" ] || fail "$CLEAN"
}

"$genlc" compile $example/thermo.yaml --kernel_out="$work" || exit 1
cp --remove-destination $example/thermo_handlers.c "$work"
GoodMakeBuilds
GoodMakeInstalls
GoodInstalledModuleLoads
GoodMakeCleans
GoodLinesOfDkms
rm -f "$work.log"
[ "$failures" -eq 0 ]
