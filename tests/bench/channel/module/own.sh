#!/bin/bash
# Makes slate-own of slate-generic, with a protocol of its own: own.sh TO_CLASSIC FOLDER FILE...
set -euo pipefail

to_classic=$1 folder=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for file; do
  name=$(basename "$file")
  sed 's/slate\([-_]\)generic/slate\1own/g; s/SLATE_\(TELL_\)\?GENERIC/SLATE_\1OWN/g' "$file" \
    >"$work/${name/generic/own}"
done
"$to_classic" slate-own 29 "$folder" "$work"/*.yaml
cp "$work/slate_own_handlers.c" "$folder"
