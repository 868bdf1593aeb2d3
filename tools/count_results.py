"""Counts what Bazel's tests said, for tools/test.

    count_results.py NAME=EVENTS.json...     NAME is shown beside the tests of that run

EVENTS.json is what `bazel test --build_event_json_file` wrote. A test with GoogleTest's lines in its
log counts with each of its cases, on whatever machine they ran; any other counts as one. It is
skipped where its log says so, by name:

    SKIPPED: uapi_comparison_test: no uAPI headers to compare with

Prints the names of what failed and of what was skipped, and on the last line the numbers:

    417 passed, 0 failed, 2 skipped

Exit status 0 where something passed and nothing failed, else 1.
"""

import json
import re
import sys
import urllib.parse

_CASE = re.compile(r"\[ +(OK|FAILED|SKIPPED) +\] ([^\s,]+).*? \(\d+ ms\)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_SKIPPED = re.compile(r"^SKIPPED: (.+)$", re.MULTILINE)

# How a run may end that has no failed test.
_FINE = ["SUCCESS", "NO_TESTS_FOUND"]


class Results:
    def __init__(self):
        self.passed = []
        self.failed = []
        self.skipped = []

    def add_run(self, name, events):
        """Adds a run of Bazel; `events` are its build events, decoded."""
        before = len(self.failed)
        logs = {}
        finished = None
        for event in events:
            identity = event.get("id", {})
            if "testResult" in event:
                outputs = event["testResult"].get("testActionOutput", [])
                uris = [output["uri"] for output in outputs if output["name"] == "test.log"]
                logs.setdefault(identity["testResult"]["label"], []).extend(uris)
            elif "testSummary" in event:
                label = identity["testSummary"]["label"]
                text = "".join(_read(uri) for uri in logs.get(label, []))
                self._add_test(f"{label} [{name}]", event["testSummary"]["overallStatus"], text)
            elif "targetCompleted" in identity and not event.get("completed", {}).get("success"):
                self.failed.append(f"{identity['targetCompleted']['label']} [{name}]: not built")
            elif "finished" in event:
                finished = event["finished"]["exitCode"]["name"]
        # Bazel may fail without a test that did, e.g. where it cannot read a BUILD file.
        if finished not in _FINE and len(self.failed) == before:
            self.failed.append(f"bazel test [{name}]: {finished or 'NOT FINISHED'}")

    def _add_test(self, test, status, log):
        cases = _CASE.findall(log)
        by_word = {"OK": self.passed, "FAILED": self.failed, "SKIPPED": self.skipped}
        for word, case in cases:
            by_word[word].append(f"{test} {case}")
        skips = _SKIPPED.findall(log)
        self.skipped += [f"{test} {skip}" for skip in skips]
        if status == "NO_STATUS":
            return  # not built, which its target says
        if status not in ("PASSED", "FLAKY"):
            if not any(word == "FAILED" for word, _ in cases):
                self.failed.append(f"{test}: {status.lower().replace('_', ' ')}")
        elif not cases and not skips:
            self.passed.append(test)

    def print(self):
        for word, names in [("failed", self.failed), ("skipped", self.skipped)]:
            for name in names:
                print(f"{word}: {name}")
        numbers = f"{len(self.passed)} passed, {len(self.failed)} failed"
        print(numbers + (f", {len(self.skipped)} skipped" if self.skipped else ""), flush=True)


def _read(uri):
    path = urllib.parse.unquote(urllib.parse.urlparse(uri).path)
    with open(path, encoding="utf-8", errors="replace") as file:
        return _COLOUR.sub("", file.read())


def _events(path):
    try:
        with open(path, encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    except (FileNotFoundError, json.JSONDecodeError):
        return []  # Bazel did not get that far, which counts as a failure


def main(runs):
    results = Results()
    for run in runs:
        name, _, path = run.partition("=")
        results.add_run(name, _events(path))
    results.print()
    return 0 if results.passed and not results.failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
