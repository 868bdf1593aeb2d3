#!/usr/bin/env python3
"""Tests extract_vmlinux.py with images made as the kernel's build makes them."""

import os
import struct
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True

import extract_vmlinux

ELF = b"\x7fELF" + bytes(range(256)) * 100


def image(compressed, setup_sectors=3, magic=b"HdrS"):
    """A bzImage: boot sector, setup sectors, then code with the payload and its size inside."""
    payload = compressed + struct.pack("<I", len(ELF))
    content = bytearray((setup_sectors + 1) * 512) + b"\xcc" * 100 + payload + b"\xcc" * 50
    content[0x1F1] = setup_sectors
    content[0x202:0x206] = magic
    struct.pack_into("<II", content, 0x248, 100, len(payload))
    return bytes(content)


class ExtractVmlinux(unittest.TestCase):
    def extract(self, content):
        with tempfile.TemporaryDirectory() as folder:
            vmlinuz, vmlinux = os.path.join(folder, "vmlinuz"), os.path.join(folder, "vmlinux")
            with open(vmlinuz, "wb") as file:
                file.write(content)
            extract_vmlinux.main(vmlinuz, vmlinux)
            with open(vmlinux, "rb") as file:
                return file.read()

    def test_good_each_compression(self):
        for command in ["xz --check=crc32", "zstd", "lz4 -l", "gzip"]:
            with self.subTest(command):
                compressed = subprocess.run(
                    [*command.split(), "-c"], input=ELF, capture_output=True, check=True
                ).stdout
                self.assertEqual(ELF, self.extract(image(compressed)))

    def test_bad_images(self):
        for content, words in [
            (image(b"", magic=b"none"), "not a bzImage"),
            (image(b"what is this"), "compressed in an unknown way"),
            (image(b"\x1f\x8bbroken"), "gzip"),
        ]:
            with self.subTest(words), self.assertRaisesRegex(SystemExit, words):
                self.extract(content)


if __name__ == "__main__":
    unittest.main()
