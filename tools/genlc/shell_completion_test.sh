#!/bin/bash
# What a shell offers when a person presses the tab key.
#   shell_completion_test.sh GENLC
set -u

genlc=$(realpath "$1")
mkdir -p "$TEST_TMPDIR/specs" "$TEST_TMPDIR/bin"
cd "$TEST_TMPDIR" || exit 1
ln -sf "$genlc" bin/genlc
export PATH=$TEST_TMPDIR/bin:$PATH GENLC_SPEC_PATH=$TEST_TMPDIR/specs
cat >specs/zoo.yaml <<'EOF'
# SPDX-License-Identifier: MIT
name: zoo
doc: d
definitions:
  - {name: color, type: enum, entries: [red, green]}
attribute-sets:
  - name: animal
    doc: d
    attributes:
      - {name: id, doc: d, type: u32}
      - {name: color, doc: d, type: u32, enum: color}
operations:
  list:
    - {name: get, doc: d, attribute-set: animal, do: {request: {attributes: [id, color]}}}
EOF

failures=0
expect() {
  local wanted=$1 got=$2
  [ "$wanted" = "$got" ] && return
  echo "FAILED: \`$line\` in $shell: $got instead of $wanted"
  failures=$((failures + 1))
}

# The line, and the words that bash then offers, those after `=` alone where it breaks words there.
lines=(
  "genlc comp|compile completion"
  "genlc do z|zoo"
  "genlc do zoo |get"
  "genlc do zoo get i|id="
  "genlc do zoo get color=g|green"
  "genlc do zoo get id=3 --time|--timeout="
  "genlc do zoo get --format=y|yaml"
  "genlc check ./sp|"
)

shell=bash
# shellcheck disable=SC1090
source <("$genlc" completion bash)
for entry in "${lines[@]}"; do
  line=${entry%|*}
  COMP_LINE=$line COMP_POINT=${#line} COMPREPLY=()
  _genlc 2>/dev/null  # compopt has no command line to speak of here
  expect "${entry#*|}" "${COMPREPLY[*]}"
done
complete -p genlc | grep -q -- '-o default -F _genlc genlc' || {
  echo "FAILED: bash does not ask"
  failures=$((failures + 1))
}

# In zsh, with what it would add recorded.
if command -v zsh >/dev/null; then
  shell=zsh
  for entry in "${lines[@]}"; do
    line=${entry%|*}
    wanted=${entry#*|} word=${line##* }
    case $word in *=*) wanted=${word%=*}=$wanted ;; esac
    expect "$wanted" "$(zsh -f -c '
      compdef() { : }
      _files() { : }
      compadd() { while [[ $1 != -- ]]; do shift; done; shift; print -r -- $* }
      line=$1
      source <(genlc completion zsh)
      words=("${(@s: :)line}") CURRENT=${#words} PREFIX=${words[-1]}
      _genlc' zsh "$line" | xargs)"
  done
else
  echo "SKIPPED: shell_completion_test: no zsh"
fi

[ "$failures" = 0 ]
