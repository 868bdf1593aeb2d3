#!/usr/bin/env python3
"""Counts the lines of C files that are netlink plumbing, and not what the module is about.

  plumbing_lines.py psp_handlers.c psp_devices.c          a number for each file, and the sum
  plumbing_lines.py --show psp_handlers.c                 the lines themselves

What is counted are the twelve things that authors write by hand beside policies and tables of
operations: looking up attributes and asking for those that are required, reading and repeating them,
building replies and notifications, keeping the place of a dump, setting extended acks, passing
objects from hooks to handlers, registering the family.

The rule, the same for any file: of code without comments, blank lines and #include, a line counts
where it belongs to

 1. a statement that names netlink: functions and macros nla_, nlmsg_, genlmsg_, genl_, genlc_,
    netlink_, skb_, NLA_, NLMSG_, NL_SET_, NL_REQ_, GENL_, GENLMSG_, GENLC_; sk_buff, nlattr and the
    headers of messages; attrs, user_ptr, extack and nlhdr of a request; the functions that genlc
    generates to measure and send messages. Of an `if` or a loop this is its head;
 2. a statement about a variable of such a type, or one that came from nla_, nlmsg_ or genlmsg_. To
    hand on a request, a reply or a dump unread is no plumbing; its members are;
 3. an `if` about the outcome of the plumbing in the statement before;
 4. the body of an `if` of 1 to 3 that only sets an error, returns or jumps;
 5. a label before plumbing, and the braces round plumbing alone;
 6. a static function all of whose statements are plumbing: its signature and braces as well.

No plumbing is the network namespace in which a request is made (genl_info_net, genlc_dump_net), as
what it may see is the module's own business; nor a line that holds nothing but the words of an error,
with its number: what to say is the author's. Members of typed requests and replies are plain C: they
count neither in handlers nor where a driver of the kernel fills a struct.
"""

import argparse
import re
import sys

_NAMES = re.compile(
    r"\b((nla|nlmsg|genlmsg|genl|genlc|netlink|skb)_\w+"
    r"|(NLA|NLMSG|NL_SET|NL_REQ|GENL|GENLMSG|GENLC)_\w+"
    r"|sk_buff|nlattr|nlmsghdr|genlmsghdr|user_ptr|\w+->(attrs|extack|nlhdr)"
    r"|\w+_(reply|dump_put|rsp_size)(?=\()|\w+_ntf_(send|unicast)\w*)\b"
)
_NAMESPACE = re.compile(r"\b(genl_info_net|genlc_dump_net)\( \w+ \)")
_WORDS = re.compile(r'\s*(-?\w+, )?"(\\.|[^"\\])*"[);]*$')
_DECLARED = re.compile(
    r"struct\s+(?:sk_buff|nlattr|nlmsghdr|genlmsghdr)\b([^;()]*)|struct\s+genl_info\s+(\w+)"
)
_HANDED_ON = re.compile(
    r"struct\s+(?:genl_info|genlc_reply|genlc_dump|netlink_callback|netlink_ext_ack)\s*\*\s*(\w+)"
)
# A statement that does nothing: a declaration, a way out without a call.
_NOTHING = re.compile(r"(return( -? ?\w+)?$|(struct \w+|int|u32|void)\b[^(=]*$)")
_FROM_NETLINK = re.compile(r"\b(\w+)\s*=\s*(?:nla|nlmsg|genlmsg)_(?!get)\w+\(")
_ASSIGNED = re.compile(r"\b(\w+)\s*=[^=]")
_LEAVES = re.compile(r"(return\b.*|goto\b.*|break|continue|\w+ = - ?\w+|\w+ = NULL)$", re.DOTALL)


class Statement:
    """A statement of C. `kind`: simple, block, if, loop, label. `text` and `lines`, a set of numbers,
    are its own, without the statements `inside`."""

    def __init__(self, kind, text, lines, inside=()):
        self.kind = kind
        self.text = text
        self.lines = lines
        self.inside = list(inside)
        self.counts = False

    def all_lines(self):
        return self.lines | {line for inner in self.inside for line in inner.all_lines()}


def blank_comments(text):
    """The text with comments and string contents taken out, and every line where it was."""

    def blank(match):
        found = match.group(0)
        return '""' if found[0] == '"' else re.sub(r"[^\n]", " ", found)

    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"', blank, text, flags=re.DOTALL)


def tokens(text):
    """(token, line) of everything but white space and the preprocessor's lines."""
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: "\n" * m.group(0).count("\n"), text,
                  flags=re.MULTILINE)
    line = 1
    for match in re.finditer(r'\n|\w+|""|->|[^\s\w]', text):
        if match.group(0) == "\n":
            line += 1
        else:
            yield match.group(0), line


