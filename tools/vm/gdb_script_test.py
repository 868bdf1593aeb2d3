#!/usr/bin/env python3
"""Tests gdb_script.py: what it reads of a guest's words, and what it writes for gdb."""

import os
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True

import gdb_script

SAID = """/sys/module/thermo/sections/.text:0xffffffffc0201000
/sys/module/thermo/sections/.data..read_mostly:0xffffffffc0208194
/sys/module/thermo/sections/.symtab:0xffffffffc020e000
/sys/module/nlmon/sections/.text:0xffffffffc0101000
0000000000001000 T percpu_and_no_function
ffffffff81000000 T _text
ffffffff81000040 t early.part.0
ffffffff81000080 T late
ffffffffc0201000 t thermo_of_a_module\t[thermo]
"""


class Module:
    name = "thermo"
    with_debug_data = b"not for gdb"


class GoodWordsOfAGuest(unittest.TestCase):
    def test_sections_of_each_module(self):
        thermo = [(".text", "0xffffffffc0201000"), (".data..read_mostly", "0xffffffffc0208194")]
        nlmon = [(".text", "0xffffffffc0101000")]
        self.assertEqual({"thermo": thermo, "nlmon": nlmon}, gdb_script.sections(SAID))

    def test_functions_of_the_kernel_alone(self):
        self.assertEqual(
            [
                (0x1000, "global", "percpu_and_no_function"),
                (0xFFFFFFFF81000000, "global", "_text"),
                (0xFFFFFFFF81000040, "local", "early.part.0"),
                (0xFFFFFFFF81000080, "global", "late"),
            ],
            gdb_script.functions(SAID),
        )


class GoodFolders(unittest.TestCase):
    def test_each_once_and_as_they_really_lie(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = os.path.realpath(folder)
            source, link = f"{folder}/a/handlers.c", f"{folder}/b/handlers.c"
            os.mkdir(f"{folder}/a")
            os.mkdir(f"{folder}/b")
            open(source, "w").close()
            os.symlink(source, link)
            self.assertEqual(
                [f"{folder}/a", f"{folder}/b"],
                gdb_script.folders([link, source, f"{folder}/b", f"{folder}/a"]),
            )


class GoodSession(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = temporary.name
        self.kernel_folder = os.path.join(self.folder, "kernel")
        os.mkdir(self.kernel_folder)
        self.link_kernel()
        session = gdb_script.Session(self.folder, self.kernel_folder, [Module], ["/a", "/b"])
        self.script = session.write("/tmp/stub", SAID)

    def link_kernel(self):
        """A kernel is an ELF file without symbols, whose code begins here."""
        source = os.path.join(self.folder, "kernel.s")
        with open(source, "w") as file:
            file.write(".globl _start\n_start: .fill 256, 1, 0x90\n")
        kernel = os.path.join(self.kernel_folder, "vmlinux")
        subprocess.run(["as", "-o", source + ".o", source], check=True)
        link = ["ld", "-s", "-Ttext=0xffffffff81000000", "-o", kernel, source + ".o"]
        subprocess.run(link, check=True)

    def test_names_what_gdb_reads(self):
        with open(self.script) as file:
            lines = file.read().splitlines()
        self.assertIn(f"file {self.folder}/vmlinux", lines)
        self.assertIn("directory /a /b", lines)
        self.assertIn("target remote /tmp/stub", lines)
        self.assertIn(
            f"add-symbol-file {self.folder}/thermo.ko -s .text 0xffffffffc0201000"
            " -s .data..read_mostly 0xffffffffc0208194 -s .modinfo 0xfffffffffff00000",
            lines,
        )
        with open(f"{self.folder}/thermo.ko", "rb") as file:
            self.assertEqual(Module.with_debug_data, file.read())

    def test_functions_of_the_kernel_have_names(self):
        command = ["nm", "-n", f"{self.folder}/vmlinux"]
        nm = subprocess.run(command, capture_output=True, text=True, check=True)
        self.assertEqual(
            "ffffffff81000000 T _text\nffffffff81000040 t early.part.0\nffffffff81000080 T late\n",
            nm.stdout,
        )


if __name__ == "__main__":
    unittest.main()
