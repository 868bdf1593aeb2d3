#!/bin/bash
# Writes a C++ file that contains the sources of generated clients, whose tables nobody else can
# see, and registers their messages.
#   register.sh PACKAGE/FAMILY=CLIENT.genl.cc... >messages.cc
# Several in one file, as most of the time that a compiler takes for one goes into the headers that
# all of them include.
set -eu

# Prints the source of client $1/FAMILY in file $2 with its messages.
register() {
  local family=${1##*/} source=$2 layouts namespace layout type
  # The layouts of requests, replies and events, once each.
  layouts=$(grep -E 'genl::(Operation|TypedOperation<|EventRow<)' "$source" |
    grep -oE '\bk[A-Za-z0-9]+Layout\b' | LC_ALL=C sort -u)
  namespace=$(sed -n '/^namespace [a-z]/{s/^namespace \([^ ]*\) {.*/\1/p;q}' "$source")

  sed "s|#include \"$family.genl.h\"|#include \"$1.genl.h\"|" "$source"
  [ -n "$layouts" ] || return 0
  echo
  echo "namespace $namespace {"
  echo "namespace {"
  echo "[[maybe_unused]] const int kRegistered[] = {"
  for layout in $layouts; do
    type=${layout#k}
    type=${type%Layout}
    echo "    genl::test::Register<$type>(\"$family.$type\", table::$layout),"
  done
  echo "};"
  echo "}  // namespace"
  echo "}  // namespace $namespace"
}

echo '#include "tests/round_trip/round_trip.h"'
for client; do
  register "${client%%=*}" "${client#*=}"
done
