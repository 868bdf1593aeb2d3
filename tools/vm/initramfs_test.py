#!/usr/bin/env python3
"""Tests initramfs.py by unpacking its archives with cpio(1)."""

import os
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True

import initramfs


class GoodInitramfs(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.path = os.path.join(self._folder.name, "archive")

    def list(self, archive):
        archive.write(self.path)
        with open(self.path, "rb") as file:
            listing = subprocess.run(
                ["cpio", "-itv", "--quiet"], stdin=file, capture_output=True, text=True, check=True
            )
        return {line.split()[-1]: line.split() for line in listing.stdout.splitlines()}

    def test_folders_above_a_file(self):
        archive = initramfs.Initramfs()
        archive.add("/a/b/c", b"x")
        self.assertEqual(["a", "a/b", "a/b/c"], list(self.list(archive)))

    def test_device(self):
        archive = initramfs.Initramfs()
        archive.add_device("/dev/console", 5, 1)
        self.assertEqual(["5,", "1"], self.list(archive)["dev/console"][4:6])

    def test_modes_and_content(self):
        archive = initramfs.Initramfs()
        archive.add("/tool", b"abcde", executable=True)
        archive.add("/text", b"")
        entries = self.list(archive)
        self.assertEqual(("-rwxr-xr-x", "5"), (entries["tool"][0], entries["tool"][4]))
        self.assertEqual(("-rw-r--r--", "0"), (entries["text"][0], entries["text"][4]))

    def test_content_of_every_length_modulo_four(self):
        archive = initramfs.Initramfs()
        for length in range(9):
            archive.add(f"/file{length}", b"0123456789"[:length])
        archive.write(self.path)
        with open(self.path, "rb") as file:
            subprocess.run(
                ["cpio", "-id", "--quiet"], stdin=file, cwd=self._folder.name, check=True
            )
        for length in range(9):
            with open(os.path.join(self._folder.name, f"file{length}"), "rb") as file:
                self.assertEqual(b"0123456789"[:length], file.read())

    def test_same_files_give_same_bytes(self):
        def content():
            archive = initramfs.Initramfs()
            archive.add("/b", b"2")
            archive.add("/a", b"1")
            archive.write(self.path)
            with open(self.path, "rb") as file:
                return file.read()

        self.assertEqual(content(), content())

    def test_program_with_its_libraries(self):
        archive = initramfs.Initramfs()
        self.assertEqual("/genlc/bin/ls", archive.add_program("/bin/ls"))
        entries = self.list(archive)
        self.assertIn("genlc/bin/ls", entries)
        self.assertIn("genlc/lib/libc.so.6", entries)
        self.assertTrue(any(name.startswith("lib64/ld-linux") for name in entries))

    def test_static_program(self):
        archive = initramfs.Initramfs()
        archive.add_program("/bin/busybox")
        self.assertEqual(["genlc", "genlc/bin", "genlc/bin/busybox"], list(self.list(archive)))

    def test_script(self):
        script = os.path.join(self._folder.name, "script.sh")
        with open(script, "w") as file:
            file.write("#!/bin/sh\n")
        archive = initramfs.Initramfs()
        archive.add_program(script)
        self.assertEqual("-rwxr-xr-x", self.list(archive)["genlc/bin/script.sh"][0])


if __name__ == "__main__":
    unittest.main()
