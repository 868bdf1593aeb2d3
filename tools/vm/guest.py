"""What a guest does: the modules and the program that go in, and the report that comes out."""

import lzma
import os
import re
import shlex
import shutil
import subprocess

import initramfs

_HERE = os.path.dirname(os.path.realpath(__file__))


class Module:
    """A kernel module: its name as rmmod wants it, and its file's content without debug data and with."""

    def __init__(self, path):
        with open(path, "rb") as file:
            content = file.read()
        if path.endswith(".xz"):
            content = lzma.decompress(content)
        name = re.search(rb"\0name=([^\0]+)\0", b"\0" + content)
        if not name:
            raise ValueError(f"{path} is not a kernel module")
        self.name = name.group(1).decode()
        self.with_debug_data = content
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


def module_files(kernel_folder, modules):
    """The files to load for `modules`, in order. Each is a file, or the name of one of the kernel's
    own modules, which brings along what it depends on and is not already there."""
    files = []
    for module in modules:
        if "/" in module or module.endswith(".ko"):
            files.append(module)
        else:
            files += [f for f in _own_module(kernel_folder, module) if f not in files]
    return files


def _own_module(kernel_folder, name):
    """A module of the kernel, after all that modprobe would load before it."""
    with open(os.path.join(kernel_folder, "release")) as file:
        release = file.readline().strip()
    folder = os.path.realpath(kernel_folder)
    command = [find_program("modprobe"), "-d", folder, "-S", release, "-C", "/dev/null"]
    result = subprocess.run(
        [*command, "--show-depends", name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    if result.returncode != 0:
        raise FileNotFoundError(f"the kernel has no module {name}")
    return re.findall(r"^insmod (\S+)", result.stdout.decode(), re.MULTILINE)


def find_program(name):
    """The path of a program of this machine, also of those for administrators."""
    path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if not path:
        raise FileNotFoundError(f"no program {name} on this machine (run tools/setup)")
    return path


def make_archive(modules, program, arguments, commands, environment, files, interactive, debug):
    """The guest's file system.

    program: a file of the host, or where it has no slash a command of the guest (busybox).
    commands: further files of the host, which are commands of the guest.
    environment: name to value, for the program. files: path in the guest to file of the host.
    interactive: the program has a terminal. debug: it waits for the debugger (debugger.py).
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
    for other in commands:
        archive.add_program(other)
    if commands:
        # busybox's own shell would take busybox's commands of the same names.
        archive.add_program("/bin/sh", "/bin/sh")
    # The output is a terminal for the program, but its reader may not be one.
    terminal = {"TERM": "linux" if interactive else "dumb"}
    script = _run_script([command, *arguments], {**terminal, **environment})
    archive.add("/genlc/run", script.encode())
    for path, source in files.items():
        archive.add_file(path, source)
    if interactive:
        archive.add("/genlc/interactive", b"")
    if debug:
        archive.add("/genlc/debug", b"")
    return archive


def _run_script(command, environment):
    path = initramfs.PROGRAMS + ":/bin"
    variables = {"LD_LIBRARY_PATH": initramfs.LIBRARIES, "PATH": path, **environment}
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
