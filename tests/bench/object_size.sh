#!/bin/bash
# How large the code of a family is: the object file of genlc's C++ beside that of the C that YNL's
# generator makes of the same spec, both with -O2 and without what is for debuggers.
#
#   bazel run -c opt //tests/bench:object_size
#
# The five largest specs whose C compiles count: that of nftables names commands that no header has.
#
# `text` and `data` are the sections of those names as size(1) counts them; `file` is the whole
# object file, with the names and relocations for the linker. Ends with status 1 where any of
# genlc's files is the larger one.
#
# BUILD gives genlc and the headers of the runtime; GENLC_KERNEL_SPECS and GENLC_REFERENCE are
# those of third_party/reference, from which YNL comes. It needs python3-jsonschema and python3-yaml.
set -eu
genlc=$(realpath "$1")
runtime=$(dirname "$(realpath "$2")")
specs=$(realpath "$GENLC_KERNEL_SPECS")
uapi=$(realpath "$GENLC_REFERENCE/uapi")
ynl=$(realpath "$GENLC_REFERENCE/linux/tools/net/ynl")

if [ ! -e "$ynl/pyynl/ynl_gen_c.py" ]; then
  echo "SKIPPED: object_size: no YNL to compare with (run tools/setup)"
  exit 0
fi
if ! python3 -c 'import jsonschema, yaml' 2>/dev/null; then
  echo "SKIPPED: object_size: YNL's generator needs python3-jsonschema and python3-yaml"
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/include"
ln -s "$runtime" "$work/include/genl"

# The three numbers of an object file: text, data, file.
numbers() {
  strip --strip-debug "$1"
  size "$1" | awk 'NR == 2 { printf "%d %d ", $1, $2 }'
  stat -c %s "$1"
}

compile_cpp() {
  "$genlc" compile "$specs/$1.yaml" --cpp_out="$work/$1" 2>/dev/null
  g++ -std=c++20 -O2 -I"$work/include" -c "$work/$1/$1.genl.cc" -o "$work/$1.cpp.o"
}

# The generator looks for ever for a MAINTAINERS above the spec where there is none.
compile_c() {
  local kind
  for kind in header:h source:c; do
    timeout 60 python3 -B "$ynl/pyynl/ynl_gen_c.py" --mode user "--${kind%:*}" \
      --spec "$ynl/../../../Documentation/netlink/specs/$1.yaml" -o "$work/$1-user.${kind#*:}"
  done
  gcc -std=gnu11 -O2 -w -I"$uapi" -I"$ynl/lib" -c "$work/$1-user.c" -o "$work/$1.c.o" 2>"$work/log"
}

status=0
count=0
printf '%-12s %10s %10s %10s   %10s %10s %10s   %s\n' spec 'C++ text' data file 'C text' data file 'file, C++ to C'
for spec in $(find -L "$specs" -name '*.yaml' -printf '%s %f\n' | sort -rn | sed 's/.* //; s/\.yaml$//'); do
  if ! compile_c "$spec"; then
    echo "$spec: YNL's C does not compile: $(grep -m 1 -o 'error: .*' "$work/log")"
    continue
  fi
  compile_cpp "$spec"
  read -r text data file < <(numbers "$work/$spec.cpp.o")
  read -r c_text c_data c_file < <(numbers "$work/$spec.c.o")
  printf '%-12s %10d %10d %10d   %10d %10d %10d   %s\n' "$spec" "$text" "$data" "$file" \
    "$c_text" "$c_data" "$c_file" "$(awk "BEGIN { printf \"%.2f\", $file / $c_file }")"
  [ "$file" -lt "$c_file" ] || status=1
  count=$((count + 1))
  [ "$count" -lt 5 ] || break
done
exit $status
