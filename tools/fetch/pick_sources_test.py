#!/usr/bin/env python3
"""Tests pick_sources.py with a small archive."""

import io
import os
import sys
import tarfile
import tempfile
import unittest

sys.dont_write_bytecode = True

import pick_sources


def archive(files):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for path, content in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(content)
            member.mode = 0o755 if path.endswith(".pl") else 0o644
            tar.addfile(member, io.BytesIO(content))
    buffer.seek(0)
    return tarfile.open(fileobj=buffer, mode="r|")


class PickSources(unittest.TestCase):
    def test_good_wanted_and_generated_files(self):
        picked = {
            "MAINTAINERS": b"",
            "scripts/checkpatch.pl": b"#!/usr/bin/perl",
            "Documentation/netlink/specs/psp.yaml": b"name: psp",
            "net/core/netdev-genl-gen.c": b"",
            "fs/nfsd/netlink.c": b"/* YNL-GEN kernel source */",
        }
        left = {
            "scripts/get_maintainer.pl": b"",
            "fs/nfsd/nfsctl.c": b"int x;",
            "Documentation/ynl.rst": b"YNL-GEN",
            "net/core/dev.c": b"",
            "../outside.c": b"YNL-GEN",
        }
        files = {"linux-source-7.2/" + path: text for path, text in {**picked, **left}.items()}
        with tempfile.TemporaryDirectory() as folder:
            pick_sources.pick(archive(files), os.path.join(folder, "linux"))
            found = {}
            for directory, _, names in os.walk(folder):
                for name in names:
                    path = os.path.join(directory, name)
                    with open(path, "rb") as file:
                        found[os.path.relpath(path, os.path.join(folder, "linux"))] = file.read()
            self.assertEqual(picked, found)
            self.assertTrue(os.access(os.path.join(folder, "linux/scripts/checkpatch.pl"), os.X_OK))


if __name__ == "__main__":
    unittest.main()
