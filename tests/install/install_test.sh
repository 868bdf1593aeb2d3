#!/bin/bash
# Installs genlc and its library, and builds the README's client by the README's command, with nothing
# else of the project: install_test.sh INSTALL README FILE...
set -eu

install=$(realpath "$1")
readme=$(realpath "$2")
shift 2
fail() {
  echo "$*"
  exit 1
}

# Below DESTDIR, and knowing nothing of it.
DESTDIR=$TEST_TMPDIR/stage "$install" --prefix=/opt/genlc
for file in bin/genlc include/genl/client.h lib/libgenl.a lib/pkgconfig/genl.pc; do
  [ -s "$TEST_TMPDIR/stage/opt/genlc/$file" ] || fail "no $file"
done
! grep -r "$TEST_TMPDIR" "$TEST_TMPDIR/stage/opt/genlc/lib/pkgconfig" || fail "DESTDIR is in genl.pc"
! "$install" --prefix=relative 2>"$TEST_TMPDIR/usage" || fail "a relative prefix was taken"
grep -q "absolute" "$TEST_TMPDIR/usage"

prefix=$TEST_TMPDIR/usr
"$install" --prefix="$prefix"
export PATH=$prefix/bin:$PATH PKG_CONFIG_PATH=$prefix/lib/pkgconfig
[ "$(command -v genlc)" = "$prefix/bin/genlc" ]
for file in man/man1/genlc.1 man/man1/genlc-do.1 bash-completion/completions/genlc zsh/site-functions/_genlc; do
  [ -s "$prefix/share/$file" ] || fail "no share/$file"
done
if [ -e "$prefix/share/genlc/specs/nlctrl.yaml" ]; then
  # Beside the program that was installed, specs are found by the names of their families.
  genlc describe nlctrl | grep -q getfamily || fail "no spec of nlctrl"
else
  echo "SKIPPED: install_test: no specs of the kernel to install (run tools/setup)"
fi
! ls "$prefix/include/genl" | grep -E '_test|test_|fake|hostile' || fail "headers of tests were installed"

# Each header can be included alone.
for header in "$prefix"/include/genl/{,testing/}*.h; do
  echo "#include <${header#"$prefix/include/"}>"
done >"$TEST_TMPDIR/all.cc"
tac "$TEST_TMPDIR/all.cc" >"$TEST_TMPDIR/backwards.cc"
for order in all backwards; do
  # shellcheck disable=SC2046
  g++ -std=c++20 -Wall -Wextra -Werror -fsyntax-only $(pkg-config --cflags genl) \
    "$TEST_TMPDIR/$order.cc"
done

work=$TEST_TMPDIR/work
mkdir "$work"
cp -L "$@" "$work"
cd "$work"
commands=$(sed -n '/^```sh$/,/^```$/ { s/ *# .*//; /^genlc compile fan.yaml --cpp_out/p; /^g++ /p }' "$readme")
[ "$(grep -c '^g++' <<<"$commands")" -eq 1 ] || fail "the README has no g++ command"
bash -euc "$commands"
# Nobody has registered the family here, and the program says so.
! ./fan_main 2>error >/dev/null || fail "a family that is not there answered"
grep -q 'NOT_FOUND.*`fan`' error || fail "$(cat error)"
