"""Unpacks the parts of a kernel source archive that tests compare with.

    xz -dc linux-source.tar.xz | pick_sources.py FOLDER

The folder of the archive's name is left out: FOLDER/scripts/checkpatch.pl.
"""

import os
import re
import sys
import tarfile

# What tests use, and what is generated from a spec: YNL marks each such file.
WANTED = re.compile(
    r"MAINTAINERS$"
    r"|scripts/(checkpatch\.pl|spelling\.txt|const_structs\.checkpatch)$"
    r"|Documentation/netlink/"
    r"|tools/net/ynl/"
    r"|net/psp/"
    r"|net/core/netdev-genl"
)
GENERATED_MARK = b"YNL-GEN"


def pick(archive, folder):
    for member in archive:
        path = member.name.partition("/")[2]
        if not member.isfile() or ".." in path.split("/"):
            continue
        wanted = WANTED.match(path)
        if not wanted and not path.endswith((".c", ".h")):
            continue
        content = archive.extractfile(member).read()
        if wanted or GENERATED_MARK in content:
            write(os.path.join(folder, path), content, member.mode)


def write(path, content, mode):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)
    os.chmod(path, mode)


if __name__ == "__main__":
    with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as tar:
        pick(tar, sys.argv[1])
