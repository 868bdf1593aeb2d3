"""The file system of a guest, as the cpio archive that the kernel unpacks at boot.

The archive is written here and not by cpio(1), so that nobody needs to be root for a device node and
two runs with the same files give the same bytes.

    archive = Initramfs()
    archive.add_file("/init", "tools/vm/guest_init", executable=True)
    archive.add_program("bazel-bin/some_test")          # with its shared libraries
    archive.write("initramfs.cpio")
"""

import os
import re
import stat
import subprocess

# Where programs and their shared libraries are in the guest; see _run_script() of guest.py.
LIBRARIES = "/genlc/lib"
PROGRAMS = "/genlc/bin"


class Initramfs:
    def __init__(self):
        self._entries = {}  # path without the leading slash: (mode, content, device)

    def add(self, path, content, executable=False):
        """Adds a file with this content (bytes), and the folders above it."""
        self._add_folders(path)
        mode = 0o755 if executable else 0o644
        self._entries[path.strip("/")] = (stat.S_IFREG | mode, content, (0, 0))

    def add_file(self, path, source, executable=None):
        """Adds a copy of the host's file `source`."""
        with open(source, "rb") as file:
            content = file.read()
        if executable is None:
            executable = os.access(source, os.X_OK)
        self.add(path, content, executable)

    def add_folder(self, path):
        self._add_folders(path.rstrip("/") + "/x")

    def add_device(self, path, major, minor):
        """Adds a character device."""
        self._add_folders(path)
        self._entries[path.strip("/")] = (stat.S_IFCHR | 0o600, b"", (major, minor))

    def add_program(self, source, path=None):
        """Adds a program with the shared libraries that it needs; returns its path in the guest."""
        path = path or f"{PROGRAMS}/{os.path.basename(source)}"
        self.add_file(path, source, executable=True)
        for name, library in _shared_libraries(source):
            self.add_file(name if name.startswith("/") else f"{LIBRARIES}/{name}", library, True)
        return path

    def write(self, path):
        with open(path, "wb") as file:
            for inode, (name, entry) in enumerate(sorted(self._entries.items()), start=1):
                file.write(_record(inode, name, *entry))
            file.write(_record(0, "TRAILER!!!", 0, b"", (0, 0)))

    def _add_folders(self, path):
        parts = path.strip("/").split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            self._entries.setdefault("/".join(parts[:depth]), (stat.S_IFDIR | 0o755, b"", (0, 0)))


def _record(inode, name, mode, content, device):
    """One entry in the "newc" format: fixed fields in hexadecimal, name and content padded to 4."""
    name = name.encode() + b"\0"
    links = 2 if stat.S_ISDIR(mode) else 1
    fields = [inode, mode, 0, 0, links, 0, len(content), 0, 0, *device, len(name), 0]
    header = b"070701" + b"".join(b"%08X" % field for field in fields)
    return _padded(header + name) + _padded(content)


def _padded(data):
    return data + b"\0" * (-len(data) % 4)


def _shared_libraries(program):
    """(name, path on the host) of each library; the dynamic linker's name is its path."""
    result = subprocess.run(["ldd", program], capture_output=True, text=True)
    for line in result.stdout.splitlines():
        found = re.match(r"\s+(\S+)(?: => (\S+|not found))? ?\(?", line)
        if line.strip() == "statically linked" or not found:
            continue
        name, path = found.groups()
        if path == "not" or "not found" in line:
            raise FileNotFoundError(f"{program} needs {name}, which is not on this machine")
        if path or name.startswith("/"):
            yield name, path or name
