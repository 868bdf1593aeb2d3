"""Boots a kernel under QEMU and waits for its end.

QEMU's three serial ports are the kernel's console and the guest's report, which go to files, and the
program's output, which is passed on as it comes.
"""

import fcntl
import os
import re
import selectors
import subprocess
import time

import kernel_log

# Decompressing the kernel, its self tests and its searches for hardware are most of a boot.
_KERNEL_PARAMETERS = (
    "console=ttyS0 quiet panic=-1 oops=panic nokaslr mitigations=off no_timer_check audit=0 "
    "cryptomgr.notests rdinit=/init"
)
# A guest that is not up after this many seconds under KVM never will be.
_KVM_PATIENCE = 30

_KVM_CREATE_VM = 0xAE01
_KVM_CREATE_VCPU = 0xAE41


def _kvm_works():
    """A /dev/kvm may be there and not work, e.g. inside another VM."""
    try:
        with open("/proc/cpuinfo") as file:
            if not re.search(r"^flags\s*:.* (vmx|svm)\b", file.read(), re.MULTILINE):
                return False
        kvm = os.open("/dev/kvm", os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        vm = fcntl.ioctl(kvm, _KVM_CREATE_VM, 0)
        os.close(fcntl.ioctl(vm, _KVM_CREATE_VCPU, 0))
        os.close(vm)
        return True
    except OSError:
        return False
    finally:
        os.close(kvm)


def accelerator():
    """kvm or tcg: what GENLC_VM_ACCEL says, else what works here."""
    return os.environ.get("GENLC_VM_ACCEL") or ("kvm" if _kvm_works() else "tcg")


class Machine:
    """One boot. After run(): `log` (the kernel's console) and `report` are texts; `timed_out`."""

    def __init__(self, kernel, archive, work, memory, accel):
        self._console = os.path.join(work, "console.log")
        self._report = os.path.join(work, "report")
        self._errors = os.path.join(work, "qemu.log")
        self._accel = accel
        self._command = ["qemu-system-x86_64", "-accel", accel]
        self._command += ["-cpu", "host" if accel == "kvm" else "max", "-m", str(memory)]
        self._command += ["-nodefaults", "-no-user-config", "-no-reboot", "-display", "none"]
        self._command += ["-serial", "file:" + self._console]
        self._command += ["-chardev", "stdio,id=output,signal=off", "-serial", "chardev:output"]
        self._command += ["-serial", "file:" + self._report]
        self._command += ["-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"]
        self._command += ["-kernel", kernel, "-initrd", archive, "-append", _KERNEL_PARAMETERS]
        self.timed_out = False

    def run(self, timeout, output, on_report):
        """Waits for the VM's end, at most `timeout` seconds. Passes its program's output to
        `output`, a binary file, and what its report says before and after the program to the
        function `on_report`, line by line."""
        with open(self._errors, "wb") as errors:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors
            )
        try:
            self._pass_on(time.monotonic() + timeout, output, on_report)
        finally:
            self._process.kill()
            self._process.wait()

    def run_interactively(self):
        with open(self._errors, "wb") as errors:
            subprocess.run(self._command, stderr=errors)

    def _pass_on(self, deadline, output, on_report):
        start = time.monotonic()
        reported = 0  # lines
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while True:
                now = time.monotonic()
                if now >= deadline or (now - start > _KVM_PATIENCE and self._kvm_hangs()):
                    self.timed_out = True
                    return
                if not selector.select(min(1, deadline - now)):
                    continue
                data = os.read(self._process.stdout.fileno(), 1 << 16)
                # Output and report come by different ways: what follows the program waits for
                # the end of its output.
                for line in self.report.splitlines()[reported:]:
                    if data and not line.startswith("loaded "):
                        break
                    on_report(line)
                    reported += 1
                if not data:
                    return
                output.write(data)
                output.flush()

    def _kvm_hangs(self):
        return self._accel == "kvm" and not self.came_up

    @property
    def came_up(self):
        return kernel_log.GUEST_IS_UP in self.log

    @property
    def log(self):
        return _read(self._console)

    @property
    def report(self):
        return _read(self._report)

    @property
    def errors(self):
        return _read(self._errors).strip()


def _read(path):
    try:
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            return file.read().replace("\r\n", "\n")
    except FileNotFoundError:
        return ""
