#!/bin/bash
# Writes a C++ file that contains the source of a generated client, whose tables nobody else can
# see, and registers its messages for the round trips.
#   register.sh FAMILY CLIENT.genl.cc >FAMILY_messages.cc
set -eu
family=$1
source=$2

# The layouts of requests, replies and events, once each.
layouts=$(grep -E 'genl::(Operation|TypedOperation<|EventRow<)' "$source" |
  grep -oE '\bk[A-Za-z0-9]+Layout\b' | LC_ALL=C sort -u)
namespace=$(sed -n '/^namespace [a-z]/{s/^namespace \([^ ]*\) {.*/\1/p;q}' "$source")

echo '#include "tests/round_trip/round_trip.h"'
sed "s|#include \"$family.genl.h\"|#include \"tests/families/$family.genl.h\"|" "$source"
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
