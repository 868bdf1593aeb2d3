"""What in a kernel's log fails a run, whatever the program in the VM said."""

import re

# Written to the log when the guest is up. What the kernel says before concerns its own boot.
GUEST_IS_UP = "genlc: guest is up"

# Each in the kernel's words, without the time stamp in front.
_COMPLAINTS = [
    r"WARNING: ",  # WARN(), lockdep, suspicious RCU usage
    r"BUG: ",  # null pointers, KASAN, sleeping in atomic context, bad page states
    r"kernel BUG at ",
    r"Oops: ",
    r"general protection fault",
    r"divide error: ",
    r"stack segment: ",
    r"double fault: ",
    r"Kernel panic - not syncing",
    r"UBSAN: ",
    r"KCSAN: ",
    r"INFO: possible ",  # older forms of lockdep's reports
    r"INFO: inconsistent lock state",
    r"INFO: task .* blocked for more than ",
    r"INFO: rcu\w* (self-)?detected ",  # stalls
    r"watchdog: .*(lockup|LOCKUP)",
    r"kmemleak: [1-9]\d* new suspected memory leaks?",
    r"unreferenced object 0x",
    r".*\bleaked\b",
    r"refcount_t: ",
    r"list_(add|del) corruption",
    r"sysfs: cannot create duplicate filename ",
    r"Internal error: ",
]

_TIME_AND_SUBSYSTEM = r"(\[ *\d+\.\d+\](\[ *[TC]\d+\])? )?(\w+: )?"
_COMPLAINT = re.compile(_TIME_AND_SUBSYSTEM + "(" + "|".join(_COMPLAINTS) + ")")


def complaints(log):
    """The lines of the log, a string, in which the kernel complains after the guest was up."""
    _, _, rest = log.partition(GUEST_IS_UP)
    return [line for line in rest.splitlines() if _COMPLAINT.match(line)]


def excerpt(log, lines=50):
    """What to read first of the log of a run that failed: from the first complaint on, or the end."""
    all_lines = log.splitlines()
    found = complaints(log)
    start = all_lines.index(found[0]) if found else max(0, len(all_lines) - lines)
    return all_lines[start : start + lines]
