#!/usr/bin/env python3
"""Puts what was measured into docs/choosing-a-channel.md, and makes the picture beside it.

  bazel run -c opt //tests/bench/channel -- --json >/tmp/results.json
  bazel run //tests/bench/channel:page -- /tmp/results.json     takes it over
  bazel run //tests/bench/channel:page                          makes page and picture anew
  page.py --check RESULTS PAGE PICTURE                          ends with 1 where they differ
"""

import os
import sys

sys.dont_write_bytecode = True  # this folder may be a checkout

import picture
import results

RESULTS = "tests/bench/channel/results.json"
PAGE = "docs/choosing-a-channel.md"
PICTURE = "docs/choosing-a-channel.svg"

BEGIN = "<!-- measured: by tests/bench/channel/page.py, from results.json beside it -->\n"
END = "<!-- end of what was measured -->\n"

GENERIC, OWN = "generic netlink", "own netlink protocol"


def table(title, columns, lines):
    text = [f"| {title} | " + " | ".join(columns) + " |", "|---|" + "---:|" * len(columns)]
    text += ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join(text)


def words(measured):
    """The same in some sentences: how often as many instructions."""

    def cost(operation, channel):
        return measured.cost(operation, channel)["instructions"][1]

    def ratio(operation, channel, other):
        return results.number(cost(operation, channel) / cost(operation, other))

    requests = measured.cost("read 1 MiB", GENERIC)["calls"] // 2
    saved = 100 * (1 - cost("get", OWN) / cost("get", GENERIC))
    event = {name: results.number(cost("event", name)) for name in measured.channels("event")}
    return [
        f"To get a number by generic netlink takes {ratio('get', GENERIC, 'ioctl')} times the "
        f"instructions of an `ioctl` and {ratio('get', GENERIC, 'sysfs')} times those of a file in "
        f"sysfs. A protocol of its own saves {saved:.0f} %.",
        f"To read 4 KiB takes {ratio('read 4 KiB', GENERIC, 'read and write')} times those of "
        f"`read`. 1 MiB are {requests} requests, and take "
        f"{ratio('read 1 MiB', GENERIC, 'read and write')} times those of one `read`, and "
        f"{ratio('read 1 MiB', GENERIC, 'mmap')} times those of a copy out of mapped memory.",
        f"An event, from the change until who slept has the number and sleeps again, takes "
        f"{event[GENERIC]} instructions by generic netlink, {event['sysfs']} by sysfs and "
        f"{event['ioctl']} by an `ioctl` that waits. {event['nobody is told']} are the change itself.",
    ]


def section(measured):
    lines = [f"Measured on {results.setting(measured)}.", ""]
    lines += [f"- {sentence}" for sentence in words(measured)]
    for part in results.tables(measured):
        lines += ["", table(*part)]
    return "\n".join(lines) + "\n"


def renewed(page, measured):
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    if not after:
        sys.exit(f"the page lacks {BEGIN}or {END}")
    return before + BEGIN + "\n" + section(measured) + "\n" + END + after


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def check(results_path, page_path, picture_path):
    measured = results.from_json(read(results_path))
    wanted = {page_path: renewed(read(page_path), measured), picture_path: picture.draw(measured)}
    stale = [path for path, text in wanted.items() if read(path) != text]
    for path in stale:
        print(f"{path} is not made of {results_path}: bazel run //tests/bench/channel:page")
    return 1 if stale else 0


def update(root, taken):
    path = os.path.join(root, RESULTS)
    if taken:
        write(path, results.from_json(read(taken)).to_json())
    measured = results.from_json(read(path))
    page = os.path.join(root, PAGE)
    write(page, renewed(read(page), measured))
    write(os.path.join(root, PICTURE), picture.draw(measured))


def main():
    if sys.argv[1:2] == ["--check"]:
        sys.exit(check(*sys.argv[2:]))
    update(os.environ["BUILD_WORKSPACE_DIRECTORY"], sys.argv[1] if len(sys.argv) > 1 else None)


if __name__ == "__main__":
    main()
