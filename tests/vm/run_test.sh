#!/bin/bash
# Tests tools/vm/run by what it says and how it ends: run_test.sh SERIES [RULE...].

set -u
series=$1
shift
run=tools/vm/run
faulty=tests/vm/faulty/$series/faulty.ko
talker=tests/vm/talker
failed=0

# Runs tools/vm/run with the arguments; leaves $status, $output, $errors and $log.
boot() {
  log=$TEST_TMPDIR/kernel.log
  rm -f "$log"
  output=$($run --kernel="$series" --log="$log" "$@" 2>"$TEST_TMPDIR/errors")
  status=$?
  errors=$(<"$TEST_TMPDIR/errors")
}

# expect CONDITION...: a test(1) expression that has to hold.
expect() {
  test "$@" && return
  echo "FAILED: ${FUNCNAME[1]}: not so: $*"
  printf 'status %s\n--- output\n%s\n--- errors\n%s\n' "$status" "${output:0:2000}" "$errors"
  failed=$((failed + 1))
}

# Asks module faulty for a fault and then says "went on".
cause() {
  boot --module="$faulty" -- sh -c "echo $1 >/sys/kernel/debug/faulty; echo went on"
}

GoodProgramSucceeds() {
  boot -- uname -s
  expect "$status:$output:$errors" = "0:Linux:"
}

GoodModuleIsLoadedAndUnloaded() {
  boot --module="$faulty" -- grep -c '^faulty ' /proc/modules
  expect "$status:$output:$errors" = "0:1:"
  expect -n "$(grep 'genlc: guest is up' "$log")"
}

GoodVerboseTellsTheOrder() {
  output=$($run --kernel="$series" --module="$faulty" --verbose -- echo ran 2>&1)
  status=$? errors=
  expect "$(tail -n +2 <<<"$output" | cut -d ' ' -f 1-3 | tr '\n' ,)" = \
    "vm: loaded faulty,ran,vm: status 0,vm: unloaded faulty,"
}

GoodModuleOfTheKernelByName() {
  boot --module=nlmon -- grep -c '^nlmon ' /proc/modules
  expect "$status:$output" = "0:1"
}

GoodModulesOfTheKernelThatDependOnTheSame() {
  boot --module=fou --module=wireguard -- grep -c '^udp_tunnel ' /proc/modules
  expect "$status:$output" = "0:1"
}

GoodCommandOfThisMachine() {
  boot --command=ip -- /bin/sh -c 'ip -json link show lo'
  expect "$status:${output:0:27}" = '0:[{"ifindex":1,"ifname":"lo"'
}

GoodGuestHasWhatProgramsExpect() {
  boot -- sh -c 'test $(id -u) = 0 && test -w /tmp && test -e /proc/self && test -d /sys/class &&
    ip addr show lo | grep -q 127.0.0.1 && pwd'
  expect "$status:$output" = "0:/tmp"
}

GoodArgumentsFilesAndEnvironment() {
  echo content >"$TEST_TMPDIR/file"
  A_VARIABLE="two words" boot --env=A_VARIABLE --env=B=2 --env=NOT_SET \
    --file="$TEST_TMPDIR/file:/data/x" \
    -- sh -c 'echo "$A_VARIABLE/$B/${NOT_SET-unset}/$1/$(cat /data/x)"' sh "it's \$1"
  expect "$status:$output" = "0:two words/2/unset/it's \$1/content"
}

GoodMegabyteOfOutputWithoutLoss() {
  boot -- "$talker" 16384
  expect "$status:$errors" = "0:"
  expect "$(md5sum <<<"$output")" = "$(for ((i = 0; i < 16384; ++i)); do printf '%063d\n' $i; done | md5sum)"
}

GoodOutputToASlowReader() {
  local lines
  lines=$($run --kernel="$series" -- "$talker" 4000 | (sleep 4 && wc -l))
  expect "$lines" = 4000
}

GoodBytesAreNotTranslated() {
  $run --kernel="$series" -- printf '\r\n\004\021\023\377\000x' >"$TEST_TMPDIR/bytes"
  expect "$(od -An -tx1 <"$TEST_TMPDIR/bytes")" = " 0d 0a 04 11 13 ff 00 78"
}

GoodTwoMachinesAtOnce() {
  local first=$TEST_TMPDIR/first
  $run --kernel="$series" --module="$faulty" -- echo one >"$first" 2>&1 &
  boot --module="$faulty" -- echo two
  wait $!
  expect "$?:$(<"$first"):$status:$output" = "0:one:0:two"
}

