#!/bin/bash
# The real binary on a real disk: what an in-process test cannot see.
#   binary_test.sh GENLC SPEC PROFILE
set -u

genlc=$(realpath "$1")
cp -L "$2" "$3" "$TEST_TMPDIR"
cd "$TEST_TMPDIR" || exit 1

failures=0
fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# expect STATUS COMMAND...: runs it; its output stands in ./out and ./err.
expect() {
  local wanted=$1 status
  shift
  "$@" >out 2>err </dev/null
  status=$?
  [ "$status" = "$wanted" ] || fail "$* returned $status instead of $wanted: $(head -c 500 err)"
}

expect 0 "$genlc" --version
expect 2 "$genlc"
[ ! -s out ] && [ -s err ] || fail "usage belongs on standard error"
expect 0 "$genlc" --help
[ -s out ] && [ ! -s err ] || fail "help that was asked for belongs on standard output"
expect 2 "$genlc" compile
expect 1 "$genlc" check absent.yaml
grep -qx 'genlc: cannot read absent.yaml: No such file or directory' err || fail "absent file: $(cat err)"
expect 1 "$genlc" check .
grep -qx 'genlc: cannot read .: Is a directory' err || fail "directory: $(cat err)"

printf 'name: x\nfoo: 1\n' >wrong.yaml
expect 1 "$genlc" check wrong.yaml
grep -q '^wrong.yaml:2:1: error: ' err || fail "no diagnostic with a place: $(cat err)"
[ ! -s out ] || fail "diagnostics belong on standard error"
grep -q "$(printf '\033')" err && fail "colours without a terminal"

outputs="--uapi_out=new/include --kernel_out=new/module --cpp_out=new/client"
# shellcheck disable=SC2086
make_outputs() { expect 0 "$genlc" compile thermo.yaml $outputs "$@"; }
make_outputs
[ -s new/include/linux/thermo.h ] || fail "no uAPI header"
[ -s new/module/thermo_nl.c ] || fail "no module"
[ -s new/client/thermo.genl.h ] || fail "no client"
grep -rIl -e "$TEST_TMPDIR" new && fail "a file knows where it was made"
find new -name '*.tmp' | grep . && fail "temporary files are left"

# Nothing changes: no file is touched.
find new -type f -exec touch -d '2001-01-01' {} +
make_outputs
[ -z "$(find new -type f -newermt '2001-01-02')" ] || fail "an unchanged file was written"
make_outputs --check
[ ! -s out ] || fail "--check found a change where there is none"

# One constant changes: --check prints a diff that leads there, and writes nothing.
sed -i 's/value: 31$/value: 30/' thermo.yaml
cp -a new before
# shellcheck disable=SC2086
expect 1 "$genlc" compile thermo.yaml $outputs --check
diff -r new before >/dev/null || fail "--check wrote something"
if command -v patch >/dev/null; then
  patch -s -p0 <out || fail "the diff of --check does not apply"
  make_outputs --check
  rm -r new && mv before new
fi
make_outputs
[ -n "$(find new -type f -newermt '2001-01-02')" ] || fail "a changed file was not written"
[ -n "$(find new -type f -not -newermt '2001-01-02')" ] || fail "every file was written"

# Places that cannot be written.
expect 1 "$genlc" compile thermo.yaml --cpp_out=thermo.yaml/client
grep -q '^genlc: cannot write thermo.yaml/client/.*: Not a directory$' err || fail "file in place of a directory: $(cat err)"
expect 1 "$genlc" compile thermo.yaml --cpp_out=/proc/genlc
grep -q '^genlc: cannot write /proc/genlc/thermo.genl' err || fail "unwritable: $(cat err)"
if [ -w /dev/full ]; then
  "$genlc" explain >/dev/full 2>err && fail "a full disk went unnoticed"
  grep -q 'cannot write to standard output' err || fail "full disk: $(cat err)"
fi

ln -s thermo.yaml link.yaml
expect 1 "$genlc" compile thermo.yaml link.yaml --uapi_out=new
grep -qx 'genlc: thermo.yaml and link.yaml are the same file' err || fail "same file: $(cat err)"

[ "$failures" = 0 ]
