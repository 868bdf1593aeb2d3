"""What a guest does: the modules and the program that go in, and the report that comes out."""

import lzma
import os
import re
import shlex
import subprocess

import initramfs

_HERE = os.path.dirname(os.path.realpath(__file__))


class Module:
    """A kernel module: its name as rmmod wants it, and its file's content without debug data."""

    def __init__(self, path):
        with open(path, "rb") as file:
            content = file.read()
        if path.endswith(".xz"):
            content = lzma.decompress(content)
        name = re.search(rb"\0name=([^\0]+)\0", b"\0" + content)
        if not name:
            raise ValueError(f"{path} is not a kernel module")
        self.name = name.group(1).decode()
        self.content = _without_debug_data(content)


def _without_debug_data(content):
    """Debug data is ten times what the kernel needs of a module."""
    result = subprocess.run(
        ["/bin/sh", "-c", 'f=$(mktemp) && cat >"$f" && strip -g "$f" && cat "$f" && rm "$f"'],
        input=content,
        stdout=subprocess.PIPE,
        check=True,
    )
    return result.stdout


def module_files(kernel_folder, module):
    """The files to load for `module`, in order: itself, or with what it depends on where it is the
    name of one of the kernel's own modules."""
    if "/" in module or module.endswith(".ko"):
        return [module]
    folder = os.path.join(kernel_folder, "modules")
    with open(os.path.join(folder, "modules.dep")) as file:
        for line in file:
            path, _, dependencies = line.partition(":")
            if os.path.basename(path).split(".")[0].replace("-", "_") == module.replace("-", "_"):
                return [os.path.join(folder, p) for p in [*reversed(dependencies.split()), path]]
    raise FileNotFoundError(f"the kernel has no module {module}")


def make_archive(modules, program, arguments, environment, files, interactive):
    """The guest's file system.

    program: a file of the host, or where it has no slash a command of the guest (busybox).
    environment: name to value, for the program. files: path in the guest to file of the host.
    """
    archive = initramfs.Initramfs()
    archive.add_file("/init", os.path.join(_HERE, "guest_init"), executable=True)
    archive.add_file("/bin/busybox", "/bin/busybox", executable=True)
    archive.add_device("/dev/console", 5, 1)
    for folder in ["/proc", "/sys", "/tmp", "/root", "/run", "/var"]:
        archive.add_folder(folder)
    archive.add("/etc/passwd", b"root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n")
    archive.add("/etc/group", b"root:x:0:\nnogroup:x:65534:\n")
    order = []
    for module in modules:
        archive.add(f"/genlc/modules/{len(order)}.ko", module.content)
        order.append(f"{len(order)}.ko {module.name}\n")
    archive.add("/genlc/modules/order", "".join(order).encode())
    command = archive.add_program(program) if "/" in program else program
    # The output is a terminal for the program, but its reader may not be one.
    terminal = {"TERM": "linux" if interactive else "dumb"}
    script = _run_script([command, *arguments], {**terminal, **environment})
    archive.add("/genlc/run", script.encode())
    for path, source in files.items():
        archive.add_file(path, source)
    if interactive:
        archive.add("/genlc/interactive", b"")
    return archive


def _run_script(command, environment):
    variables = {"LD_LIBRARY_PATH": initramfs.LIBRARIES, **environment}
    assignments = [f"{name}={shlex.quote(value)}" for name, value in variables.items()]
    return "cd /tmp\nexec env " + " ".join(assignments) + " " + shlex.join(command) + "\n"


# Taints that tell of a fault: bad page, died, warned, soft lockup (kernel's tainted-kernels.rst).
_FAULTS = 1 << 5 | 1 << 7 | 1 << 9 | 1 << 14


class Report:
    """What the guest reported. `status` is the program's exit status, None where it did not end."""

    def __init__(self, text):
        self.status = None
        self.problems = []  # in words
        self.complete = False
        for line in text.splitlines():
            word, _, rest = line.partition(" ")
            if word == "status":
                self.status = int(rest)
            elif word == "not-loaded":
                self.problems.append("module not loaded: " + rest)
            elif word == "not-unloaded":
                self.problems.append("module not unloaded: " + rest)
            elif word == "tainted":
                before, after = (int(number) for number in rest.split())
                if after & ~before & _FAULTS:
                    self.problems.append(f"the kernel is tainted by a fault ({after})")
                self.complete = True
