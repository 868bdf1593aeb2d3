#!/bin/bash
# Installs genlc, and the library below its clients for those who build without Bazel:
#
#   bazel-bin/tools/install/install [--prefix=DIR]      default: /usr/local
#
#   bin/genlc
#   share/man/man1, share/bash-completion, share/zsh
#   share/genlc/specs                   the kernel's specs, where tools/setup has fetched them
#   include/genl, lib/libgenl.a          g++ -std=c++20 ... $(pkg-config --cflags --libs genl)
#   lib/pkgconfig/genl.pc
#   bin/genlc-vm                         boots the kernels that tools/setup has fetched
#   share/genlc/bazel                    all of this for those who do build with Bazel: a repository with
#                                        the rules of tools/rules/genl.bzl (see workspace.bzl there)
#
# All of it goes below $DESTDIR, where that is set.
set -euo pipefail

prefix=/usr/local
for argument; do
  case $argument in
    --prefix=/*) prefix=${argument#--prefix=} ;;
    --help)
      sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d'
      exit
      ;;
    *)
      echo "install: $argument: there is only --prefix=DIR, an absolute path" >&2
      exit 2
      ;;
  esac
done

# What Bazel has built stands beside this script, or where a test has it.
built=${RUNFILES_DIR:-$(readlink -f "$(dirname "$0")")/install.runfiles}/genlc
to=${DESTDIR:-}$prefix
install -D -t "$to/bin" "$built/tools/genlc/genlc"
"$to/bin/genlc" man --out="$to/share/man/man1"
"$to/bin/genlc" completion bash | install -D -m 644 /dev/stdin "$to/share/bash-completion/completions/genlc"
"$to/bin/genlc" completion zsh | install -D -m 644 /dev/stdin "$to/share/zsh/site-functions/_genlc"
specs=$(find -L "$built/../reference/specs" -name '*.yaml' 2>/dev/null || true)
# No name of a spec has a blank.
# shellcheck disable=SC2086
[ -z "$specs" ] || install -D -m 644 -t "$to/share/genlc/specs" $specs
install -D -m 644 -t "$to/lib" "$built/tools/install/libgenl.a"
install -D -m 644 -t "$to/include/genl" "$built"/userspace/runtime/*.h
install -D -m 644 -t "$to/include/genl/testing" "$built"/userspace/testing/*.h
mkdir -p "$to/lib/pkgconfig"
sed -e "s|@PREFIX@|$prefix|" -e "s|@VERSION@|0.1|" "$built/tools/install/genl.pc.in" \
  >"$to/lib/pkgconfig/genl.pc"

# The repository has the packages of the checkout that its users see; where there compiler and library
# are built, here they are links to what was installed above.
repository=$to/share/genlc/bazel
rm -rf "$repository"
mkdir -p "$repository"/{tools/genlc,userspace/runtime/include,userspace/testing}
echo 'workspace(name = "genlc")' >"$repository/WORKSPACE"
(cd "$built" && cp -rL --parents third_party tools/{fetch,rules,vm} "$repository")
for package in tools/genlc userspace/{runtime,testing}; do
  install -m 644 "$built/tools/install/bazel/${package##*/}.BUILD" "$repository/$package/BUILD"
done
ln -s ../../../../../bin "$repository/tools/genlc/bin"
ln -s ../../../../../lib "$repository/userspace/runtime/lib"
ln -s ../../../../../../include/genl "$repository/userspace/runtime/include/genl"
ln -sf ../share/genlc/bazel/tools/vm/run "$to/bin/genlc-vm"
