#!/bin/bash
# The modules of all generic families that the kernel has specs of: with the skeleton of their
# handlers each compiles under `make W=1` without a word, or is refused for a reason named here.
#   modules_test.sh GENLC BUILD_MODULE SERIES
# Bazel runs it in shards, each with a part of the specs.
# The specs are those in the folder GENLC_KERNEL_SPECS, the kernels those of GENLC_CACHE.
set -u
genlc=$PWD/$1
build_module=$PWD/$2
series=$3
kernel=$GENLC_CACHE/kernels/$series
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
tried=0
shard=${TEST_SHARD_INDEX:-0}
shards=${TEST_TOTAL_SHARDS:-1}
[ -z "${TEST_SHARD_STATUS_FILE:-}" ] || : >"$TEST_SHARD_STATUS_FILE"

skip() {
  echo "SKIPPED: modules_test: $1 (run tools/setup)"
  exit 0
}

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# What genlc refuses, and the words by which it does.
declare -A refused=(
  [nlctrl]="a family whose header every module includes already"
)
# What needs more of the kernel than the families around it, and what the compiler says then.
declare -A too_new=(
  [netdev]="net/netdev_netlink.h: No such file"
)

# Builds what genlc makes of one spec, where this shard has it.
try() {
  local name folder
  [ $((tried++ % shards)) -eq "$shard" ] || return 0
  name=$(basename "$1" .yaml)
  folder=$work/$name
  if ! "$genlc" compile "$1" --kernel_out="$folder" >"$work/log" 2>&1; then
    [ -n "${refused[$name]:-}" ] || fail "$name: $(cat "$work/log")"
    grep -q "$name.yaml:[0-9]*:[0-9]*: error: .*${refused[$name]:-}.*GL0801" "$work/log" ||
      fail "$name: refused otherwise: $(cat "$work/log")"
    [ ! -e "$folder" ] || fail "$name: refused, but written"
    echo "$name: refused"
    return
  fi
  [ -z "${refused[$name]:-}" ] || fail "$name: is not refused any more: strike it off"
  if "$build_module" --kernel "$series" --kernel_folder "$kernel" --output "$work/$name.ko" \
    --folder "$folder" --strict >"$work/log" 2>&1; then
    [ -z "${too_new[$name]:-}" ] || fail "$name: is not too new any more: strike it off"
    [ ! -s "$work/log" ] || fail "$name: $(cat "$work/log")"
    echo "$name: $(cat "$folder"/*_nl.[ch] | wc -l) lines"
  elif [ -n "${too_new[$name]:-}" ] && grep -q "${too_new[$name]}" "$work/log"; then
    echo "$name: too new for Linux $series"
  else
    fail "$name: $(head -20 "$work/log")"
  fi
}

ls "${GENLC_KERNEL_SPECS:-}"/*.yaml >/dev/null 2>&1 || skip "no specs of the kernel"
[ -e "$kernel" ] || skip "no Linux $series"
for spec in "$GENLC_KERNEL_SPECS"/*.yaml; do
  grep -q '^protocol: *netlink-raw' "$spec" || try "$spec"
done

# A kernel that keeps no state for sockets says so, in one line, to whoever asks for it.
mkdir "$work/specs"
cat >"$work/specs/diary.yaml" <<'EOF'
# SPDX-License-Identifier: MIT
name: diary
doc: What each socket has asked.
kernel-family:
  sock-priv: struct list_head
attribute-sets:
  - name: page
    attributes:
      - name: number
        type: u32
operations:
  list:
    - name: turn
      doc: Turn to a page.
      attribute-set: page
      do:
        request:
          attributes: [number]
EOF
too_new[diary]='error: #error "diary needs sock_priv_size of Linux 6.8"'
if grep -qs sock_priv_size "$kernel"/usr/src/*/include/net/genetlink.h; then
  unset 'too_new[diary]'
fi
try "$work/specs/diary.yaml"
[ ! -e "$work/diary" ] || [ -z "${too_new[diary]:-}" ] || [ "$(grep -c 'error:' "$work/log")" -eq 1 ] ||
  fail "diary: more than one error: $(cat "$work/log")"

# A request that would not fit on the stack.
{
  printf '# SPDX-License-Identifier: MIT\nname: crowd\ndoc: Many attributes.\n'
  printf 'attribute-sets:\n  - name: many\n    attributes:\n'
  for i in $(seq 400); do printf '      - {name: n%d, type: binary}\n' "$i"; done
  printf '  - name: all\n    attributes:\n'
  printf '      - {name: one, type: nest, nested-attributes: many}\n'
  printf '      - {name: some, type: nest, nested-attributes: many, multi-attr: true}\n'
  printf '      - {name: row, type: indexed-array, sub-type: nest, nested-attributes: many}\n'
  printf 'operations:\n  list:\n    - name: meet\n      doc: Meet.\n      attribute-set: all\n'
  printf '      do: &all\n        request: {attributes: [one, some, row]}\n'
  printf '        reply: {attributes: [one]}\n      dump: *all\n'
} >"$work/specs/crowd.yaml"
try "$work/specs/crowd.yaml"

[ "$tried" -ge 27 ] || fail "only $tried specs"
[ "$failures" -eq 0 ]
