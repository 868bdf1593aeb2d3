"""The kernel's own families: clients made of its specs, and the tests that need them.

A spec that the machine does not have makes no client, and the tests with it say SKIPPED.
"""

load("@reference//:defs.bzl", "KERNEL_SPECS")
load("//tools/rules:genl.bzl", "cc_genl_library", "genl_library", "genl_vm_test")

def kernel_family(name, **kwargs):
    """The client //tests/families:NAME_cc, with #include "tests/families/NAME.genl.h"."""
    genl_library(name = name, spec = "@reference//:specs/{}.yaml".format(name))
    cc_genl_library(
        name = name + "_cc",
        testonly = True,
        deps = [":" + name],
        **kwargs
    )

# What a test with a client needs beside it.
_DEPS = [
    "//tests/live:machine",
    "//tests/vm:running_kernel",
    "//userspace/runtime",
    "@system//:absl_status",
    "@system//:absl_strings",
    "@system//:absl_time",
    "@system//:gmock_main",
    "@system//:nlohmann_json",
]

def family_test(rule, name, families, **kwargs):
    """Makes a target `rule` (e.g. cc_test) with the clients of these families in its deps."""
    if not _skipped(name, families):
        rule(
            name = name,
            deps = _DEPS + ["//tests/families:{}_cc".format(family) for family in families],
            **kwargs
        )

def vm_family_test(name, families, **kwargs):
    """A genl_vm_test of a program with the clients of these families."""
    if not _skipped(name, families):
        genl_vm_test(name = name, **kwargs)

def _skipped(name, families):
    """Whether a spec is missing; the test is then made here."""
    missing = [family for family in families if family not in KERNEL_SPECS]
    if missing:
        native.sh_test(
            name = name,
            size = "small",
            srcs = ["//tests/families:skip.sh"],
            args = [name, "no specs of the kernel (run tools/setup):"] + missing,
        )
    return bool(missing)
