"""Rules for Generic Netlink families.

    load(
        "//tools/rules:genl.bzl",
        "cc_genl_library",
        "genl_breaking_test",
        "genl_library",
        "genl_vm_test",
        "kernel_genl_module",
    )

    genl_library(name = "thermo", spec = "thermo.yaml")
    genl_breaking_test(name = "thermo_breaking_test", frozen = "released/thermo.yaml", deps = [":thermo"])
    cc_genl_library(name = "thermo_cc", deps = [":thermo"])
    kernel_genl_module(name = "thermo_ko", srcs = ["thermo_handlers.c"], deps = [":thermo"])

    cc_binary(name = "thermo_test", testonly = True, srcs = ["thermo_test.cc"], deps = [":thermo_cc", ...])
    genl_vm_test(name = "thermo_vm_test", module = ":thermo_ko", test = ":thermo_test")
"""

load("@kernels//:defs.bzl", "KERNELS", "USER_MODE_KERNELS")
load("//tools/rules/private:cc_genl_library.bzl", _cc_genl_library = "cc_genl_library")
load("//tools/rules/private:genl_breaking_test.bzl", _genl_breaking_test = "genl_breaking_test")
load("//tools/rules/private:genl_library.bzl", _genl_library = "genl_library")
load("//tools/rules/private:genl_vm_test.bzl", _genl_vm_test = "genl_vm_test")
load("//tools/rules/private:kernel_genl_module.bzl", _kernel_genl_module = "kernel_genl_module")

# The kernels for which modules are built where a rule names none.
DEFAULT_KERNELS = ["6.1"]

# Debian's kernels, all of tools/fetch/kernels.txt.
ALL_KERNELS = KERNELS

# The one that watches its memory, its locks and more, and lets allocations fail: user-mode Linux, which
# tools/setup builds (tools/fetch/sanitised.config). It has generic netlink and not much else.
SANITISED_KERNELS = USER_MODE_KERNELS

def genl_library(name, spec, profile = None, **kwargs):
    """Checks a spec; the other rules compile it.

    Args:
      name: of the target.
      spec: the YAML file.
      profile: what the spec language cannot say; by default NAME.genlc.yaml beside NAME.yaml, where
        the package has one.
      **kwargs: visibility, tags, testonly.
    """
    _genl_library(name = name, spec = spec, profile = profile, **kwargs)

def cc_genl_library(name, deps, **kwargs):
    """A C++ library with the client of a family: #include "PACKAGE/SPEC.genl.h".

    NAME_service is another one, with the service: #include "PACKAGE/SPEC.service.h".

    Args:
      name: of the target, which is a cc_library.
      deps: one genl_library.
      **kwargs: those of cc_library, apart from srcs, hdrs and deps.
    """
    _cc_genl_library(name = name, deps = deps, **kwargs)

def genl_breaking_test(name, deps, frozen, frozen_profile = None, groups = [], **kwargs):
    """Fails where a spec breaks users of an older version of it: `genlc breaking FROZEN SPEC`.

    Args:
      name: of the test.
      deps: one genl_library.
      frozen: a copy of the spec as people use it. Release by release it is replaced by the new one.
      frozen_profile: its profile; by default frozen/NAME.genlc.yaml beside frozen/NAME.yaml, where
        the package has one.
      groups: of rules, some of "wire", "policy", "uapi" and "api"; by default all.
      **kwargs: visibility, tags, size.
    """
    _genl_breaking_test(
        name = name,
        deps = deps,
        frozen = frozen,
        frozen_profile = frozen_profile,
        groups = groups,
        **kwargs
    )

def kernel_genl_module(name, deps, srcs = [], kernels = DEFAULT_KERNELS, **kwargs):
    """A kernel module, built for each of the kernels: NAME/6.1/SPEC.ko.

    Args:
      name: of the target.
      deps: one genl_library.
      srcs: what people write: FAMILY_handlers.c with the handlers, and further sources and headers.
        They are compiled in one folder with the generated files.
      kernels: series of tools/fetch/kernels.txt, ALL_KERNELS or SANITISED_KERNELS, or their sum.
      **kwargs: strict = True makes all warnings of make W=1 errors; uses, other modules whose exported
        symbols this one calls, and which are loaded before it; visibility, tags, testonly.
    """
    _kernel_genl_module(name = name, deps = deps, srcs = srcs, kernels = kernels, **kwargs)

def genl_vm_test(name, test, module = [], kernels = DEFAULT_KERNELS, **kwargs):
    """Runs a program in a VM where modules are loaded, once for each of the kernels.

    Each kernel is a test of its own, NAME_6.1; NAME is the test_suite of all. A test passes when the
    program ends with status 0, the modules can be unloaded, and the kernel did not complain. Its tag
    is vm. `bazel run NAME_6.1 -- --debug` waits for gdb before the program starts.

    Args:
      name: of the test_suite.
      test: the program, e.g. a cc_binary with GoogleTest; it runs as root.
      module: a kernel_genl_module, or a list of them in the order in which they are loaded; by
        default none.
      kernels: series of tools/fetch/kernels.txt, ALL_KERNELS or SANITISED_KERNELS, or their sum.
      **kwargs: kernel_modules, names of the kernel's own modules to load before, with what they
        depend on; spare_modules, further kernel_genl_modules, which the program finds in /modules of
        the VM and loads itself; commands, names of programs of this machine that the program calls;
        programs, cc_binary targets that it calls by their names; files that it reads, which lie in
        the VM where they do in the workspace, below /; check, a program of this machine that is run
        afterwards with a file, what the program in the VM has printed, and decides;
        count_instructions = True where a nanosecond shall be an instruction, for benchmarks; args
        of the program, timeout, tags, visibility.
    """
    _genl_vm_test(name = name, module = module, test = test, kernels = kernels, **kwargs)
