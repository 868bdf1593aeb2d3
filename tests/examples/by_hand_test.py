#!/usr/bin/env python3
"""What people write for the module of an example calls nothing of netlink: no nla_, nlmsg_ or
genlmsg_ function, and none about an skb. Even to name one is too much.

  by_hand_test.py          in every folder below family/examples of the checkout

Bazel's globs end where a package begins, so that the sources are looked for in the checkout itself:
an example that is added is tested without a further line.
"""

import os
import re
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True

CHECKOUT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
sys.path.insert(0, os.path.join(CHECKOUT, "tests/rebuilt"))

from plumbing_lines import blank_comments  # noqa: E402

_NETLINK = re.compile(r"\b(?:nla|nlmsg|genlmsg)_\w+|\b\w*skb\w*")
_INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
_MODULE = re.compile(r"\bkernel_genl_module\(")
_ELSEWHERE = re.compile(r'"//(?!family/examples)[^"]*\.[ch]"')


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def with_headers(path, seen):
    """Adds the source and, in turn, the headers beside it that it includes, to `seen`."""
    if path in seen or not os.path.exists(path):  # what is generated is not in the checkout
        return
    seen.add(path)
    for name in _INCLUDE.findall(read(path)):
        with_headers(os.path.normpath(os.path.join(os.path.dirname(path), name)), seen)


def kernel_sources(root):
    """All C sources below a folder, and their headers: the headers of C++ are not among them."""
    seen = set()
    for folder, _, names in os.walk(root):
        for name in names:
            if name.endswith(".c"):
                with_headers(os.path.join(folder, name), seen)
    return sorted(seen)


def unseen(root):
    """Modules that may have sources which are not below the folder."""
    for example in sorted(os.listdir(root)):
        files = [os.path.join(folder, name)
                 for folder, _, names in os.walk(os.path.join(root, example)) for name in names]
        for build in (file for file in files if os.path.basename(file) == "BUILD"):
            text = read(build)
            if not _MODULE.search(text):
                continue
            if not any(file.endswith(".c") for file in files):
                yield f"{example}: a module without a source"
            for label in _ELSEWHERE.findall(text):
                yield f"{example}: {label}"


def findings(root):
    """Each place that names netlink, as people read it."""
    for path in kernel_sources(root):
        for number, line in enumerate(blank_comments(read(path)).splitlines(), 1):
            for match in _NETLINK.finditer(line):
                yield f"{os.path.relpath(path, root)}:{number}: {match.group(0)}"


class Examples(unittest.TestCase):
    ROOT = os.path.join(CHECKOUT, "family/examples")

    def test_good_no_module_names_netlink(self):
        self.assertEqual([], list(findings(self.ROOT)))

    def test_good_all_modules_are_looked_at(self):
        names = {os.path.relpath(path, self.ROOT) for path in kernel_sources(self.ROOT)}
        print("\n".join(sorted(names)))
        self.assertLessEqual({"fan/fan_handlers.c", "pushes/pushes_handlers.c",
                              "thermo/thermo_handlers.c"}, names)
        self.assertEqual([], list(unseen(self.ROOT)))


class Planted(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name

    def plant(self, name, *lines):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write("".join(line + "\n" for line in lines))

    def found(self):
        return list(findings(self.root))

    def test_bad_each_kind_of_call(self):
        for call in ["nla_put_u32(m, A, 1);", "nlmsg_new(1, GFP_KERNEL);",
                     "genlmsg_unicast(net, m, 1);", "kfree_skb(m);", "skb_put(m, 4);",
                     "dev_alloc_skb(4);", "struct sk_buff *skb;", "put = nla_put_flag;"]:
            self.plant("lamp/lamp_handlers.c", "int lamp_get(void)", "{", "\t" + call, "}")
            self.assertEqual(1, len(self.found()), call)
            self.assertIn("lamp/lamp_handlers.c:3: ", self.found()[0])

    def test_bad_call_in_a_header_of_the_module(self):
        self.plant("lamp/lamp_handlers.c", '#include "bulbs.h"')
        self.plant("lamp/bulbs.h", '#include "wires.h"')
        self.plant("lamp/wires.h", "", "#define PUT(m) nla_put_flag(m, 1)")
        self.assertEqual(["lamp/wires.h:2: nla_put_flag"], self.found())

    def test_bad_call_in_a_folder_below(self):
        self.plant("lamp/module/lamp_handlers.c", "void f(void) { nlmsg_free(m); }")
        self.assertEqual(["lamp/module/lamp_handlers.c:1: nlmsg_free"], self.found())

    def test_good_words_in_comments_and_strings(self):
        self.plant("lamp/lamp_handlers.c", "/* nla_put() and", " * an skb */", 'say("nla_put()");')
        self.assertEqual([], self.found())

    def test_good_generated_senders_and_headers_of_clients(self):
        self.plant("lamp/lamp_handlers.c", "lamp_tick_send(net, &tick, GFP_ATOMIC);")
        self.plant("lamp/lamp.h", "inline void nla_put_of_a_client() {}")
        self.assertEqual([], self.found())

    def test_bad_module_whose_sources_are_elsewhere(self):
        self.plant("lamp/BUILD", "[kernel_genl_module(name = n) for n in NAMES]")
        self.assertEqual(["lamp: a module without a source"], list(unseen(self.root)))
        self.plant("lamp/module/lamp_handlers.c")
        self.assertEqual([], list(unseen(self.root)))
        self.plant("lamp/BUILD", 'kernel_genl_module(srcs = ["//tests/lamp:bulb.c"])')
        self.assertEqual(['lamp: "//tests/lamp:bulb.c"'], list(unseen(self.root)))


if __name__ == "__main__":
    unittest.main()
