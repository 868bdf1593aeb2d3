#!/usr/bin/env python3
"""The uAPI headers of all generic families, compiled: what genlc's header declares, the kernel's own
declares with the same value. What it does not is named here, each with the reason; the list is exact.
Those of classic families, which share headers of the kernel, compile.

    uapi_values_test.py GENLC

The kernel's headers and specs are those of @reference. What its headers have and no spec mentions is
no concern of this test.
"""

import fnmatch
import os
import re
import subprocess
import sys
import tempfile

# The levels of the families that have uAPI headers of their own; others share rtnetlink's.
GENERIC = {"genetlink", "genetlink-c", "genetlink-legacy"}
FEWEST = 25

# Names that only the spec leads to, as patterns: (families, names, why).
OF_THE_SPEC = [
    ("devlink nl80211 nlctrl ovs_datapath ovs_flow ovs_packet ovs_vport", "*_FAMILY_NAME",
     "the spec does not say what the header calls it (`c-family-name`)"),
    ("devlink nl80211 nlctrl ovs_datapath ovs_flow ovs_packet ovs_vport", "*_FAMILY_VERSION",
     "the spec does not say what the header calls it (`c-version-name`)"),
    ("devlink nl80211 nlctrl", "*_CMD_*_REPLY",
     "the header has one enumeration for both directions, the language has two"),
    ("devlink nl80211 nlctrl", "*_MSG_*_NONE", "the first entry of either direction"),
    ("devlink nl80211 nlctrl", "*_CMD_USER_MAX", "the bounds of either direction"),
    ("devlink nl80211 nlctrl", "*_CMD_KERNEL_MAX", "the bounds of either direction"),
    ("devlink nl80211 nlctrl", "__*_CMD_USER_CNT", "the bounds of either direction"),
    ("devlink nl80211 nlctrl", "__*_CMD_KERNEL_CNT", "the bounds of either direction"),
    ("ovs_datapath ovs_flow ovs_packet ovs_vport", "*OVS_*_CMD_MAX",
     "the header has no bounds for the commands"),
    ("devlink", "__DEVLINK_PORT_FN_ATTR_MAX", "the header has its prefix DEVLINK_PORT_FUNCTION_ATTR_"),
    ("devlink", "DEVLINK_DPIPE_HEADER_ID_*", "the header leaves ID out of the names"),
    ("nl80211", "NL80211_COMMANDS_*", "the header's names begin with NL80211_CMD_"),
    ("nl80211", "NL80211_CHANNEL_TYPE_*", "the header's names begin with NL80211_CHAN_"),
    ("nl80211", "NL80211_FEATURE_FLAGS_*", "the header's names begin with NL80211_FEATURE_"),
    ("nl80211", "NL80211_PROTOCOL_FEATURES_*", "the header's name has FEATURE in the singular"),
    ("nl80211", "NL80211_MCGRP_*", "the header's names begin with NL80211_MULTICAST_GROUP_"),
    ("nl80211", "__NL80211_*_MAX", "the header's counts are __..._AFTER_LAST or NUM_..."),
    ("nlctrl", "NLCTRL_ATTR_TYPE_*", "the header's names begin with NL_ATTR_TYPE_"),
    ("nlctrl", "NLCTRL_OP_FLAGS_*", "the header's names begin with GENL_"),
    ("nlctrl", "__CTRL_ATTR_POLICY_MAX", "the header's count is __CTRL_ATTR_POLICY_DUMP_MAX"),
    ("ovs_datapath ovs_flow ovs_vport", "OVS_*_MCGRP_*", "the header's names end in _MCGROUP"),
    ("ovs_datapath", "enum ovs_datapath_attrs", "the header's tag has no s"),
    ("ovs_flow", "enum ovs_vxlan_ext_", "the header's enumeration has no tag"),
    ("ovs_flow", "OVS_FLOW_OVS_HASH_ALG_*", "the header's names begin with OVS_HASH_ALG_"),
    ("ovs_flow", "OVS_FRAG_TYPE_ANY", "the header has no such name"),
    ("ovs_vport", "enum ovs_vport_options", "the header's enumeration has no tag"),
    ("tcp_metrics", "TCP_METRICS_TCP_FASTOPEN_COOKIE_MAX", "a name of another, internal header"),
]

# Names with another value in the kernel's header: the spec says something else.
OTHER_VALUE = [
    ("devlink", "DEVLINK_PORT_FUNCTION_ATTR_MAX", "the spec lacks the last attributes"),
    ("devlink", "DEVLINK_RESOURCE_SCOPE_*", "masks in the header, an enum of bits in the spec"),
    ("nl80211", "NL80211_BAND_IFTYPE_ATTR_MAX", "the spec lacks the last attributes"),
    ("nl80211", "NL80211_FREQUENCY_ATTR_MAX", "the spec lacks the last attributes"),
    ("nl80211", "NL80211_IFTYPE_MAX", "the spec lacks the last types"),
    ("nl80211", "NUM_NL80211_*", "the header counts, the spec uses the name for the maximum"),
    ("nlctrl", "NL_POLICY_TYPE_ATTR_*", "the spec has the last two attributes in the other order"),
    ("ovs_flow", "OVS_ACTION_ATTR_PSAMPLE", "the spec lacks the attribute before it"),
    ("ovs_flow", "*OVS_ACTION_ATTR_MAX", "the spec lacks an attribute"),
]


