# What the scripts of tools/ share. Sourced, not run.

# A service may start us without it; Bazel and the cache need one.
export HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d : -f 6)}

# The cache: what was fetched, outside the checkout. third_party/cache/cache.bzl says the same.
CACHE=${GENLC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/genlc}

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