# Time stands still for as long as gdb does not let the machine go on.
GoodDebuggerHasAllTheTime() {
  local script= vm said
  $run --kernel="$series" --module="$faulty" --timeout=1 --debug -- echo ran \
    >"$TEST_TMPDIR/output" 2>"$TEST_TMPDIR/errors" &
  vm=$!
  while [ -z "$script" ] && kill -0 $vm 2>/dev/null; do
    sleep 0.5
    script=$(sed -n 's/^ *gdb -x //p' "$TEST_TMPDIR/errors")
  done
  sleep 2
  said=$(HOME=$TEST_TMPDIR gdb -nx -batch -x "$script" -ex 'info symbol faulty_write' -ex detach 2>&1)
  wait $vm
  status=$? output=$(<"$TEST_TMPDIR/output") errors=$(<"$TEST_TMPDIR/errors")$said
  expect "$status:$output" = "0:ran"
  expect -n "$(grep '^faulty_write in section .text of .*/faulty.ko' <<<"$said")"
}

BadDebuggerOfUserModeLinux() {
  mkdir -p "$TEST_TMPDIR/user"
  touch "$TEST_TMPDIR/user/linux"
  boot --kernel="$TEST_TMPDIR/user" --debug -- true
  expect "$status" = 125
  expect -n "$(grep 'no stub for a debugger' <<<"$errors")"
}

BadProgramKeepsItsStatus() {
  boot -- sh -c 'echo said; exit 200'
  expect "$status:$output" = "200:said"
  expect -n "$(grep "kernel log: $log" <<<"$errors")"
}

BadProgramKilledBySignal() {
  boot -- sh -c 'kill -SEGV $$'
  expect "$status" = 139
  expect -n "$(grep SIGSEGV <<<"$errors")"
}

BadProgramThatDoesNotEnd() {
  boot --timeout=10 -- sh -c 'echo began; sleep 1000'
  expect "$status:$output" = "124:began"
  expect -n "$(grep 'time limit of 10 s' <<<"$errors")"
  expect -s "$log"
  # Neither QEMU nor a process of user-mode Linux is left.
  expect -z "$(pgrep -f "$TEST_TMPDIR.*initramfs.cpio")"
}

BadProgramIsMissing() {
  boot -- ./no/such/program
  expect "$status" = 125
  expect -n "$(grep 'no/such/program' <<<"$errors")"
}

BadModuleIsMissing() {
  boot --module=./missing.ko -- true
  expect "$status" = 125
}

BadModuleIsNotAModule() {
  boot --module="$talker" -- true
  expect "$status" = 125
  expect -n "$(grep 'is not a kernel module' <<<"$errors")"
}

BadCommandIsMissing() {
  boot --command=no-such -- true
  expect "$status" = 125
  expect -n "$(grep 'no program no-such on this machine' <<<"$errors")"
}

BadModuleLoadedTwice() {
  boot --module="$faulty" --module="$faulty" -- echo ran
  expect "$status:$output" = "125:"
  expect -n "$(grep 'module not loaded: faulty .*File exists' <<<"$errors")"
}

BadModuleStays() {
  cause stay
  expect "$status:$output" = "125:went on"
  expect -n "$(grep 'module not unloaded: faulty' <<<"$errors")"
}

BadKernelWarns() {
  cause warn
  expect "$status:$output" = "125:went on"
  expect -n "$(grep 'the kernel complained: .*WARNING: .*faulty' <<<"$errors")"
  expect -n "$(grep 'as asked' "$log")"
}

BadKernelOopses() {
  cause oops
  expect "$status:$output" = "125:"
  expect -n "$(grep 'the kernel complained: .*\(NULL pointer\|fault at addr 0x0,\)' <<<"$errors")"
}

BadKernelSaysThatSomethingLeaked() {
  cause leak
  expect "$status:$output" = "125:went on"
}

BadKernelIsNotThere() {
  output=$($run --kernel=0.0 -- true 2>&1)
  status=$?
  errors=$output
  expect "$status" = 125
  expect -n "$(grep 'kernel 0.0 is not there (run tools/setup)' <<<"$output")"
}

BadUsage() {
  for arguments in "" "--kernel=$series" "--kernel=$series --nonsense -- true" "--kernel=$series --"; do
    $run $arguments >/dev/null 2>&1
    status=$? output=$arguments errors=
    expect "$status" = 2
  done
}

[ $# -gt 0 ] || set -- $(compgen -A function | grep -E '^(Good|Bad)')
for rule; do
  started=$SECONDS
  before=$failed
  $rule
  echo "$rule: $([ $failed = $before ] && echo passed || echo failed) ($((SECONDS - started)) s)"
done
exit $((failed > 0))
