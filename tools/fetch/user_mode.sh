# Builds user-mode Linux, a kernel that is a program, from Debian's source. Sourced, not run.
#
#   build_user_mode SOURCE CONFIGURATION COMPILER FOLDER    fills a folder as tools/fetch/kernel does:
#
#   linux       the kernel
#   headers     what modules are built against
#   compiler    the compiler for modules

# Parts of the source, as patterns of tar, that no user-mode kernel compiles: three quarters of it.
readonly NOT_USED=(
  '*/Documentation/*/*' '*/arch/[!ux]*/*.[chS]' '*/arch/*.dts*' '*/drivers/gpu/*.[ch]' '*/drivers/media/*.[ch]'
  '*/drivers/net/*/*.[ch]' '*/drivers/scsi/*.[ch]' '*/drivers/staging/*.[ch]' '*/drivers/usb/*.[ch]'
  '*/sound/*.[ch]' '*/tools/perf' '*/tools/testing'
)

# Configures the source in $1 by the configuration $2. What that asks for has to come: an option that
# has moved or lacks another one is left out without a word, and with it what it would have found.
configure_user_mode() {
  local wanted
  KCONFIG_ALLCONFIG=$2 make -s -C "$1" CC="$compiler" allnoconfig || return
  while read -r wanted; do
    if ! grep -qxF "$wanted" "$1/.config"; then
      echo "error: this kernel does not take $wanted"
      return 1
    fi
  done < <(read_table "$2")
}

# Leaves of the built source $1 what builds of modules read.
keep_headers() {
  find "$1" -type f ! -path "$1/scripts/*" ! -path "$1/include/*" ! -name '*.h' ! -name '*akefile*' \
    ! -name Kbuild ! -name .config ! -name Module.symvers -delete
  find "$1" -name '.*.cmd' -delete
  # Folders of headers may be empty and are searched all the same.
  find "$1" -type d -empty ! -path '*/include/*' -delete
}

build_user_mode() {
  local source=$1 configuration=$2 compiler=$3 folder=$4 headers=$4/headers
  mkdir -p "$headers"
  tar -x -f "$source" -C "$headers" --strip-components=1 "${NOT_USED[@]/#/--exclude=}" || return
  # make takes this for the Makefile: whoever builds a module need not know the architecture.
  printf 'export ARCH := um\ninclude Makefile\n' >"$headers/GNUmakefile"
  configure_user_mode "$headers" "$configuration" || return
  make -s -C "$headers" CC="$compiler" -j"$(nproc)" || return
  strip -g -o "$folder/linux" "$headers/linux" || return
  echo "$compiler" >"$folder/compiler"
  make -s -C "$headers" kernelrelease >"$folder/release" || return
  keep_headers "$headers"
}
