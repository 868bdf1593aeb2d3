#!/usr/bin/env python3
"""Tests debugger.py in the place of QEMU: with the ends of the sockets that QEMU inherits."""

import json
import os
import socket
import sys
import threading
import unittest
import zlib

sys.dont_write_bytecode = True

import debugger

WAIT = 10  # seconds, for what takes none


class Session:
    folder = "/tmp/session"

    def __init__(self):
        self.said = None

    def write(self, stub, said):
        self.said = (stub, said)
        return "a script"


class DebuggerTest(unittest.TestCase):
    def setUp(self):
        self.session = Session()
        self.ready = threading.Event()
        stub = debugger.Debugger(self.session, lambda script: self.ready.set())
        # QEMU has them as they were before start(), which closes ours.
        self.port, self.monitor = [self.keep(socket.socket(fileno=os.dup(f))) for f in stub.files]
        stub.start()

    def keep(self, end):
        end.settimeout(WAIT)
        self.addCleanup(end.close)
        return end

    def say(self, text):
        compressor = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
        data = compressor.compress(text.encode()) + compressor.flush()
        for byte in data:
            self.port.sendall(bytes([byte]))


class GoodDebugger(DebuggerTest):
    def test_guest_goes_on_in_a_machine_that_stands(self):
        self.say("what it knows\n")
        stream = self.monitor.makefile("rw")
        self.addCleanup(stream.close)
        answers = {"qmp_capabilities": '{"return": {}}\n', "stop": '{"event": "STOP"}\n'}
        stream.write('{"QMP": {}}\n')
        for command, answer in answers.items():
            stream.flush()
            self.assertEqual({"execute": command}, json.loads(stream.readline()))
            stream.write(answer)
        stream.flush()
        # The event is not yet the answer.
        self.port.settimeout(0.2)
        with self.assertRaises(TimeoutError):
            self.port.recv(1)
        stream.write('{"return": {}}\n')
        stream.flush()
        self.port.settimeout(WAIT)
        self.assertEqual(b"go\n", self.port.recv(16))
        self.assertTrue(self.ready.wait(WAIT))
        self.assertEqual(("/tmp/session/stub", "what it knows\n"), self.session.said)


class BadDebugger(DebuggerTest):
    def test_machine_that_ends_before_it_says_all(self):
        self.port.sendall(b"\x1f")
        self.port.close()
        self.assertEqual(b"", self.monitor.recv(1))
        self.assertFalse(self.ready.is_set())

    def test_machine_that_ends_before_it_stands(self):
        self.say("what it knows\n")
        self.monitor.close()
        self.assertEqual(b"", self.port.recv(1))
        self.assertFalse(self.ready.is_set())


if __name__ == "__main__":
    unittest.main()
