#!/bin/bash
# Moves a family of generic netlink to a protocol of its own:
#
#   to_classic.sh FAMILY PROTONUM FOLDER FILE...       its spec and profile are among the files
#
# Commands begin with 16, the first that netlink leaves to its protocols. Groups get numbers. What the
# language has for generic netlink alone goes to the profile (flags of groups) or goes (conditions,
# `uns-admin-perm` of operations).
set -euo pipefail

family=$1 number=$2 folder=$3
shift 3
for file; do
  case $(basename "$file") in
    "$family.genlc.yaml") profile=$file ;;
    "$family.yaml") spec=$file ;;
  esac
done

awk -v number="$number" '
  /^name:/       { print; print "protocol: netlink-raw"; print "protonum: " number; next }
  /^protocol:/   { next }
  /^operations:/ { section = "operations" }
  /^mcast-groups:/ { section = "groups" }
  section == "groups" && /^ *flags:/ { next }
  section == "operations" && /^ *(config-cond:|flags: \[uns-admin-perm\])/ { next }
  { print }
  section == "operations" && /^ *name:/ && !numbered++ { sub(/name:.*/, "value: 16"); print }
  section == "groups" && /^ *name:/ { sub(/name:.*/, "value: " ++groups); print }
' "$spec" >"$folder/$(basename "$spec")"

{
  cat "$profile"
  awk '
    /^mcast-groups:/ { groups = 1 }
    groups && /^ *name:/ { name = $2 }
    groups && /^ *flags:/ {
      if (!said++) print "\nmcast-groups:"
      print "  -\n    name: " name
      sub(/^ */, "    ")
      print
    }
  ' "$spec"
} >"$folder/$(basename "$profile")"
