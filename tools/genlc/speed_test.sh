#!/bin/bash
# How long the kernel's own specs take, to compile and to make a request with, and whether that is
# below the limits.
#   speed_test.sh GENLC SCALE     with GENLC_KERNEL_SPECS as in third_party/reference
#
# bazel test -c opt //tools/genlc:speed_test holds what users install to its limits; builds that
# are not optimised have SCALE times as long, to notice what takes forever.
set -eu

genlc=$(realpath "$1")
scale=$2
specs=${GENLC_KERNEL_SPECS:-}
if [ ! -e "$specs/psp.yaml" ]; then
  echo "SKIPPED: speed_test: no kernel specs to compile (run tools/setup)"
  exit 0
fi
out=$TEST_TMPDIR/out

# Milliseconds of one run that writes every file.
run() {
  local begin end
  rm -rf "$out"
  begin=$(date +%s%N)
  "$genlc" compile "$@" 2>"$TEST_TMPDIR/warnings" || { cat "$TEST_TMPDIR/warnings" >&2; return 1; }
  end=$(date +%s%N)
  echo $(((end - begin) / 1000000))
}

# hold WHAT LIMIT_MS SPECS FILES ARGUMENT...: at least so many specs make so many files in time. The
# best of several runs counts: other work on the machine can only add to the time.
hold() {
  local what=$1 limit=$(($2 * scale)) specs=$3 least=$4 times best files
  shift 4
  times=$(for _ in 1 2 3 4 5; do run "$@" || exit 1; done)
  best=$(sort -n <<<"$times" | head -1)
  files=$(find "$out" -type f | wc -l)
  echo "$what: $specs specs, $files files," \
    "$(find "$out" -type f -exec cat {} + | wc -l) lines: $best ms (limit $limit ms)"
  [ "$files" -ge "$least" ] || { echo "that are too few files"; exit 1; }
  [ "$best" -le "$limit" ] || { echo "that is too slow"; exit 1; }
}

# Those of level genetlink say so, or say nothing. Names of specs have no blanks.
level_genetlink=$(grep -LE '^protocol: *(genetlink-c|genetlink-legacy|netlink-raw)' "$specs"/*.yaml)
few=$(wc -w <<<"$level_genetlink")
[ "$few" -ge 12 ] || { echo "only $few specs of level genetlink in $specs"; exit 1; }
# shellcheck disable=SC2086
hold "level genetlink, header, module and client" 300 "$few" $((few * 5)) \
  $level_genetlink --uapi_out="$out/include" --kernel_out="$out/module" --cpp_out="$out/client"

all=("$specs"/*.yaml)
[ "${#all[@]}" -ge 33 ] || { echo "only ${#all[@]} specs in $specs"; exit 1; }
hold "all levels, header, client and documentation" 500 "${#all[@]}" $((${#all[@]} * 5)) \
  "${all[@]}" --uapi_out="$out/include" --cpp_out="$out/client" --doc_out="$out/doc"

# hold_request LIMIT_MS ARGUMENT...: a request from start to end, the best of many for the same reason.
hold_request() {
  local limit=$(($1 * scale * 1000)) best begin took
  shift
  for _ in $(seq 20); do
    begin=${EPOCHREALTIME/./}
    "$genlc" "$@" >"$TEST_TMPDIR/reply"
    took=$((${EPOCHREALTIME/./} - begin))
    [ "$took" -ge "${best:=$took}" ] || best=$took
  done
  echo "genlc $*: $best us (limit $limit us)"
  [ "$best" -le "$limit" ] || { echo "that is too slow"; exit 1; }
}

export GENLC_SPEC_PATH=$specs
hold_request 10 do nlctrl getfamily family-name=nlctrl
# The largest specs, of a generic family and of all.
hold_request 10 do ethtool linkstate-get header.dev-name=lo
hold_request 20 do rt-link getlink header.ifi-index=1
hold_request 20 dump tc getqdisc
