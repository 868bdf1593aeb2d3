#!/bin/sh
# The kernel that runs this: its controller, asked with its own spec.
set -eu

genlc=$1
fail() {
    echo "live_test: $1" >&2
    exit 1
}

# The controller is in every kernel, under the number 16.
families=$("$genlc" families)
echo "$families" | grep -q '^{"name":"nlctrl","id":16,' || fail "families lists no nlctrl: $families"
"$genlc" families nlctrl | grep -q '"id":3,"flags":\["do","dump"' || fail "families nlctrl"

if out=$("$genlc" families no-such 2>err); then fail "families no-such has status 0"; fi
[ -z "$out" ] || fail "standard output of a failure: $out"
grep -q 'the kernel has no family `no-such`' err || fail "$(cat err)"

export GENLC_SPEC_PATH="${GENLC_KERNEL_SPECS:-}"
if [ ! -e "$GENLC_SPEC_PATH/nlctrl.yaml" ]; then
    echo "SKIPPED: live_test: no specs of the kernel (run tools/setup)"
    exit 0
fi

# Two ways to the same.
"$genlc" do nlctrl getfamily family-name=nlctrl > by_words
"$genlc" do nlctrl getfamily '{"family-name": "nlctrl"}' > by_json
cmp by_words by_json || fail "words and JSON differ"
grep -q '^{"family-name":"nlctrl","family-id":16,' by_words || fail "$(cat by_words)"

listed=$(echo "$families" | wc -l)
dumped=$("$genlc" dump nlctrl getfamily | wc -l)
[ "$listed" = "$dumped" ] || fail "families has $listed lines, the dump $dumped"

# The kernel's refusal, at the words that it concerns.
if out=$("$genlc" do nlctrl getfamily family-name=no-such 2>err); then fail "no-such has status 0"; fi
[ -z "$out" ] || fail "standard output of a refusal: $out"
grep -q 'nlctrl.getfamily: No such file' err || fail "$(cat err)"

# A classic family: a fixed header before the attributes, structures in them.
"$genlc" do rt-link getlink header.ifi-index=1 > lo || fail "getlink"
grep -q '^{"header":{"ifi-family":0,"ifi-type":772,"ifi-index":1,.*"ifname":"lo"' lo || fail "$(cat lo)"
grep -q '"stats64":{"rx-packets":[0-9]' lo || fail "$(cat lo)"
dumped=$("$genlc" dump rt-link getlink | grep -c '"ifname"')
[ "$dumped" = "$(tail -n +3 /proc/net/dev | wc -l)" ] || fail "the dump of links has $dumped lines"
if "$genlc" do rt-link getlink header.ifi-index=2147483647 2>err; then fail "no such link"; fi
grep -q 'rt-link.getlink: No such device' err || fail "$(cat err)"

# Wrong input of every kind: one diagnostic, status 1 and nothing else.
refused() {
    said=$1
    shift
    status=0
    "$@" > out 2>err || status=$?
    [ $status = 1 ] || fail "$*: status $status"
    [ ! -s out ] || fail "$*: standard output: $(cat out)"
    [ "$(grep -c '^genlc' err)" = 1 ] || fail "$*: $(cat err)"
    grep -q -e "$said" err || fail "$*: $(cat err)"
}
refused 'did you mean `getfamily`?' "$genlc" do nlctrl getfamly
refused 'did you mean `family-name`?' "$genlc" do nlctrl getfamily famly-name=nlctrl
refused 'holds 0 to 65535' "$genlc" do rt-link getlink header.ifi-type=70000
refused 'a name in quotes is expected' "$genlc" do nlctrl getfamily '{'
refused 'did you mean `nlctrl`?' "$genlc" do nlctlr getfamily
refused 'is its module loaded?' "$genlc" families no-such
refused 'attribute `ifname`: must have at most 15 bytes' "$genlc" do rt-link getlink ifname=0123456789abcdef
refused 'missing `ifindex`' "$genlc" do netdev dev-get
refused 'genlc: cannot read absent.yaml' "$genlc" do absent.yaml getfamily
sed 's/^name: nlctrl$/name: no-such/' "$GENLC_SPEC_PATH/nlctrl.yaml" > absent-family.yaml
refused '`no-such` cannot be reached; is its module loaded?' "$genlc" do ./absent-family.yaml getfamily

# What a classic family tells, and how watching it ends: in a namespace where nothing else happens.
if ! unshare --net true 2>/dev/null; then
    echo "SKIPPED: live_test: no network namespace of its own (not root)"
    exit 0
fi
cat > watch.sh <<'EOF'
set -eu
genlc=$1
# A membership shows as a bit of the socket's groups.
listening() {
    for _ in $(seq 100); do
        awk '$2 == 0 && $4 != "00000000" { found = 1 } END { exit !found }' /proc/net/netlink && return
        sleep 0.1
    done
    echo "nobody listens" >&2
    exit 1
}
"$genlc" watch rt-link rtnlgrp-link --count=3 --timeout=30s > told &
watcher=$!
listening
ip link add watched type bridge
ip link set watched mtu 1400
ip link del watched
wait $watcher

"$genlc" watch rt-link > interrupted &
watcher=$!
listening
ip link add other type bridge
while [ ! -s interrupted ]; do sleep 0.1; done
kill -INT $watcher
wait $watcher

# A further namespace does not have the device; asked for this one, genlc does.
unshare --net "$genlc" do rt-link getlink ifname=other --netns=/proc/$$/ns/net > entered
if unshare --net "$genlc" do rt-link getlink ifname=other 2>/dev/null; then
    echo "the device is everywhere" >&2
    exit 1
fi
EOF
unshare --net sh watch.sh "$genlc" 2>err || fail "watch: $(cat err)"
[ "$(wc -l < told)" = 3 ] || fail "$(cat told)"
head -n 1 told | grep -q '^{"name":"newlink-ntf","msg":{"header":{.*"ifname":"watched"' || fail "$(cat told)"
head -n 1 told | grep -q '"linkinfo":{"kind":"bridge","data":{' || fail "$(cat told)"
sed -n 2p told | grep -q '"mtu":1400,' || fail "$(cat told)"
sed -n 3p told | grep -q '^{"name":"dellink",' || fail "$(cat told)"
for file in interrupted entered; do
    grep -q '"ifname":"other"' $file || fail "$file: $(cat $file)"
done

refused 'hint: run it as root' setpriv --bounding-set=-all --inh-caps=-all "$genlc" \
    do rt-link newlink ifname=x linkinfo.kind=bridge --flags=create
refused 'did you mean `rtnlgrp-link`?' "$genlc" watch rt-link rtnlgrp-lnik
