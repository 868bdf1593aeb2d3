#!/bin/bash
# Builds one kernel module, as an action of kernel_module.bzl:
#
#   build_module.sh --kernel SERIES --kernel_folder FOLDER --output FILE.ko [--symbols FILE]
#                   [--uses FILE]... [--folder FOLDER] [--strict] [--sparse] SOURCE...
#
# The kernel's folder is the one that tools/setup filled. The content of the other folder and the
# sources are built together, in a folder of their own, by the Makefile there, as people do it. A C
# source that Kbuild does not mention is added to the module. --symbols is where to put what the module
# exports, and --uses such a file of another one, which has to be loaded before. The same input gives
# the same bytes anywhere. Warnings go to stderr; --strict makes those of make W=1 errors, --sparse asks
# for those of sparse as well.

set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/../../fetch/kernel_make.sh"

folder= symbols=
uses=()
checks=()
while [[ ${1-} == --* ]]; do
  case $1 in
    --kernel) kernel=$2 && shift ;;
    --kernel_folder) kernel_folder=$2 && shift ;;
    --output) output=$2 && shift ;;
    --symbols) symbols=$2 && shift ;;
    --uses) uses+=("$2") && shift ;;
    --folder) folder=$2 && shift ;;
    --strict) GENLC_KCFLAGS=-Werror checks+=(W=1) ;;
    --sparse) checks+=(C=2) ;;
  esac
  shift
done

if [ ! -e "$kernel_folder" ]; then
  echo "Linux $kernel is not in the cache: run tools/setup (no $kernel_folder)" >&2
  exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -z "$folder" ] || cp -rL --no-preserve=mode "$folder"/. "$work"
[ $# = 0 ] || cp -L --no-preserve=mode "$@" "$work"

module=$(sed -n 's/^obj-[^=]*=[[:space:]]*\([^[:space:]]*\)\.o.*/\1/p' "$work/Kbuild" | head -n 1)
for source; do
  object=$(basename "${source%.c}").o
  if [[ $source == *.c ]] && ! grep -q "\b${object//./\\.}" "$work/Kbuild"; then
    echo "$module-y += $object" >>"$work/Kbuild"
  fi
done

if [ ${#uses[@]} != 0 ]; then
  cat "${uses[@]}" >"$work/used.symvers"
  # shellcheck disable=SC2016
  echo 'KBUILD_EXTRA_SYMBOLS := $(src)/used.symvers' >>"$work/Kbuild"
fi

if ! kernel_make "$kernel_folder" "$work" "${checks[@]}" modules >"$work/log" 2>&1; then
  sed "s#$work/##g; s#$CHROOT_FOLDER/##g" "$work/log" >&2
  exit 1
fi
sed -n "s#$work/##g; s#$CHROOT_FOLDER/##g; /warning:\|error:/Ip" "$work/log" >&2
cp "$work/$module.ko" "$output"
[ -z "$symbols" ] || cp "$work/Module.symvers" "$symbols"
