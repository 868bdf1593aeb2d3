#!/usr/bin/env python3
"""Whether descriptions for syzkaller are in its language: grammar.py FILE...

The syntax is that of syzkaller's docs/syscall_descriptions_syntax.md, as far as genlc uses it. Beyond it:
every name is declared in the file, or one of those that syzkaller's own files have; templates get as many
arguments as they take; nothing is declared twice, unused, empty or inside itself; ranges rise and fit.
"""

import re
import sys

# What the files in sys/linux of syzkaller declare, with the numbers of arguments.
KNOWN = {
    "msghdr_netlink": 1, "netlink_msg": 3, "netlink_msg_t": 3, "genlmsghdr_t": 1,
    "nlattr": 2, "nlnest": 2, "nl_generic_attr": 0, "sock_nl_generic": 0, "sock_netlink": 0,
    "ipv4_addr": 0, "ipv6_addr": 0, "mac_addr": 0, "send_flags": 0,
    "AF_NETLINK": 0, "SOCK_RAW": 0,
}
BUILTIN = {"const": (1, 2), "flags": (1, 2), "array": (1, 2), "ptr": (2, 3), "string": (0, 1),
           "stringnoz": (0, 1), "void": (0, 0)}
INTEGER = re.compile(r"int(8|16|32|64)(be)?$")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*$")
NUMBER = re.compile(r"-?(0x[0-9a-f]+|\d+)$")
TOKEN = re.compile(r'\s*("[^"]*"|-?0x[0-9a-f]+|-?\d+|[A-Za-z_][A-Za-z0-9_]*|[\[\],:])')


class Problem(Exception):
    pass


def parse_type(text):
    """`array[int8, 0:4]` as ("array", [("int8", []), ("0:4", [])])."""
    tokens, at = [], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise Problem(f"cannot be read from `{text[at:]}`")
        tokens.append(match.group(1))
        at = match.end()
    result = _item(tokens)
    if tokens:
        raise Problem(f"`{tokens[0]}` behind a type")
    return result


def _item(tokens):
    if not tokens:
        raise Problem("a type is missing")
    head = tokens.pop(0)
    if head in "[],:":
        raise Problem(f"`{head}` where a type is expected")
    if tokens[:1] == [":"]:
        tokens.pop(0)
        return (f"{head}:{tokens.pop(0)}", [])
    arguments = []
    if tokens[:1] == ["["]:
        tokens.pop(0)
        while True:
            arguments.append(_item(tokens))
            if not tokens:
                raise Problem("`]` is missing")
            separator = tokens.pop(0)
            if separator == "]":
                break
            if separator != ",":
                raise Problem(f"`{separator}` in a list of types")
    return (head, arguments)


