#!/usr/bin/env python3
"""Repeats the session of docs/debugging.md: session_test.py PAGE VM_TEST SERIES

The commands are the page's, and gdb has to answer as the page says, but for addresses and numbers
of lines. On other kernels than the page's, which come with other compilers, the values have to be
the same. What a backtrace shows of a kernel changes with its updates; some functions have to be
there.
"""

import os
import re
import shlex
import subprocess
import sys
import unittest

COMMAND = re.compile(r"^bazel run //(\S+)_([\d.]+) -- (.+)$", re.MULTILINE)
SESSION = re.compile(r"^```text\n(\(gdb\) .*?)^```$", re.MULTILINE | re.DOTALL)
EVERY_KERNEL_HAS = ["genl_rcv_msg", "netlink_rcv_skb", "netlink_sendmsg", "do_syscall_64"]


def steps(session):
    """(command, answer) of each prompt."""
    parts = re.split(r"^\(gdb\) (.*)\n", session, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], map(comparable, parts[1::2])))


def comparable(text):
    """Without addresses, numbers of lines, and where lines end: the page has shorter ones."""
    text = re.sub(r"0x[0-9a-f]+", "0x", text)
    text = re.sub(r"(?<=\.[ch])(:|, line )\d+", "", text)
    text = re.sub(r"^\d+\t", "", text, flags=re.MULTILINE)
    return " ".join(text.split())


class GoodSession(unittest.TestCase):
    def setUp(self):
        with open(PAGE, encoding="utf-8") as file:
            page = file.read()
        self.expected = steps(SESSION.search(page)[1])
        _, self.series, arguments = COMMAND.search(page).groups()
        self.start(shlex.split(arguments))

    def start(self, arguments):
        """Boots the machine; gdb can attach by self.script."""
        self.vm = subprocess.Popen(
            [VM_TEST, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        said = ""
        for line in self.vm.stderr:
            said += line
            if attach := re.match(r" +gdb -x (\S+)$", line):
                self.script = attach[1]
                return
        self.fail(f"the machine did not wait for gdb: {said}")

    def debug(self):
        """Returns what gdb said to the page's commands."""
        options = []
        for command, _ in self.expected:
            options += ["-ex", f"echo (gdb) {command}\\n", "-ex", command]
        gdb = subprocess.run(
            ["gdb", "-nx", "-batch", "-x", self.script, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "HOME": os.environ["TEST_TMPDIR"]},
            text=True,
        )
        print(gdb.stdout)
        return steps(gdb.stdout)

    def test_is_that_of_the_page(self):
        said = self.debug()
        output, errors = self.vm.communicate()
        self.assertEqual(0, self.vm.returncode, output + errors)
        self.assertIn("[  PASSED  ] 1 test.", output)
        self.assertFalse(os.path.exists(self.script))
        self.compare(said)

    def compare(self, said):
        self.assertEqual([c for c, _ in self.expected], [c for c, _ in said])
        for (command, expected), (_, answer) in zip(self.expected, said):
            with self.subTest(command):
                if command == "backtrace":
                    for function in EVERY_KERNEL_HAS:
                        self.assertIn(f" in {function} ()", answer)
                elif SERIES == self.series or command.startswith("print "):
                    self.assertEqual(expected, answer)


if __name__ == "__main__":
    PAGE, VM_TEST, SERIES = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
