#!/bin/bash
# What tshark shows of a capture with the dissectors that genlc makes: capture_test.sh OUTPUT, the
# hexadecimal lines that the program `capture` has printed in a VM.
set -eu
genlc=tools/genlc/genlc
specs=${GENLC_KERNEL_SPECS:-external/reference/specs}
if ! command -v tshark >/dev/null; then
  echo "SKIPPED: capture_test: no tshark (run tools/setup)"
  exit 0
fi
export HOME=$TEST_TMPDIR
capture=$TEST_TMPDIR/capture.pcap
grep -E '^[0-9a-f]+$' "$1" | perl -ne 'chomp; print pack("H*", $_)' >"$capture"

status=0
fail() {
  echo "$*" >&2
  status=1
}

# The packets that the filter lets through, in full.
dissect() {
  tshark -X "lua_script:$TEST_TMPDIR/$1.lua" -r "$capture" -Y "$2" -V -O "$3" 2>"$TEST_TMPDIR/errors"
  ! grep -i lua "$TEST_TMPDIR/errors" >&2
}

# shows FILE LINE...: the dissection has these lines, in this order, and no Lua error.
shows() {
  local file=$1 line rest
  rest=$(sed 's/^ *//' "$file")
  shift
  ! grep -A3 'Lua Error' "$file" >&2 || status=1
  for line; do
    if ! grep -qxF -- "$line" <<<"$rest"; then
      fail "not there, or not in this place: $line"
      cat "$file" >&2
      return
    fi
    rest=$(awk -v line="$line" 'found; $0 == line { found = 1 }' <<<"$rest")
  done
}

"$genlc" compile family/examples/thermo/thermo.yaml --dissector_out="$TEST_TMPDIR"
dissect thermo 'genl.thermo.operation' genl.thermo >"$TEST_TMPDIR/thermo.txt" || status=1
shows "$TEST_TMPDIR/thermo.txt" \
  'Netlink family thermo: sensor-new' \
  'Command: 1' \
  'label: boiler' \
  'kind: infrared (2)' \
  'features: 0x00000005' \
  '.... .... .... .... .... .... .... ...1 = calibrated: True' \
  '.... .... .... .... .... .... .... ..0. = latching: False' \
  '.... .... .... .... .... .... .... .1.. = redundant: True' \
  'serial: 010002ff04050607' \
  'bus-address: 192.0.2.1' \
  'temperature: -40000' \
  'interval-ms: 3600000' \
  'location' \
  'rack: 7' \
  'slot: 48' \
  'note: behind the pump' \
  'threshold' \
  'severity: warning (1)' \
  'temperature: 60000' \
  'threshold' \
  'severity: critical (2)' \
  'temperature: 90000' \
  'muted' \
  'Netlink family thermo: sensor-new' \
  'id: 1' \
  'Netlink family thermo: sensor-get' \
  'id: 1' \
  'Netlink family thermo: sensor-get' \
  'label: boiler' \
  'samples: 0'

# Fields can be asked for by their names, and filtered.
names=$(tshark -X "lua_script:$TEST_TMPDIR/thermo.lua" -r "$capture" -T fields -E 'separator=;' \
  -Y 'genl.thermo.sensor.features.redundant == 1 && genl.thermo.location.rack == 7' \
  -e genl.thermo.operation -e genl.thermo.sensor.label -e genl.thermo.threshold.temperature 2>/dev/null)
[ "$names" = "sensor-new;boiler;60000,90000
sensor-get;boiler;60000,90000" ] || fail "fields: $names"

if [ ! -e "$specs/rt-link.yaml" ]; then
  echo "SKIPPED: capture_test: no spec of rt-link (run tools/setup)"
  exit $status
fi
"$genlc" compile "$specs/rt-link.yaml" --dissector_out="$TEST_TMPDIR"
dissect rt-link 'netlink.rt_link.link_attrs.ifname == "br7"' netlink.rt_link >"$TEST_TMPDIR/link.txt" ||
  status=1
shows "$TEST_TMPDIR/link.txt" \
  'Netlink family rt-link: newlink' \
  'ifinfomsg' \
  'ifi-index: 0' \
  'ifname: br7' \
  'linkinfo' \
  'kind: bridge' \
  'data (bridge)' \
  'forward-delay: 400' \
  'stp-state: 1' \
  'Netlink family rt-link: getlink' \
  'ifname: br7' \
  'data (bridge)' \
  'forward-delay: 400' \
  'priority: 32768'

# Whatever the bytes are, the code of the dissector does not fail.
holds() {
  tshark -X "lua_script:$TEST_TMPDIR/thermo.lua" -X "lua_script:$TEST_TMPDIR/rt-link.lua" -r "$1" -V \
    >"$TEST_TMPDIR/all.txt" 2>/dev/null || fail "tshark failed on $1"
  ! grep -m1 -A3 'Lua Error' "$TEST_TMPDIR/all.txt" >&2 || fail "$1: see above"
}
for size in 17 33 37 60 100 150; do
  editcap -s "$size" "$capture" "$TEST_TMPDIR/cut.pcap" 2>/dev/null
  holds "$TEST_TMPDIR/cut.pcap"
  cut=$(grep -c 'bytes are not in the capture' "$TEST_TMPDIR/all.txt" || true)
  [ "$size" -lt 60 ] || [ "$cut" -gt 0 ] || fail "nobody says that packets of $size bytes are cut"
done
for seed in 1 2 3 4 5 6 7 8; do
  editcap --seed "$seed" -E 0.02 "$capture" "$TEST_TMPDIR/damaged.pcap" 2>/dev/null
  holds "$TEST_TMPDIR/damaged.pcap"
  grep -q 'Malformed' "$TEST_TMPDIR/all.txt" || fail "nobody sees the damage of seed $seed"
done
exit $status
