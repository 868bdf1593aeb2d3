"""Lets gdb walk the kernel's part of a stack. gdb reads this file in a session on a guest.

Debian's kernels bring no debug information, but the tables by which the kernel itself finds the
callers of a function (Documentation/arch/x86/orc-unwinder.rst): for each range of instructions
where the caller's stack begins, and where the caller's rbp is kept. They are read from the guest.
"""

import glob
import re
import struct

import gdb
import gdb.unwinder

# The headers of the kernel say how it numbers registers, and kinds of frames; both have changed.
_HEADERS = [
    "arch/x86/include/asm/orc_types.h",
    "include/linux/objtool.h",
    "include/linux/objtool_types.h",
]
_NUMBER = re.compile(r"^#define (?:ORC|UNWIND_HINT)_(REG_\w+|TYPE_\w+)\s+(\d+)$", re.MULTILINE)

# struct pt_regs.
_REGS_BP, _REGS_IP, _REGS_CS, _REGS_SP = 4 * 8, 16 * 8, 17 * 8, 19 * 8


def _read(address, layout):
    size = struct.calcsize(layout)
    return struct.unpack(layout, gdb.selected_inferior().read_memory(address, size))


def _read_long(address):
    return _read(address, "<Q")[0]


class _FrameId:
    def __init__(self, sp, pc):
        self.sp = sp
        self.pc = pc


class Unwinder(gdb.unwinder.Unwinder):
    def __init__(self, sections, numbers):
        super().__init__("orc")
        self._numbers = numbers
        self._code = [sections[".text"], sections[".init.text"]]
        self._places, end = sections[".orc_unwind_ip"]
        self._count = (end - self._places) // 4
        self._entries = sections[".orc_unwind"][0]

    def __call__(self, frame):
        pc = _unsigned(frame, "rip")
        if not any(start <= pc < end for start, end in self._code):
            return None
        # A return address may be that of the next function.
        offset, bp_offset, registers = self._find(pc - (frame.level() > 0))
        if registers & 15 == self._numbers["REG_UNDEFINED"]:
            return _last(frame, _unsigned(frame, "rsp"), pc)
        stack = self._callers_stack(frame, registers & 15, offset)
        kind = registers >> 8 & 3
        if stack is None:
            return None
        if kind == self._numbers["TYPE_REGS"]:
            return self._behind_entry(frame, stack, pc)
        if kind != self._numbers["TYPE_CALL"]:
            return None
        bp = _unsigned(frame, "rbp")
        if registers >> 4 & 15 == self._numbers["REG_PREV_SP"]:
            bp = _read_long(stack + bp_offset)
        return _caller(frame, stack, pc, rip=_read_long(stack - 8), rsp=stack, rbp=bp)

    def _find(self, pc):
        """The entry of the last place that is not behind `pc`."""
        low, high = 0, self._count
        while high - low > 1:
            middle = (low + high) // 2
            place = self._places + middle * 4
            if place + _read(place, "<i")[0] <= pc:
                low = middle
            else:
                high = middle
        return _read(self._entries + low * 6, "<hhH")

    def _callers_stack(self, frame, register, offset):
        """None where stacks are switched, which is done with other registers."""
        if register == self._numbers["REG_SP"]:
            return _unsigned(frame, "rsp") + offset
        if register == self._numbers["REG_BP"]:
            return _unsigned(frame, "rbp") + offset
        if register == self._numbers["REG_SP_INDIRECT"]:
            return _read_long(_unsigned(frame, "rsp")) + offset
        return None

    def _behind_entry(self, frame, regs, pc):
        """What an interrupt or a system call came from. Of programs gdb knows nothing."""
        if _read_long(regs + _REGS_CS) & 3:
            return _last(frame, regs, pc)
        rip, rsp, rbp = (_read_long(regs + place) for place in (_REGS_IP, _REGS_SP, _REGS_BP))
        return _caller(frame, regs, pc, rip=rip, rsp=rsp, rbp=rbp)


def _unsigned(frame, register):
    return int(frame.read_register(register)) & (1 << 64) - 1


def _last(frame, stack, pc):
    """gdb looks no further than where an address is 0."""
    return _caller(frame, stack, pc, rip=0, rsp=stack, rbp=0)


def _caller(frame, stack, pc, **registers):
    long = gdb.lookup_type("unsigned long")
    info = frame.create_unwind_info(_FrameId(gdb.Value(stack).cast(long), gdb.Value(pc).cast(long)))
    for name, value in registers.items():
        info.add_saved_register(name, gdb.Value(value).cast(frame.read_register(name).type))
    return info


def _sections():
    lines = gdb.execute("maintenance info sections", to_string=True)
    found = re.findall(r"(0x[0-9a-f]+)->(0x[0-9a-f]+) at 0x[0-9a-f]+: (\S+)", lines)
    return {name: (int(start, 16), int(end, 16)) for start, end, name in found}


def _numbers(kernel_folder):
    found = {}
    for header in _HEADERS:
        for path in glob.glob(f"{kernel_folder}/usr/src/linux-headers-*-common/{header}"):
            with open(path) as file:
                found.update((name, int(value)) for name, value in _NUMBER.findall(file.read()))
    return found


def unwind_kernel(kernel_folder):
    """Called by the script of gdb_script.py, when the kernel's file is open."""
    unwinder = Unwinder(_sections(), _numbers(kernel_folder))
    gdb.unwinder.register_unwinder(None, unwinder, replace=True)
