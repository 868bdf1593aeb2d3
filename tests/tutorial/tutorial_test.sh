#!/bin/bash
# Does what the tutorial says, in an empty folder of a machine that has the packages of tools/setup, a kernel
# that it has fetched, and genlc as it is installed. It sees nothing of the checkout and has no network.
#   tutorial_test.sh INSTALL TUTORIAL WALK
set -eu
export PATH=$PATH:/usr/sbin:/sbin

root=$TEST_TMPDIR/root
mkdir -p "$root"/{dev,etc,home/kitchen,old,proc,root,run,sys,tmp,usr,var/tmp}
# bin, lib, lib64 and sbin are links to what is below usr.
cp -P /bin /lib* /sbin "$root"
DESTDIR=$TEST_TMPDIR/installed "$1" --prefix=/usr/local
cp -L "$2" "$root/home/tutorial.md"
cp -L "$3" "$root/home/walk.py"
mkdir -p "$root/root/.cache/genlc/kernels/6.1"

namespaces=(--mount --net --pid --fork --kill-child)
[ "$(id -u)" = 0 ] || namespaces+=(--map-root-user)
if ! unshare "${namespaces[@]}" true 2>"$TEST_TMPDIR/refused"; then
  echo "SKIPPED: tutorial_test: no namespaces without root: $(cat "$TEST_TMPDIR/refused")"
  exit 0
fi

# shellcheck disable=SC2016
exec unshare "${namespaces[@]}" bash -euc '
  root=$1 installed=$2 kernel=$3
  ip link set lo up
  mount --rbind "$root" "$root"
  for folder in /dev /etc /sys /usr; do
    mount --rbind "$folder" "$root$folder"
  done
  mount --bind "$installed" "$root/usr/local"
  mount --bind "$kernel" "$root/root/.cache/genlc/kernels/6.1"
  mount -t proc proc "$root/proc"
  cd "$root"
  pivot_root . old
  umount -l /old
  cd /home/kitchen
  exec env -i HOME=/root LC_ALL=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/usr/sbin ${4:+GENLC_VM_ACCEL="$4"} \
    python3 ../walk.py ../tutorial.md
' tutorial_test "$root" "$TEST_TMPDIR/installed/usr/local" "$GENLC_CACHE/kernels/6.1" "${GENLC_VM_ACCEL-}"
