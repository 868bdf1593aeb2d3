#!/usr/bin/env python3
"""Every code block of the README is what the example really is: blocks_test.py README FILE...

A block is a file where the text before it ends in the file's name between backticks: it has
to be that file, to the letter. Each rule of a `python` block has to stand in the example's
BUILD. Blocks of the language `sh` are commands; commands_test.sh runs them.
"""

import os
import re
import sys

BLOCK = re.compile(r"^(?P<before>[^\n]*)\n\n```(?P<language>\w+)\n(?P<text>.*?)^```$", re.M | re.S)


def problems(document, files):
    """Yields what is wrong; `files` maps names to texts."""
    shown = set()
    for block in BLOCK.finditer(document):
        text = block["text"]
        name = re.search(r"`([\w.]+)`$", block["before"])
        if block["language"] == "sh":
            continue
        if block["language"] == "python":
            shown.add("BUILD")
            for line in text.splitlines():
                if line not in files["BUILD"].splitlines():
                    yield f"BUILD has no line {line}"
        elif not name or name[1] not in files:
            yield f"this block names no file of the example before it: {text[:60]!r}"
        else:
            shown.add(name[1])
            if files[name[1]] != text:
                yield f"{name[1]} is not what the README shows"
    for name in sorted(set(files) - shown):
        yield f"the README does not show {name}"


def main():
    document, *paths = sys.argv[1:]
    files = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            files[os.path.basename(path)] = file.read()
    with open(document, encoding="utf-8") as file:
        found = list(problems(file.read(), files))
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
