#!/usr/bin/env python3
"""Does what a tutorial says, in the folder where it is called: walk.py TUTORIAL.md

 - A block after a line that ends in a file's name between backticks is that file.
 - A block `diff` changes the file whose name the line before ends in.
 - A block `sh` is typed into a shell; each command has to succeed.
 - A block `console` is a session: what stands behind a prompt is typed, what follows has to be what
   comes. `$ ` is the prompt of the shell, `/tmp # ` that of a virtual machine which a command before
   has started. A line `...` stands for any lines, and `...` within a line for any text. A command that
   shows nothing has to say nothing and to succeed.

All is typed into one shell, one command after the other, as a reader does it.
"""

import os
import pty
import re
import select
import sys
import time

BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
PROMPT = re.compile(r"(?:^|\n)(\$|/tmp #) $")
# What a shell in a virtual machine asks and tells the terminal, and how serial lines end.
CONTROL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|\r")
PATIENCE = 300  # seconds for one command


class Mistake(Exception):
    pass


class Shell:
    """A shell at a terminal, whose prompts tell when a command has ended."""

    def __init__(self):
        pid, self._terminal = pty.fork()
        if pid == 0:
            os.environ.update(PS1="$ ", PS2="", TERM="dumb")
            bash = "bash --norc --noprofile --noediting"
            os.execvp("sh", ["sh", "-c", f"stty -echo columns 500; exec {bash}"])
        self.until_prompt()

    def until_prompt(self):
        """What comes before the next prompt; `prompt` is that then."""
        text = ""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            ready, _, _ = select.select([self._terminal], [], [], 0.1)
            if ready:
                text += os.read(self._terminal, 1 << 16).decode(errors="replace")
            # What is followed by something was none.
            elif found := PROMPT.search(CONTROL.sub("", text)):
                self.prompt = found[1]
                return CONTROL.sub("", text)[: found.start()].strip("\n")
        raise Mistake(f"no prompt after {PATIENCE} s; so far:\n{text}")

    def type(self, command):
        """The output of a command."""
        os.write(self._terminal, command.encode() + b"\n")
        output = self.until_prompt()
        # A virtual machine repeats what is typed.
        return output.removeprefix(command).lstrip("\n")


def fits(shown, output):
    """Whether the output is what is shown."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "..." else r".*?".join(map(re.escape, line.split("..."))) + r"\n"
        for line in shown.splitlines()
    )
    return re.fullmatch(pattern, output + "\n" if output else "") is not None


def write(name, text):
    folder = os.path.dirname(name)
    if folder:
        os.makedirs(folder, exist_ok=True)
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)


def change(name, diff):
    with open(name, encoding="utf-8") as file:
        text = file.read()
    lines = diff.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] != "+")
    new = "".join(line[1:] for line in lines if line[0] != "-")
    if text.count(old) != 1:
        raise Mistake(f"{name} has {text.count(old)} places like\n{old}")
    write(name, text.replace(old, new))


def run(shell, command):
    """Types a command that has to succeed."""
    output = shell.type(command)
    if shell.prompt == "$" and (status := shell.type("echo $?")) != "0":
        raise Mistake(f"status {status} of {command}\n{output}")
    return output


def session(shell, text):
    steps = re.findall(r"(\$|/tmp #) ((?:.*\\\n)*.*)\n((?:(?!\$ |/tmp # ).*\n)*)", text)
    if "".join(f"{prompt} {command}\n{shown}" for prompt, command, shown in steps) != text:
        raise Mistake(f"a session does not begin with a prompt:\n{text}")
    for prompt, command, shown in steps:
        if prompt != shell.prompt:
            raise Mistake(f"the prompt is {shell.prompt} before {command}")
        output = shell.type(command) if shown else run(shell, command)
        if not fits(shown, output):
            raise Mistake(f"{command}\nis shown with\n{shown}and says\n{output}")


def walk(document):
    shell = Shell()
    blocks = list(BLOCK.finditer(document))
    if not blocks or 2 * len(blocks) != document.count("\n```"):
        raise Mistake(f"{len(blocks)} blocks were found, and not all")
    for block in blocks:
        language, text = block["language"], block["text"]
        print(text, flush=True)
        name = re.search(r"`([\w./-]+)`\s*\Z", document[: block.start()])
        if language == "sh":
            for command in re.findall(r"(?:.*\\\n)*.+", text):
                run(shell, command)
        elif language == "console":
            session(shell, text)
        elif not name:
            raise Mistake("no file's name before this block")
        elif language == "diff":
            change(name[1], text)
        else:
            write(name[1], text)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        document = file.read()
    try:
        walk(document)
    except Mistake as mistake:
        sys.exit(f"FAILED: {mistake}")


if __name__ == "__main__":
    main()
