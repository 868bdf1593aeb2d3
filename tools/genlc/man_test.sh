#!/bin/sh
# What man(1) makes of the manual pages: man_test.sh GENLC
set -eu
fail() {
    echo "man_test: $1" >&2
    exit 1
}
genlc=$1
command -v groff >/dev/null || {
    echo "SKIPPED: man_test: no groff to read manual pages with"
    exit 0
}
"$genlc" man --out="$TEST_TMPDIR/man1"
pages=0
for page in "$TEST_TMPDIR"/man1/*.1; do
    # All warnings: an unknown escape, a request that is none, a line that cannot be filled.
    groff -man -Tutf8 -ww -z "$page" 2>"$TEST_TMPDIR/warnings" || fail "$page: groff failed"
    [ ! -s "$TEST_TMPDIR/warnings" ] || fail "$(cat "$TEST_TMPDIR/warnings")"
    pages=$((pages + 1))
done
[ "$pages" -ge 12 ] || fail "only $pages pages"
groff -man -Tascii -P-c "$TEST_TMPDIR/man1/genlc-do.1" | sed 's/.\x08//g' >"$TEST_TMPDIR/do.txt"
for text in 'genlc-do - make a request to a family' '--flags=WORDS' \
    'genlc do nlctrl getfamily family-name=nlctrl' 'threshold\[0\].severity=warning'; do
    grep -q -e "$text" "$TEST_TMPDIR/do.txt" || fail "genlc-do.1 lacks $text: $(cat "$TEST_TMPDIR/do.txt")"
done