class Exceptions:
    """A list of the above, each entry of which has to be needed."""

    def __init__(self, entries):
        self.entries = [(families.split(), pattern) for families, pattern, _ in entries]
        self.unused = {(family, pattern) for names, pattern in self.entries for family in names}

    def allow(self, family, name):
        found = False
        for families, pattern in self.entries:
            if family in families and fnmatch.fnmatchcase(name, pattern):
                self.unused.discard((family, pattern))
                found = True
        return found


def preprocess(header, folders, *flags):
    return subprocess.run(
        ["gcc", "-E", "-x", "c", *flags, *("-I" + folder for folder in folders), "-"],
        input="#include <%s>\n" % header, stdout=subprocess.PIPE, text=True, check=True).stdout


def declared(header, folders):
    """The macros, enumerators and tags that a program finds in a header."""
    names = set(re.findall(r"^#define (\w+) ", preprocess(header, folders, "-dM"), re.M))
    for tag, body in re.findall(r"\benum\s*(\w*)\s*\{(.*?)\}", preprocess(header, folders, "-P"),
                                re.S):
        names.update(re.findall(r"(?:^|,)\s*(\w+)", re.sub(r"=[^,]*", "", body)))
        if tag:
            names.add("enum " + tag)
    return names


def values(header, folders, names, work):
    """What a compiled program says of each name."""
    prints = "".join('_Generic((%s), char *: text, default: number)("%s", %s);\n' % (n, n, n)
                     for n in sorted(names))
    program = """
        #include <stdio.h>
        #include <%s>
        static void number(const char *n, long long v) { printf("%%s %%lld\\n", n, v); }
        static void text(const char *n, const char *v) { printf("%%s \\"%%s\\"\\n", n, v); }
        int main(void) { %s return 0; }
        """ % (header, prints)
    # _Generic checks also the branch that is not taken.
    subprocess.run(["gcc", "-x", "c", "-w", *("-I" + folder for folder in folders),
                    "-o", work + "/values", "-"], input=program, text=True, check=True)
    lines = subprocess.run([work + "/values"], stdout=subprocess.PIPE, text=True,
                           check=True).stdout.splitlines()
    return dict(line.split(" ", 1) for line in lines)


def generate(genlc, spec, work):
    """The name of a family, and the folder and the path of its header."""
    family = os.path.basename(spec)[:-len(".yaml")]
    folder = os.path.join(work, family)
    subprocess.run([genlc, "compile", spec, "--uapi_out=" + folder], check=True,
                   stderr=subprocess.DEVNULL)
    [path] = [os.path.join(at, name) for at, _, names in os.walk(folder) for name in names]
    return family, folder, path


def compile_alone(genlc, spec, work):
    """Problems of a header that the kernel has no counterpart of."""
    family, _, path = generate(genlc, spec, work)
    result = subprocess.run(["gcc", "-fsyntax-only", "-x", "c", "-Wall", "-Werror", path],
                            stderr=subprocess.PIPE, text=True)
    return ["%s: %s" % (family, result.stderr)] if result.returncode else []


def compare(genlc, spec, uapi, work, of_the_spec, other_value):
    """Problems of one family, as lines."""
    family, folder, path = generate(genlc, spec, work)
    header = os.path.relpath(path, folder)
    guard = re.search(r"^#ifndef (\w+)$", open(path).read(), re.M)[1]
    builtin = declared("stddef.h", [])
    ours = declared(header, [folder]) - builtin - {guard}
    theirs = declared(header, [uapi])
    problems = ["%s: the kernel's header has no %s" % (family, name)
                for name in sorted(ours - theirs) if not of_the_spec.allow(family, name)]
    common = {name for name in ours & theirs if not name.startswith("enum ")}
    our_values = values(header, [folder, uapi], common, work)
    their_values = values(header, [uapi], common, work)
    problems += ["%s: %s is %s, the kernel's %s" % (family, name, value, their_values[name])
                 for name, value in our_values.items()
                 if value != their_values[name] and not other_value.allow(family, name)]
    print("%s: %d names of %s" % (family, len(common), header))
    return problems


def level(spec):
    found = re.search(r"^protocol: *(\S+)", open(spec).read(), re.M)
    return found[1] if found else "genetlink"


def main(genlc):
    folder = os.environ["GENLC_KERNEL_SPECS"]
    uapi = os.path.join(os.environ["GENLC_REFERENCE"], "uapi")
    if not os.path.exists(folder) or not os.path.exists(uapi):
        print("SKIPPED: uapi_values_test: no specs or headers to compare with (run tools/setup)")
        return 0
    specs = [os.path.join(folder, name) for name in sorted(os.listdir(folder))
             if name.endswith(".yaml")]
    generic = [spec for spec in specs if level(spec) in GENERIC]
    of_the_spec, other_value = Exceptions(OF_THE_SPEC), Exceptions(OTHER_VALUE)
    problems = []
    with tempfile.TemporaryDirectory() as work:
        for spec in specs:
            if spec in generic:
                problems += compare(genlc, spec, uapi, work, of_the_spec, other_value)
            else:
                problems += compile_alone(genlc, spec, work)
    if len(generic) < FEWEST:
        problems.append("only %d generic families in %s" % (len(generic), folder))
    problems += ["%s: %s needs no exception" % unused
                 for unused in sorted(of_the_spec.unused | other_value.unused)]
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
