#!/usr/bin/env python3
"""Runs what docs/debugging.md does without a debugger: commands_test.py PAGE GENLC

What the page shows below commands for tools/vm/run has to be in their output, in this order; numbers
may differ.
"""

import os
import re
import subprocess
import sys
import unittest

LINES = r"((?:(?!```).*\n)+)```\n"
BLOCKS = re.compile(rf"^```sh\n{LINES}\n```text\n{LINES}", re.MULTILINE)


def comparable(text):
    """Lines without the time that a function took, and without numbers."""
    text = re.sub(r"^ \d+\)[^|]*\|", "", text, flags=re.MULTILINE)
    return [re.sub(r"\d+", "0", line) for line in text.splitlines()]


def is_among(shown, said):
    """Whether the lines `shown` are in `said`, in this order."""
    rest = iter(said)
    return all(line in rest for line in shown)


def run(commands):
    """As a reader does it where Bazel has built: here the workspace is bazel-bin, too."""
    folder = os.environ["TEST_TMPDIR"]
    for name, target in {"bazel-bin": os.getcwd(), "genlc": os.path.abspath(GENLC)}.items():
        link = os.path.join(folder, name)
        if not os.path.lexists(link):
            os.symlink(target, link)
    commands = commands.replace("bazel-bin", os.path.join(folder, "bazel-bin"))
    path = folder + ":" + os.environ["PATH"]
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        stdout=subprocess.PIPE,
        env={**os.environ, "PATH": path},
        text=True,
    )


class GoodCommands(unittest.TestCase):
    def test_show_what_the_page_shows(self):
        with open(PAGE, encoding="utf-8") as file:
            found = [block for block in BLOCKS.findall(file.read()) if "tools/vm/run" in block[0]]
        self.assertEqual(2, len(found))
        prelude = re.match(r"thermo=.*\n", found[0][0])[0]
        for commands, shown in found:
            with self.subTest(commands):
                result = run(prelude + commands)
                self.assertEqual(0, result.returncode)
                self.assertTrue(is_among(comparable(shown), comparable(result.stdout)), result.stdout)


if __name__ == "__main__":
    PAGE, GENLC = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
