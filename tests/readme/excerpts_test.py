#!/usr/bin/env python3
"""Every block of C, C++ and YAML in a document stands in a source, to the letter: excerpts_test.py DOCUMENT SOURCE..."""

import re
import sys

BLOCK = re.compile(r"^```(?:c|cpp|yaml)\n(?P<text>.*?)^```$", re.M | re.S)


def main():
    document, *paths = sys.argv[1:]
    with open(document, encoding="utf-8") as file:
        blocks = [block["text"] for block in BLOCK.finditer(file.read())]
    sources = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            sources.append(file.read())
    strange = [text for text in blocks if not any("\n" + text in source for source in sources)]
    for text in strange:
        print(f"not in {' '.join(paths)}:\n{text}")
    sys.exit(0 if blocks and not strange else 1)


main()
