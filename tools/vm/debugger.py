"""A machine that waits for gdb.

The fourth serial port is for this: the guest says there what it knows of its symbols, and waits for
an answer. It gets one in a machine that has been stopped, so that the program starts when gdb lets
the machine go on, with whatever breakpoints have been set by then.

QEMU's stub stops and steps the processor from outside. The kernel needs no option for it, and does
not notice: the guest's clocks stand still meanwhile.
"""

import json
import os
import socket
import threading
import zlib

import gdb_script

# Under KVM the processor's own clock may go on all the same, of which a kernel would complain.
_KERNEL_PARAMETERS = [
    "nowatchdog",
    "rcupdate.rcu_cpu_stall_suppress=1",
    "sysctl.kernel.hung_task_timeout_secs=0",
    "workqueue.watchdog_thresh=0",
]


class Debugger:
    """The stub of one machine.

    session: a gdb_script.Session; its folder has a short path, as that of a socket has to be.
    on_ready: is called with the path of a script when gdb can attach, by another thread.
    """

    def __init__(self, session, on_ready):
        self._session = session
        self._on_ready = on_ready
        self._stub = os.path.join(session.folder, "stub")
        self._port, self._port_end = socket.socketpair()
        self._monitor, self._monitor_end = socket.socketpair()
        self.files = [self._port_end.fileno(), self._monitor_end.fileno()]  # QEMU inherits them

    def qemu_options(self):
        port, monitor = self.files
        options = ["-chardev", f"socket,id=debugger,fd={port}", "-serial", "chardev:debugger"]
        options += ["-chardev", f"socket,id=monitor,fd={monitor}"]
        options += ["-mon", "chardev=monitor,mode=control"]
        options += ["-chardev", f"socket,id=gdb,path={self._stub},server=on,wait=off"]
        return options + ["-gdb", "chardev:gdb"]

    def kernel_parameters(self):
        return _KERNEL_PARAMETERS

    def start(self):
        """To be called when QEMU runs."""
        self._port_end.close()
        self._monitor_end.close()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with self._port, self._monitor:
            try:
                script = self._session.write(self._stub, _receive(self._port))
                _stop(self._monitor)
                self._port.sendall(b"go\n")
            except (EOFError, ConnectionError):
                return  # the machine has ended, and its log says why
            self._on_ready(script)
            # QEMU has them open for as long as it runs.
            self._port.recv(1)


def _receive(port):
    """What the guest says, which comes as one file of gzip."""
    expander = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    said = b""
    while not expander.eof:
        data = port.recv(1 << 16)
        if not data:
            raise EOFError
        said += expander.decompress(data)
    return said.decode()


def _stop(monitor):
    """Stops the machine, by QEMU's monitor protocol."""
    with monitor.makefile("rw") as stream:
        stream.readline()  # a greeting
        for command in ["qmp_capabilities", "stop"]:
            stream.write(json.dumps({"execute": command}) + "\n")
            stream.flush()
            while "return" not in _message(stream):
                pass  # events


def _message(stream):
    line = stream.readline()
    if not line:
        raise EOFError
    return json.loads(line)
