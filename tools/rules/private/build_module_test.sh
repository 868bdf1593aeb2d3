#!/bin/bash
# Tests how build_module.sh ends where a kernel cannot be built for: build_module_test.sh SCRIPT.

set -u
build_module=$PWD/$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
touch "$work/Kbuild"

# Builds for the kernel in $work/kernel; leaves $status and $errors.
build() {
  errors=$("$build_module" --kernel 9.9 --kernel_folder "$work/kernel" --output "$work/x.ko" \
    "$work/Kbuild" 2>&1)
  status=$?
}

# The build has to fail and to say just this.
expect() {
  [ "$status:$errors" = "1:$1" ] && return
  echo "FAILED: ${FUNCNAME[1]}: status $status, says: $errors"
  failed=1
}

BadKernelIsNotInTheCache() {
  build
  expect "Linux 9.9 is not in the cache: run tools/setup (no $work/kernel)"
}

BadMachineAllowsNoChroot() {
  mkdir -p "$work/kernel" "$work/bin"
  echo chroot:gcc-99 >"$work/kernel/compiler"
  printf '#!/bin/sh\nexit 1\n' >"$work/bin/unshare"
  chmod +x "$work/bin/unshare"
  PATH=$work/bin:$PATH build
  expect "modules for this kernel are built in a chroot, which this machine does not allow: be root"
}

for rule in $(compgen -A function | grep -E '^(Good|Bad)'); do
  $rule
done
exit $failed
