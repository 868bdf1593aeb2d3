#!/usr/bin/env python3
"""Every block of C in a document stands in the source, to the letter: excerpts_test.py DOCUMENT SOURCE"""

import re
import sys

BLOCK = re.compile(r"^```c\n(?P<text>.*?)^```$", re.M | re.S)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        blocks = [block["text"] for block in BLOCK.finditer(file.read())]
    with open(sys.argv[2], encoding="utf-8") as file:
        source = file.read()
    strange = [text for text in blocks if "\n" + text not in source]
    for text in strange:
        print(f"not in {sys.argv[2]}:\n{text}")
    sys.exit(0 if blocks and not strange else 1)


main()
