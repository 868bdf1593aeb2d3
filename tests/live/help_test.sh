#!/bin/sh
# The examples that `--help` gives, as a person would type them, on the kernel that runs this:
#   help_test.sh GENLC
set -eu
fail() {
    echo "help_test: $1" >&2
    exit 1
}
genlc=$(realpath "$1")
specs=$(realpath "${GENLC_KERNEL_SPECS:-/nowhere}" || true)
if [ ! -e "$specs/nlctrl.yaml" ]; then
    echo "SKIPPED: help_test: no specs of the kernel (run tools/setup)"
    exit 0
fi
if ! unshare --net true 2>/dev/null; then
    echo "SKIPPED: help_test: no network namespace of its own (not root)"
    exit 0
fi
cd "$TEST_TMPDIR"
mkdir -p bin
ln -sf "$genlc" bin/genlc
export PATH="$TEST_TMPDIR/bin:$PATH" GENLC_SPEC_PATH="$specs"

# What the first page leads to.
for command in families describe do dump watch; do
    genlc --help | grep -q "^  genlc $command" || fail "genlc --help has no example of $command"
    genlc "$command" --help | sed -n '/^Examples:$/,$s/^  \(genlc .*\)/\1/p'
done > examples

# A watch ends, and says that all is well, when it is interrupted.
sed -e 's/^genlc watch /timeout --preserve-status --signal=INT 1 &/' -e 's/$/ || exit 1/' \
    examples > script
[ "$(wc -l < script)" -ge 10 ] || fail "only these examples: $(cat examples)"
unshare --net sh -x script > printed 2> log || fail "$(tail -n 5 log)"
for text in '"name":"nlctrl"' '"ifname":"lo"' '"ifname": "lo"' 'getfamily'; do
    grep -q -e "$text" printed || fail "no $text was printed: $(cat printed)"
done