class Parser:
    def __init__(self, text):
        self._tokens = list(tokens(text))
        self._at = 0

    def _peek(self, ahead=0):
        at = self._at + ahead
        return self._tokens[at][0] if at < len(self._tokens) else ""

    def _take_until(self, stop):
        """Tokens up to one of `stop` outside of parentheses, with it."""
        taken, depth = [], 0
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            taken.append(token)
            self._at += 1
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(token[0], 0)
            if depth == 0 and token[0] in stop:
                break
        return taken

    def _text(self, taken):
        text = " ".join(token for token, _ in taken)
        return re.sub(r" (\(|->)|(->) ", lambda m: m.group(1) or m.group(2), text)

    def _lines(self, taken):
        return {line for _, line in taken}

    def statement(self):
        if self._peek() == "{":
            return self._block()
        if self._peek() in ("if", "for", "while", "switch") or "for_each" in self._peek():
            return self._with_body()
        if self._peek() in ("else", "do"):
            line = self._lines(self._take_until([self._peek()]))
            inner = self.statement()
            return Statement("block", "", line, [inner])
        if self._peek(1) == ":" and self._peek() != "default" or self._peek() in ("case", "default"):
            taken = self._take_until(":")
            return Statement("label", self._text(taken), self._lines(taken))
        taken = self._take_until(";}")
        depth = sum({"{": 1, "}": -1}.get(token, 0) for token, _ in taken)
        while depth > 0 or taken[-1][0] not in ";":  # initialisers in braces
            more = self._take_until(";}")
            if not more:
                break
            taken += more
            depth = sum({"{": 1, "}": -1}.get(token, 0) for token, _ in taken)
        return Statement("simple", self._text(taken[:-1]), self._lines(taken))

    def _block(self):
        lines = self._lines(self._take_until("{"))
        inside = []
        while self._peek() not in ("}", ""):
            inside.append(self.statement())
        return Statement("block", "", lines | self._lines(self._take_until("}")), inside)

    def _with_body(self):
        is_if = self._peek() == "if"
        head = self._take_until(")")
        statement = Statement("if" if is_if else "loop", self._text(head), self._lines(head))
        statement.inside.append(self.statement())
        if is_if and self._peek() == "else":
            statement.inside.append(self.statement())
        return statement

    def units(self):
        """(head, body) of each function, and (declaration, None) of anything else."""
        while self._at < len(self._tokens):
            taken = self._take_until(";{")
            head = Statement("simple", self._text(taken[:-1]), self._lines(taken))
            if taken[-1][0] == "{" and "=" not in head.text and head.text.rstrip().endswith(")"):
                self._at -= 1
                yield Statement("head", head.text, self._lines(taken[:-1])), self._block()
                continue
            depth = 1 if taken[-1][0] == "{" else 0
            while depth and self._at < len(self._tokens):
                token, line = self._tokens[self._at]
                self._at += 1
                head.lines.add(line)
                depth += {"{": 1, "}": -1}.get(token, 0)
            if taken[-1][0] == "{":
                head.lines |= self._lines(self._take_until(";"))
            yield head, None


class Function:
    def __init__(self, head, body):
        self._body = body
        text = head.text + ";" + ";".join(s.text for s in self._walk(body))
        self._variables = {name for match in _DECLARED.finditer(text)
                           for name in re.findall(r"\w+", match.group(1) or match.group(2))}
        self._variables |= set(_FROM_NETLINK.findall(text))
        self._handed_on = set(_HANDED_ON.findall(text))
        self._judge_all(body)
        self.lines = self._counted(body)
        if head.text.startswith("static") and self._is_all_plumbing(body):
            self.lines = head.lines | body.all_lines()

    def _walk(self, statement):
        yield statement
        for inner in statement.inside:
            yield from self._walk(inner)

    def _names_netlink(self, text):
        text = _NAMESPACE.sub("", text)
        if _NAMES.search(text):
            return True
        words = set(re.findall(r"\w+", re.sub(r"(->|\.)\s*\w+", "", text)))
        if words & self._variables:
            return True
        return any(re.search(rf"\b{name}->", text) for name in self._handed_on)

    def _judge_all(self, block):
        before = None
        for statement in block.inside:
            self._judge(statement, before)
            before = statement
        for label, after in zip(block.inside, block.inside[1:]):
            label.counts = label.counts or label.kind == "label" and after.counts

    def _judge(self, statement, before):
        statement.counts = self._names_netlink(statement.text)
        if statement.kind == "if" and before is not None and before.counts:
            outcome = set(_ASSIGNED.findall(before.text)) if before.kind == "simple" else set()
            asked = set(re.findall(r"[A-Za-z_]\w*", statement.text)) - {"if", "IS_ERR"}
            statement.counts = statement.counts or bool(asked) and asked <= outcome
        if statement.kind != "simple":
            self._judge_all(statement)
        if statement.kind == "if" and statement.counts:
            for inner in self._walk(statement.inside[0]):
                if inner.kind == "simple" and _LEAVES.match(inner.text):
                    inner.counts = True
        for inner in [statement, *statement.inside]:
            if inner.kind == "block" and inner.inside:
                inner.counts = all(each.counts for each in inner.inside)

    def _is_all_plumbing(self, body):
        inside = [s for s in self._walk(body) if s is not body and s.kind != "block"]
        said = [s for s in inside if s.counts]
        return bool(said) and all(
            s.counts or s.kind == "label" or _NOTHING.match(s.text) for s in inside
        )

    def _counted(self, statement):
        lines = set(statement.lines) if statement.counts else set()
        for inner in statement.inside:
            lines |= self._counted(inner)
        return lines


def plumbing(text):
    """The numbers of the lines of a C source that are plumbing."""
    found = set()
    for head, body in Parser(blank_comments(text)).units():
        if body is not None:
            found |= Function(head, body).lines
        elif re.search(r"\b(struct nla_policy|struct genl_\w+ \w+ =|genl_\w+\()", head.text):
            found |= head.lines
    words = {n for n, line in enumerate(text.splitlines(), 1) if _WORDS.match(line)}
    return found - words


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print the lines")
    parser.add_argument("files", nargs="+", metavar="FILE.c")
    options = parser.parse_args()
    total = 0
    for path in options.files:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        found = plumbing(text)
        total += len(found)
        if options.show:
            for number, line in enumerate(text.splitlines(), 1):
                if number in found:
                    print(f"{path}:{number}:{line}")
        print(f"{path}: {len(found)} of {len(text.splitlines())} lines are plumbing")
    print(f"{total} lines in all")


if __name__ == "__main__":
    sys.exit(main())
