#!/bin/bash
# Tests how private_apt.sh finds the machine's mirrors, with the words of apt-get.

set -uo pipefail
cd "$(dirname "$0")"
. ./common.sh
. ./private_apt.sh

failed=0

# What `apt-get update --print-uris` says; expect SUITE MIRROR looks into it.
apt-get() {
  [ "$*" = "update --print-uris" ] && echo "$uris"
}

expect() {
  local found
  found=$(mirror_for_suite "$1")
  [ "$found" = "$2" ] && return
  echo "FAILED: ${FUNCNAME[1]}: suite $1 comes from '$found', not '$2'"
  failed=1
}

GoodOrdinaryMachine() {
  uris="'http://mirror.example/debian/dists/bookworm/InRelease' mirror.example_debian_InRelease 0 
'http://mirror.example/debian-security/dists/bookworm-security/InRelease' x 0 
'http://mirror.example/debian/dists/bookworm/main/binary-amd64/Packages.xz' x 0 
'http://mirror.example/debian/dists/bookworm-updates/main/binary-amd64/Packages.xz' x 0 
'http://mirror.example/debian-security/dists/bookworm-security/main/binary-amd64/Packages.xz' x 0 "
  expect bookworm http://mirror.example/debian
  expect sid http://mirror.example/debian
  expect bullseye-security http://mirror.example/debian-security
}

GoodOtherPeoplesPackagesComeFirst() {
  uris="'https://docker.example/linux/debian/dists/bookworm/stable/binary-amd64/Packages.xz' x 0 
'https://sdk.example/apt/dists/sdk-bookworm/main/binary-amd64/Packages.xz' x 0 
'https://mirror.example/debian/dists/bookworm/main/binary-amd64/Packages.xz' x 0 "
  expect bookworm https://mirror.example/debian
}

GoodSuiteByItsRole() {
  uris="'http://mirror.example/debian/dists/oldstable/main/binary-amd64/Packages.xz' x 0 
'http://mirror.example/debian-security/dists/oldstable-security/main/binary-amd64/Packages.xz' x 0 "
  expect bookworm http://mirror.example/debian
  expect bookworm-security http://mirror.example/debian-security
}

BadMachineWithoutDebian() {
  uris="'https://docker.example/linux/debian/dists/bookworm/stable/binary-amd64/Packages.xz' x 0 "
  expect bookworm ""
  expect bookworm-security ""
}

for rule in $(compgen -A function | grep -E '^(Good|Bad)'); do
  $rule
done
exit $failed