class Checker:
    def __init__(self):
        self.declared = {}  # name: number of arguments
        self.inside = {}    # name: names that stand in it
        self.used = set()
        self.types = []     # (line number, type, parameters of its template)
        self.unions = 0
        self.calls = 0

    def declare(self, name, arguments=0):
        if not NAME.match(name):
            raise Problem(f"`{name}` is no name")
        if name in self.declared or name in KNOWN:
            raise Problem(f"`{name}` is declared already")
        self.declared[name] = arguments
        self.inside[name] = set()

    def read(self, lines):
        current = None  # of a structure or union: closing bracket, name, parameters, members
        for number, line in enumerate(lines, 1):
            try:
                current = self.read_line(number, line.rstrip("\n"), current)
            except Problem as problem:
                raise Problem(f"{number}: {problem}") from None
        if current:
            raise Problem("the file ends inside a structure")
        for number, (line, owner, parameters) in enumerate(self.types):
            try:
                self.check(parse_type(line), owner, parameters)
            except Problem as problem:
                raise Problem(f"`{line}`: {problem}") from None
        self.check_names()

    def read_line(self, number, line, current):
        if current:
            return self.read_member(line, current)
        if not line or line.startswith("#"):
            return None
        if match := re.match(r"include <[\w/.]+>$", line):
            return None
        if match := re.match(r"resource (\w+)\[(\w+)\]$", line):
            self.declare(match[1])
            self.types.append((match[2], match[1], []))
        elif match := re.match(r"(?:type )?(\w+)(?:\[([A-Z, ]+)\])? ([{\[])$", line):
            parameters = match[2].split(", ") if match[2] else []
            self.declare(match[1], len(parameters))
            return ("}" if match[3] == "{" else "]", match[1], parameters, set())
        elif match := re.match(r"type (\w+)(?:\[([A-Z, ]+)\])? (\S.*)$", line):
            parameters = match[2].split(", ") if match[2] else []
            self.declare(match[1], len(parameters))
            self.types.append((match[3], match[1], parameters))
        elif match := re.match(r"(\w+)\$(\w+)\((.*)\)( \w+)?$", line):
            self.read_call(match)
        elif match := re.match(r"(\w+) = (.+)$", line):
            self.declare(match[1])
            if not all(NUMBER.match(value) for value in match[2].split(", ")):
                raise Problem("not a list of numbers")
        else:
            raise Problem(f"not of the language: {line}")
        return None

    def read_member(self, line, current):
        close, name, parameters, members = current
        if match := re.match(r"\t(\w+)\t(\S.*)$", line):
            if match[1] in members or not NAME.match(match[1]):
                raise Problem(f"member `{match[1]}`")
            members.add(match[1])
            self.types.append((match[2], name, parameters))
            return current
        allowed = r"\[(varlen)\]" if close == "]" else r"\[(packed|packed, align_4)\]"
        if not re.match(re.escape(close) + f"( {allowed})?$", line):
            raise Problem(f"not of the language: {line}")
        if not members:
            raise Problem(f"`{name}` is empty")
        self.unions += close == "]"
        return None

    def read_call(self, match):
        call = f"{match[1]}${match[2]}"
        if match[1] not in ("sendmsg", "socket", "syz_genetlink_get_family_id"):
            raise Problem(f"system call `{match[1]}`")
        self.declare(call.replace("$", "_CALL_"))
        self.used.add(call.replace("$", "_CALL_"))
        self.calls += 1
        depth, start, text = 0, 0, match[3] + ","
        for at, character in enumerate(text):
            depth += {"[": 1, "]": -1}.get(character, 0)
            if character == "," and depth == 0:
                name, _, kind = text[start:at].strip().partition(" ")
                if not NAME.match(name):
                    raise Problem(f"argument `{name}`")
                self.types.append((kind, call.replace("$", "_CALL_"), []))
                start = at + 1
        if match[4]:
            self.types.append((match[4].strip(), call.replace("$", "_CALL_"), []))

    def check(self, kind, owner, parameters):
        name, arguments = kind
        if name in parameters or NUMBER.match(name) or name.startswith('"'):
            if arguments:
                raise Problem(f"`{name}` takes no arguments")
        elif ":" in name:
            low, high = (int(part, 0) for part in name.split(":"))
            if low > high:
                raise Problem(f"the range {name}")
        elif match := INTEGER.match(name):
            self.check_integer(int(match[1]), arguments)
        elif name in ("in", "out", "opt"):
            pass
        else:
            self.check_reference(name, arguments, owner)
        for argument in arguments:
            self.check(argument, owner, parameters)

    def check_integer(self, bits, arguments):
        if len(arguments) > 1:
            raise Problem("an integer takes one range")
        for value, _ in arguments:
            for part in value.split(":"):
                if not -(1 << (bits - 1)) <= int(part, 0) < 1 << bits:
                    raise Problem(f"{part} in {bits} bits")

    def check_reference(self, name, arguments, owner):
        if name in BUILTIN:
            least, most = BUILTIN[name]
        elif name in KNOWN or name in self.declared:
            least = most = KNOWN.get(name, self.declared.get(name))
            self.used.add(name)
            if name in self.declared:
                self.inside[owner].add(name)
        else:
            raise Problem(f"`{name}` is not declared")
        if not least <= len(arguments) <= most:
            raise Problem(f"`{name}` with {len(arguments)} arguments")

    def check_names(self):
        unused = sorted(set(self.declared) - self.used)
        if unused:
            raise Problem("unused: " + ", ".join(unused))
        done = set()

        def visit(name, path):
            if name in path:
                raise Problem("inside itself: " + " ".join([*path, name]))
            if name not in done:
                for other in self.inside[name]:
                    visit(other, [*path, name])
                done.add(name)

        for name in self.declared:
            visit(name, [])


def main():
    for path in sys.argv[1:]:
        checker = Checker()
        try:
            with open(path, encoding="utf-8") as file:
                checker.read(file.readlines())
        except Problem as problem:
            sys.exit(f"{path}:{problem}")
        if not checker.calls:
            sys.exit(f"{path}: no system call")
        print(f"{path}: {checker.calls} calls, {checker.unions} unions")


if __name__ == "__main__":
    main()
