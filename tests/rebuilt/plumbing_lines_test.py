#!/usr/bin/env python3
"""Tests plumbing_lines.py, and counts psp with it: the rebuilt one, and the kernel's own.

  plumbing_lines_test.py psp_handlers.c psp_devices.c psp_devices.h
"""

import os
import sys
import unittest

sys.dont_write_bytecode = True

import plumbing_lines

# Of what people write for the rebuilt psp, and of what they wrote for the kernel's.
MOST_HERE = 30
LEAST_THERE = 250

SOURCES = []


def counted(*lines):
    """The lines of a function's body that count, as texts; those of the function itself start at 3."""
    text = "\n".join(["int f(struct genl_info *info, struct sk_buff *skb)", "{", *lines, "}"])
    return [lines[number - 3].strip() for number in sorted(plumbing_lines.plumbing(text))]


def count(path):
    with open(path, encoding="utf-8") as file:
        return len(plumbing_lines.plumbing(file.read()))


class GoodPlumbing(unittest.TestCase):
    def test_statements_that_name_netlink(self):
        lines = ["err = nla_put_u32(skb, A, 1);", "id = nla_get_u32(info->attrs[A]);"]
        self.assertEqual(lines, counted(*lines))

    def test_continued_lines(self):
        lines = ["genlmsg_multicast_netns(&family, net,", "message, 0, GROUP, GFP_KERNEL);"]
        self.assertEqual(lines, counted(*lines))

    def test_what_is_done_about_the_outcome(self):
        lines = ["err = nla_put_u32(skb, A, 1);", "if (err)", "return err;"]
        self.assertEqual(lines, counted(*lines))

    def test_the_way_out_of_a_condition(self):
        lines = ["if (nla_put_u32(skb, A, 1)) {", "err = -EMSGSIZE;", "goto err_free;", "}"]
        self.assertEqual(lines, counted(*lines))

    def test_variables_of_netlink(self):
        lines = ["struct sk_buff *rsp, *ntf;", "rsp = make(info);", "if (!ntf)", "return -ENOMEM;"]
        self.assertEqual(lines, counted(*lines))

    def test_labels_before_cleaning_up(self):
        lines = ["err_free:", "nlmsg_free(skb);"]
        self.assertEqual(lines, counted(*lines))

    def test_functions_of_nothing_else(self):
        text = "static int f(struct sk_buff *skb)\n{\n\treturn nla_put_flag(skb, A);\n}\n"
        self.assertEqual({1, 2, 3, 4}, plumbing_lines.plumbing(text))

    def test_a_policy(self):
        text = "static const struct nla_policy p[2] = {\n\t[1] = { .type = 1 },\n};\nint other;\n"
        self.assertEqual({1, 2, 3}, plumbing_lines.plumbing(text))


class GoodBusiness(unittest.TestCase):
    def test_plain_c(self):
        self.assertEqual([], counted("mutex_lock(&lock);", "list_add(&a->list, &all);", "return 0;"))

    def test_typed_requests_and_replies(self):
        self.assertEqual([], counted("rsp.id = psd->id;", "if (req->has.nsid)", "use(req->nsid);"))

    def test_a_request_that_is_handed_on(self):
        self.assertEqual([], counted("err = check(info, version);", "if (err)", "return err;"))

    def test_which_namespace_asks(self):
        self.assertEqual([], counted("net = genl_info_net(info);"))

    def test_the_words_of_an_error(self):
        refusal = ["return genlc_refuse_attr(info, A, -EINVAL,", '"the colour is unknown");']
        self.assertEqual(refusal[:1], counted(*refusal))

    def test_what_follows_a_condition_and_does_more_than_leave(self):
        lines = ["if (info->attrs[A])", "psd->wanted = true;"]
        self.assertEqual(lines[:1], counted(*lines))

    def test_comments_and_strings(self):
        self.assertEqual([], counted("/* nla_put() */", 'say("nla_put()");'))


class GoodPsp(unittest.TestCase):
    def test_little_is_written_here(self):
        counts = {path: count(path) for path in SOURCES}
        print("here:", counts)
        self.assertTrue(counts)
        self.assertLessEqual(sum(counts.values()), MOST_HERE)

    def test_much_is_written_there(self):
        path = os.path.join(os.environ.get("GENLC_REFERENCE", ""), "linux/net/psp/psp_nl.c")
        if not os.path.exists(path):
            print("SKIPPED: plumbing_lines_test: no psp_nl.c of the kernel (run tools/setup)")
            self.skipTest("no psp_nl.c of the kernel")
        print("there:", count(path))
        self.assertGreaterEqual(count(path), LEAST_THERE)


if __name__ == "__main__":
    SOURCES = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
