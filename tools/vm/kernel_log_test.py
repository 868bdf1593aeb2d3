#!/usr/bin/env python3
"""Tests kernel_log.py with lines as kernels 5.10 to 7.3 print them."""

import sys
import unittest

sys.dont_write_bytecode = True

import kernel_log


def complaints(*lines):
    return kernel_log.complaints("\n".join(["[    1.4] " + kernel_log.GUEST_IS_UP, *lines]))


class GoodKernelLog(unittest.TestCase):
    def test_ordinary_lines(self):
        self.assertEqual(
            [],
            complaints(
                "[    1.484444] thermo: loading out-of-tree module taints kernel.",
                "[    1.484444] thermo: module verification failed: signature missing - tainting",
                "[   12.500000] random: crng init done",
                "[    2.000000] Warning: unsafe default, see debug: leakedness",
                "[    2.000000] thermo: user wrote the word BUG without a colon",
            ),
        )

    def test_complaints_before_the_guest_is_up(self):
        log = "[    0.1] WARNING: CPU: 0 PID: 1 at init/main.c:1\n[    1.4] genlc: guest is up\n"
        self.assertEqual([], kernel_log.complaints(log))

    def test_log_of_a_guest_that_never_came_up(self):
        self.assertEqual([], kernel_log.complaints("[    0.1] WARNING: CPU: 0 PID: 1 at x\n"))


class BadKernelLog(unittest.TestCase):
    LINES = [
        "[    3.1] WARNING: CPU: 0 PID: 91 at /x/faulty.c:35 faulty_write+0x9a/0xd0 [faulty]",
        "[    3.1][   T91] WARNING: faulty.c:35 at faulty_write+0x9a/0xd0, CPU#0: sh/91",
        "[    3.1] WARNING: possible circular locking dependency detected",
        "[    3.1] WARNING: suspicious RCU usage",
        "[    3.1] BUG: kernel NULL pointer dereference, address: 0000000000000000",
        "[    3.1] BUG: KASAN: slab-out-of-bounds in thermo_put+0x127/0x2a0 [thermo]",
        "[    3.1] BUG: sleeping function called from invalid context at thermo.c:63",
        "[    3.1] BUG: scheduling while atomic: sh/91/0x00000002",
        "[    3.1] kernel BUG at lib/idr.c:1!",
        "[    3.1] Oops: 0002 [#1] PREEMPT SMP NOPTI",
        "[    3.1] Oops: general protection fault, probably for non-canonical address: 0000 [#1]",
        "[    3.1] general protection fault, probably for non-canonical address 0xdead: 0000 [#1]",
        "[    3.1] Kernel panic - not syncing: Fatal exception",
        "[    3.1] UBSAN: shift-out-of-bounds in thermo.c:10:3",
        "[    3.1] INFO: task sh:91 blocked for more than 120 seconds.",
        "[    3.1] rcu: INFO: rcu_preempt self-detected stall on CPU",
        "[    3.1] rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:",
        "[    3.1] rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { 0-... }",
        "[    3.1] watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [sh:91]",
        "[    3.1] watchdog: Watchdog detected hard LOCKUP on cpu 0",
        "[    3.1] kmemleak: 3 new suspected memory leaks (see /sys/kernel/debug/kmemleak)",
        "[    3.1] unreferenced object 0xffff888003a4e000 (size 96):",
        "[    3.1] faulty: 3 objects leaked",
        "[    3.1] refcount_t: underflow; use-after-free.",
        "[    3.1] list_del corruption. prev->next should be ffff, but was dead",
        "[    3.1] sysfs: cannot create duplicate filename '/class/thermo'",
        "WARNING: CPU: 0 PID: 91 at a line without a time",
    ]

    def test_each_complaint(self):
        for line in self.LINES:
            with self.subTest(line):
                self.assertEqual([line], complaints("[    2.9] harmless", line, "[    3.2] more"))


class GoodExcerpt(unittest.TestCase):
    UP = "[    1.4] " + kernel_log.GUEST_IS_UP

    def test_from_the_first_complaint(self):
        log = [self.UP, "a", "BUG: x", "b", "BUG: y", "c"]
        self.assertEqual(["BUG: x", "b", "BUG: y"], kernel_log.excerpt("\n".join(log), lines=3))

    def test_end_of_a_log_without_complaint(self):
        self.assertEqual(["c", "d"], kernel_log.excerpt("a\nb\nc\nd\n", lines=2))
        self.assertEqual(["a"], kernel_log.excerpt("a\n", lines=2))


if __name__ == "__main__":
    unittest.main()
