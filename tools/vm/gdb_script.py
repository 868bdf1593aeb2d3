"""How gdb finds its way in a guest: the script that attaches it, and the files that it reads.

The modules' files have all that a compiler knows of them; where their sections lie is known once
they are loaded. Debian's kernels are stripped, so that only the names of their functions are to be
had, from /proc/kallsyms.
"""

import os
import re
import subprocess

_UNWINDER = os.path.join(os.path.dirname(os.path.realpath(__file__)), "gdb_unwinder.py")

_SECTION = re.compile(r"^/sys/module/([^/]+)/sections/([^:]+):(0x[0-9a-f]+)$", re.MULTILINE)
_FUNCTION = re.compile(r"^([0-9a-f]{16}) ([tT]) (\S+)$", re.MULTILINE)

# A module's copy of its symbols is not what is in its file.
_NOT_IN_FILE = {".strtab", ".symtab"}

# gdb would take it for what lies at 0, and give null pointers its names.
_NOT_IN_MEMORY = (".modinfo", "0xfffffffffff00000")


class Session:
    """What is known of a guest before it boots.

    folder: for the script and what it names.
    kernel_folder: that of tools/fetch/kernel.
    modules: guest.Module of each module that the guest loads.
    sources: folders in which gdb looks for the files that debug information names.
    """

    def __init__(self, folder, kernel_folder, modules, sources):
        self.folder = folder
        self._kernel_folder = os.path.realpath(kernel_folder)
        self._modules = modules
        self._sources = sources

    def write(self, stub, said):
        """Writes the script; returns its path.

        stub: path of the socket of QEMU's stub.
        said: by the guest, lines of /proc/kallsyms and `FILE:ADDRESS` of /sys/module/*/sections/*.
        """
        kernel = self._write_kernel(functions(said))
        for module in self._modules:
            with open(self._module_file(module), "wb") as file:
                file.write(module.with_debug_data)
        path = self._path("attach.gdb")
        with open(path, "w") as file:
            file.write("\n".join(self._lines(kernel, stub, sections(said))) + "\n")
        return path

    def _path(self, name):
        return os.path.join(self.folder, name)

    def _module_file(self, module):
        return self._path(module.name + ".ko")

    def _write_kernel(self, names):
        """The kernel's file with names of functions, and without its code: the guest has that."""
        kernel = self._path("vmlinux")
        source = os.path.join(self._kernel_folder, "vmlinux")
        code = _code(source)
        options = self._path("kernel.options")
        with open(options, "w") as file:
            for place, binding, name in names:
                for section, start, end in code:
                    if start <= place < end:
                        at = f"{section}:{place - start}"
                        file.write(f"--add-symbol={name}={at},function,{binding}\n")
        command = ["objcopy", "--only-keep-debug", "@" + options, source, kernel]
        subprocess.run(command, check=True)
        return kernel

    def _lines(self, kernel, stub, placed):
        yield "set pagination off"
        # The kernel for which modules are built in a chroot calls its headers' folder so.
        yield f"set substitute-path /usr/src/ {self._kernel_folder}/usr/src/"
        if self._sources:
            yield "directory " + " ".join(self._sources)
        yield f"file {kernel}"
        yield f"target remote {stub}"
        # gdb would list all sections.
        yield "set logging file /dev/null"
        yield "set logging redirect on"
        yield "set logging enabled on"
        for module in self._modules:
            known = [*placed.get(module.name, []), _NOT_IN_MEMORY]
            options = [f"-s {section} {place}" for section, place in known]
            yield " ".join(["add-symbol-file", self._module_file(module), *options])
        yield "set logging enabled off"
        yield "set logging redirect off"
        yield f"source {_UNWINDER}"
        yield f"python unwind_kernel({self._kernel_folder!r})"


def folders(sources):
    """The folders of files, or folders themselves, as they lie in the checkout; each once."""
    paths = [os.path.realpath(source) for source in sources]
    found = [path if os.path.isdir(path) else os.path.dirname(path) for path in paths]
    return list(dict.fromkeys(found))


def _code(kernel):
    """(section, its first address, the one behind its last) of what the kernel runs."""
    command = ["objdump", "-h", kernel]
    listed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    found = re.findall(r"^ +\d+ (\.text|\.init\.text) +(\w+) +(\w+)", listed, re.MULTILINE)
    return [(name, int(start, 16), int(start, 16) + int(size, 16)) for name, size, start in found]


def sections(said):
    """For each module the pairs (section, address) that gdb wants."""
    placed = {}
    for module, section, place in _SECTION.findall(said):
        if section not in _NOT_IN_FILE:
            placed.setdefault(module, []).append((section, place))
    return placed


def functions(said):
    """(address, `local` or `global`, name) of each function of the kernel."""
    bindings = {"t": "local", "T": "global"}
    return [(int(place, 16), bindings[kind], name) for place, kind, name in _FUNCTION.findall(said)]
