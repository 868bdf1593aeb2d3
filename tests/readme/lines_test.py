#!/usr/bin/env python3
"""Counts the lines that the README's table says are written by hand: lines_test.py README FILE..."""

import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, "tests/rebuilt")

import plumbing_lines

# Row of the table: the files that are written without genlc, and with it.
ROWS = {
    "`fan`: spec and profile": ([], ["fan.yaml", "fan.genlc.yaml"]),
    "`fan`: the module": (["fan_by_hand.c"], ["fan_handlers.c"]),
    "`fan`: the client": (["fan_by_hand.cc"], ["fan_main.cc"]),
    "`shelf`: spec and profile": ([], ["shelf.yaml", "shelf.genlc.yaml"]),
    "`shelf`: the module": (["shelf_by_hand.c"], ["shelf_handlers.c"]),
}
NETLINK = "`shelf`: lines of it about netlink"
ROW = re.compile(r"^\| (`\w+`: [^|]*?) *\| *(\d*) *\| *(\d+) *\|", re.M)


def lines(name, text):
    """How many there are without comments and blank lines."""
    comment = r"#.*|^---$" if name.endswith(".yaml") else r"/\*.*?\*/|//[^\n]*"
    flags = re.M if name.endswith(".yaml") else re.S
    return sum(1 for line in re.sub(comment, "", text, flags=flags).splitlines() if line.strip())


def main():
    readme, *paths = sys.argv[1:]
    files = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            files[os.path.basename(path)] = file.read()
    counted = {
        row: tuple(sum(lines(name, files[name]) for name in names) for names in sides)
        for row, sides in ROWS.items()
    }
    counted[NETLINK] = tuple(
        len(plumbing_lines.plumbing(files[name])) for name in ["shelf_by_hand.c", "shelf_handlers.c"]
    )
    with open(readme, encoding="utf-8") as file:
        shown = {row: (int(hand or 0), int(genlc)) for row, hand, genlc in ROW.findall(file.read())}
    for row in sorted(counted.keys() | shown.keys()):
        if counted.get(row) != shown.get(row):
            print(f"{row}: counted {counted.get(row)}, the README says {shown.get(row)}")
    sys.exit(0 if counted == shown else 1)


main()
