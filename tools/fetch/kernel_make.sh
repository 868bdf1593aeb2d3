# Calls make for a kernel that tools/fetch/kernel has fetched. Sourced, not run.
#
#   kernel_make KERNEL MODULE ARGUMENT...       the two are folders
#
# Make gets as KDIR the kernel's headers and as CC its compiler; the module is the folder in which
# it works. Debug information names files as if the folder were the root, so that the same input gives
# the same bytes anywhere. GENLC_KCFLAGS are further flags of the compiler.

# Where a chroot has the folder of the module.
readonly CHROOT_FOLDER=/mnt

# Runs a command in the chroot $1, where the folder $2 is CHROOT_FOLDER. The mounts are seen by this
# command alone and end with it. Who is not root is so in a user namespace, if the machine has those.
in_chroot() {
  local root=$1 folder=$2 options=(--mount)
  shift 2
  [ "$(id -u)" = 0 ] || options+=(--map-root-user)
  if ! unshare "${options[@]}" true 2>/dev/null; then
    echo "modules for this kernel are built in a chroot, which this machine does not allow: be root" >&2
    return 1
  fi
  # shellcheck disable=SC2016
  unshare "${options[@]}" sh -ec '
    root=$1 folder=$2 seen=$3
    shift 3
    mount --rbind /dev "$root/dev"
    mount --rbind /proc "$root/proc"
    mount --bind "$folder" "$root$seen"
    PATH=$PATH:/usr/sbin:/sbin exec chroot "$root" env -i PATH=/usr/bin LC_ALL=C "$@"
  ' in_chroot "$root" "$folder" "$CHROOT_FOLDER" "$@"
}

kernel_make() {
  local kernel=$1 folder=$2 headers=$1/headers seen=$2 compiler run=()
  shift 2
  compiler=$(<"$kernel/compiler")
  if [[ $compiler == chroot:* ]]; then
    run=(in_chroot "$kernel" "$folder")
    headers=/headers seen=$CHROOT_FOLDER compiler=${compiler#chroot:}
  fi
  # Without pahole, which makes BTF, the build of newer kernels would fail.
  "${run[@]}" make -s -C "$seen" KDIR="$headers" CC="$compiler" CONFIG_DEBUG_INFO_BTF_MODULES= \
    KCFLAGS="${GENLC_KCFLAGS-} -ffile-prefix-map=$seen/= -ffile-prefix-map=$seen=." "$@"
}
