# What the scripts of tools/ share. Sourced, not run.

# The cache: what was fetched, outside the checkout. third_party/cache/cache.bzl says the same.
CACHE=${GENLC_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/genlc}

# Says what is being done, for steps that a person waits for.
say() {
  echo "${0##*/}: $*" >&2
}

# Ends the script with one clear line.
die() {
  echo "${0##*/}: error: $*" >&2
  exit 1
}

# Prints the lines of table $1 without comments and empty lines.
read_table() {
  sed -e 's/[[:space:]]*#.*//' -e '/^[[:space:]]*$/d' "$1"
}
