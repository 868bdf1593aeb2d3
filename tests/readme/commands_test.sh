#!/bin/bash
# Runs every genlc command of the README where the example lies.
#   commands_test.sh GENLC README FILE...
set -eu

genlc=$(realpath "$1")
readme=$(realpath "$2")
shift 2
cp -L "$@" "$TEST_TMPDIR"
cd "$TEST_TMPDIR"
git init -q
git add .
git -c user.name=reader -c user.email=reader@example.org commit -q -m "the example"

count=0
while read -r program arguments; do
  [ "$program" = genlc ]
  # The README quotes no argument.
  # shellcheck disable=SC2086
  if ! "$genlc" $arguments >output 2>&1 </dev/null; then
    echo "failed: genlc $arguments"
    cat output
    exit 1
  fi
  count=$((count + 1))
done < <(sed -n '/^```sh$/,/^```$/ { s/ *#.*//; /^genlc /p }' "$readme")

# Had nothing been found, nothing would have failed.
[ "$count" -ge 5 ] || { echo "only $count commands in the README"; exit 1; }
for made in module/Makefile module/fan_nl.c client/fan.genl.h include/linux/fan.h; do
  [ -s "$made" ] || { echo "the README's commands made no $made"; exit 1; }
done
