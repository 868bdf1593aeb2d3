"""Boots a kernel and waits for its end: under QEMU, or user-mode Linux, which is a program itself.

Both have three serial ports: the kernel's console and the guest's report, which go to files, and the
program's output, which is passed on as it comes.
"""

import fcntl
import os
import re
import selectors
import subprocess
import time

import kernel_log

_KERNEL_PARAMETERS = ["console=ttyS0", "quiet", "panic=-1", "oops=panic", "rdinit=/init"]
# Its self tests and its searches for hardware are most of a boot.
_QEMU_PARAMETERS = ["nokaslr", "mitigations=off", "no_timer_check", "audit=0", "cryptomgr.notests"]
# A guest that is not up after this many seconds under KVM never will be.
_KVM_PATIENCE = 30

# An accelerator under which each instruction takes a nanosecond of the guest's time, and idling takes
# none of ours. What runs alone takes the same time again, however busy this machine is.
COUNTING = "counting"

# Where instructions are counted, so is each repetition of one on strings: without these features the
# kernel clears and copies more than a byte at a time, which real processors do in any case.
_ACCELERATORS = {
    "kvm": ["-accel", "kvm", "-cpu", "host"],
    "tcg": ["-accel", "tcg", "-cpu", "max"],
    COUNTING: ["-accel", "tcg", "-icount", "shift=0,sleep=off", "-cpu", "max,-erms,-fsrm"],
}

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


def find_kernel(folder):
    """The kernel in its folder: `linux`, a program (user-mode Linux), or `vmlinux`, for QEMU."""
    program = os.path.join(folder, "linux")
    return program if os.path.exists(program) else os.path.join(folder, "vmlinux")


def accelerator(kernel, debug=False):
    """user where the kernel is a program; else kvm or tcg: what GENLC_VM_ACCEL says, or works here.
    An emulated processor is the one that stops at any number of breakpoints and lets no time pass."""
    if os.path.basename(kernel) == "linux":
        return "user"
    return os.environ.get("GENLC_VM_ACCEL") or ("kvm" if not debug and _kvm_works() else "tcg")


def _qemu_command(kernel, archive, memory, accel, console, report, debugger):
    command = ["qemu-system-x86_64", "-m", str(memory)] + _ACCELERATORS[accel]
    command += ["-nodefaults", "-no-user-config", "-no-reboot", "-display", "none"]
    command += ["-serial", f"file:/dev/fd/{console}"]
    command += ["-chardev", "stdio,id=output,signal=off", "-serial", "chardev:output"]
    command += ["-serial", f"file:/dev/fd/{report}"]
    command += ["-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"]
    parameters = _KERNEL_PARAMETERS + _QEMU_PARAMETERS
    if debugger:
        command += debugger.qemu_options()
        parameters = parameters + debugger.kernel_parameters()
    return command + ["-kernel", kernel, "-initrd", archive, "-append", " ".join(parameters)]


def _user_mode_command(kernel, archive, memory, console, report):
    command = [kernel, f"mem={memory}M", f"initrd={archive}", f"uml_dir={os.path.dirname(archive)}/"]
    command += ["con=null", "ssl=null"]
    command += [f"ssl0=null,fd:{console}", "ssl1=fd:0,fd:1", f"ssl2=null,fd:{report}"]
    return command + _KERNEL_PARAMETERS


class Machine:
    """One boot. After run(): `log` (the kernel's console) and `report` are texts; `timed_out`."""

    def __init__(self, kernel, archive, work, memory, accel, debugger=None):
        self._console = os.path.join(work, "console.log")
        self._report = os.path.join(work, "report")
        self._errors = os.path.join(work, "machine.log")
        self._accel = accel
        self._kernel = kernel
        self._archive = archive
        self._memory = memory
        self._debugger = debugger
        self.timed_out = False

    def run(self, timeout, output, on_report):
        """Waits for the VM's end, at most `timeout` seconds. Passes its program's output to
        `output`, a binary file, and what its report says before and after the program to the
        function `on_report`, line by line."""
        self._process = self._start(stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        try:
            self._pass_on(time.monotonic() + timeout, output, on_report)
        finally:
            self._process.kill()
            self._process.wait()

    def run_interactively(self):
        self._start().wait()

    def _start(self, **streams):
        with open(self._console, "wb") as console, open(self._report, "wb") as report:
            files = [console.fileno(), report.fileno()]
            if self._accel == "user":
                command = _user_mode_command(self._kernel, self._archive, self._memory, *files)
            else:
                command = _qemu_command(
                    self._kernel, self._archive, self._memory, self._accel, *files, self._debugger
                )
            # User-mode Linux keeps the guest's memory in a file: where TMPDIR says, or on a tmpfs.
            environment = {name: os.environ[name] for name in os.environ if name != "TMPDIR"}
            inherited = files + (self._debugger.files if self._debugger else [])
            with open(self._errors, "wb") as errors:
                process = subprocess.Popen(
                    command, stderr=errors, pass_fds=inherited, env=environment, **streams
                )
        if self._debugger:
            self._debugger.start()
        return process

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
