#!/usr/bin/env python3
"""Measures what channels between kernel and user space cost, in a VM.

  bazel run -c opt //tests/bench/channel             Linux 6.1; :channel_7.3, ... for the others
  bazel run -c opt //tests/bench/channel -- --json   for page.py
  bazel run -c opt //tests/bench/channel -- --rounds=5

Runs the program twice: for the time, and where the VM's clock counts instructions.
"""

import argparse
import json
import re
import subprocess
import sys

sys.dont_write_bytecode = True  # this folder may be a checkout

import results

VM = "tools/vm/run"


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kernel", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--module", action="append", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=51)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def run(options, *flags):
    """What the program printed, line by line, and what the VM said."""
    command = [VM, f"--kernel={options.kernel}", "--timeout=3000", "--verbose", *flags]
    command += [f"--module={module}" for module in options.module]
    command += ["--", options.program, str(options.rounds)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def processor():
    with open("/proc/cpuinfo") as file:
        name = re.search(r"^model name\s*: (.*)", file.read(), re.MULTILINE)
    return name.group(1) if name else "unknown processor"


def emulator():
    version = subprocess.run(["qemu-system-x86_64", "--version"], stdout=subprocess.PIPE, text=True)
    return "QEMU " + re.search(r"version (\S+)", version.stdout).group(1)


def machine(said):
    accelerator = re.search(r"booting Linux \S+ \((\w+)\)", said).group(1)
    if "KVM does not work here" in said:
        accelerator = "tcg"
    return {"processor": processor(), "emulator": emulator(), "accelerator": accelerator}


def measure(options):
    (head, *timed), said = run(options)
    (_, *counted), _ = run(options, "--count-instructions")
    if not head["optimised"]:
        print("not built with -c opt: the costs in user space are not true", file=sys.stderr)
    costs = []
    for time, count in zip(timed, counted):
        if (time["operation"], time["channel"]) != (count["operation"], count["channel"]):
            sys.exit("the two runs differ")
        time["ns"] = time.pop("quartiles")
        time["instructions"] = count["quartiles"]
        costs.append(time)
    return results.Results(head["kernel"], machine(said), options.rounds, costs)


def print_table(title, columns, lines):
    lines = [[title, *columns], *lines]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns) + 1)]
    print()
    for name, *cells in lines:
        print(name.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(cells, widths[1:])),
              sep="  ")


def main():
    options = parse()
    measured = measure(options)
    if options.json:
        print(measured.to_json(), end="")
        return
    print(results.setting(measured))
    print("Times and rates are medians, with the quartiles behind them.")
    for table in results.tables(measured):
        print_table(*table)


if __name__ == "__main__":
    main()
