#!/usr/bin/env python3
"""Tests count_results.py with build events as Bazel writes them."""

import contextlib
import io
import json
import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True

import count_results

FINISHED = {"id": {"buildFinished": {}}, "finished": {"exitCode": {"name": "SUCCESS"}}}
TESTS_FAILED = {
    "id": {"buildFinished": {}},
    "finished": {"exitCode": {"name": "TESTS_FAILED", "code": 3}},
}


class CountResults(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def events_of(self, label, status, log):
        path = self.path(label.strip("/").replace("/", "_") + " test.log")
        with open(path, "w") as file:
            file.write(log)
        uri = "file://" + path.replace(" ", "%20")
        output = [{"name": "test.xml", "uri": "file:///x"}, {"name": "test.log", "uri": uri}]
        return [
            {"id": {"testResult": {"label": label}}, "testResult": {"testActionOutput": output}},
            {"id": {"testSummary": {"label": label}}, "testSummary": {"overallStatus": status}},
        ]

    def count(self, *events):
        """The exit status and the lines printed."""
        with open(self.path("events"), "w") as file:
            file.writelines(json.dumps(event) + "\n" for event in events)
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = count_results.main(["plain=" + self.path("events")])
        return [status, *output.getvalue().splitlines()]

    def test_good_plain_test(self):
        self.assertEqual(
            [0, "1 passed, 0 failed"],
            self.count(*self.events_of("//a:a_test", "PASSED", "fine\n"), FINISHED),
        )

    def test_good_cases_of_google_test(self):
        log = (
            "[==========] Running 3 tests\n[ RUN      ] A.B\n[       OK ] A.B (0 ms)\n"
            "said without a newline[       OK ] A.C (12 ms)\n"
            "[  SKIPPED ] P/A.D/0 (0 ms)\n[  SKIPPED ] 1 test, listed below:\n[  SKIPPED ] P/A.D/0\n"
        )
        self.assertEqual(
            [0, "skipped: //a:a_test [plain] P/A.D/0", "2 passed, 0 failed, 1 skipped"],
            self.count(*self.events_of("//a:a_test", "PASSED", log), FINISHED),
        )

    def test_good_cases_in_colour(self):
        log = "\x1b[0;32m[       OK ] \x1b[mA.B (0 ms)\n\x1b[0;32m[  SKIPPED ] \x1b[mA.C (0 ms)\n"
        self.assertEqual(
            [0, "skipped: //a:a_test [plain] A.C", "1 passed, 0 failed, 1 skipped"],
            self.count(*self.events_of("//a:a_test", "PASSED", log), FINISHED),
        )

    def test_good_test_that_skips_by_name(self):
        events = self.events_of("//a:a_test", "PASSED", "SKIPPED: a_test: no headers\n")
        other = self.events_of("//b:b_test", "PASSED", "")
        self.assertEqual(
            [
                0,
                "skipped: //a:a_test [plain] a_test: no headers",
                "1 passed, 0 failed, 1 skipped",
            ],
            self.count(*events, *other, FINISHED),
        )

    def test_bad_only_skipped_tests(self):
        events = self.events_of("//a:a_test", "PASSED", "SKIPPED: a_test: no headers\n")
        self.assertEqual(1, self.count(*events, FINISHED)[0])

    def test_bad_case_of_google_test(self):
        log = "[       OK ] A.B (0 ms)\n[  FAILED  ] A.C, where x = 1 (3 ms)\n[  FAILED  ] A.C\n"
        self.assertEqual(
            [1, "failed: //a:a_test [plain] A.C", "1 passed, 1 failed"],
            self.count(*self.events_of("//a:a_test", "FAILED", log), TESTS_FAILED),
        )

    def test_bad_test_that_crashed_after_a_case(self):
        log = "[       OK ] A.B (0 ms)\n[ RUN      ] A.C\n"
        self.assertEqual(
            [1, "failed: //a:a_test [plain]: failed", "1 passed, 1 failed"],
            self.count(*self.events_of("//a:a_test", "FAILED", log), TESTS_FAILED),
        )

    def test_bad_test_that_skipped_and_failed(self):
        events = self.events_of("//a:a_test", "TIMEOUT", "SKIPPED: one: no headers\n")
        lines = self.count(*events, TESTS_FAILED)
        self.assertEqual([1, "failed: //a:a_test [plain]: timeout"], lines[:2])
        self.assertEqual("0 passed, 1 failed, 1 skipped", lines[-1])

    def test_bad_target_that_was_not_built(self):
        failed = {"id": {"targetCompleted": {"label": "//a:a_test"}}, "completed": {}}
        events = self.events_of("//b:b_test", "PASSED", "")
        self.assertEqual(
            [1, "failed: //a:a_test [plain]: not built", "1 passed, 1 failed"],
            self.count(failed, *events, TESTS_FAILED),
        )

    def test_bad_target_that_was_not_built_and_has_no_status(self):
        failed = {"id": {"targetCompleted": {"label": "//a:a_test"}}, "completed": {}}
        summary = self.events_of("//a:a_test", "NO_STATUS", "")[1:]
        self.assertEqual("0 passed, 1 failed", self.count(failed, *summary, TESTS_FAILED)[-1])

    def test_bad_run_that_failed_without_a_failed_test(self):
        events = self.events_of("//a:a_test", "PASSED", "")
        broken = {"id": {}, "finished": {"exitCode": {"name": "PARSING_FAILURE", "code": 1}}}
        self.assertEqual(
            [1, "failed: bazel test [plain]: PARSING_FAILURE", "1 passed, 1 failed"],
            self.count(*events, broken),
        )

    def test_bad_run_without_tests(self):
        none = {"id": {}, "finished": {"exitCode": {"name": "NO_TESTS_FOUND", "code": 4}}}
        self.assertEqual([1, "0 passed, 0 failed"], self.count(none))

    def test_bad_run_that_was_cut_off(self):
        self.assertEqual(
            [1, "failed: bazel test [plain]: NOT FINISHED", "0 passed, 1 failed"], self.count()
        )


if __name__ == "__main__":
    unittest.main()
