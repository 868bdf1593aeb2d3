"""What the Linux kernel says, for tests to compare with: the repository @reference.

A test that compares with the kernel takes the data it needs and finds it by two variables:

    load("//third_party/reference:reference.bzl", "REFERENCE_ENV")

    cc_test(                                     # or sh_test
        name = "uapi_comparison_test",
        data = ["@reference//:specs", "@reference//:uapi"],
        env = REFERENCE_ENV,
        ...
    )

    GENLC_KERNEL_SPECS   folder of the kernel's own specs: psp.yaml, netdev.yaml, ...
    GENLC_REFERENCE      folder with
        uapi/            the newest uAPI headers: uapi/linux/psp.h (linux-libc-dev of Debian sid)
        linux/           parts of the newest kernel source, at their own paths:
                         linux/scripts/checkpatch.pl, linux/net/psp/psp-nl-gen.c,
                         linux/Documentation/netlink/specs/*.yaml, linux/tools/net/ynl/...

Both are relative to the folder in which Bazel starts a test. A folder that the machine does not have
is missing there; its filegroup is then empty. The test says so in its log and passes, in one line
that tools/test counts and shows:

    SKIPPED: uapi_comparison_test: no uAPI headers to compare with (run tools/setup)

(GoogleTest's GTEST_SKIP() counts in the same way.) Filegroups: specs, uapi, linux, and of linux the
smaller checkpatch and ynl.

A target that is made of one of the specs takes the label @reference//:specs/psp.yaml, and asks first
whether it is there: KERNEL_SPECS of @reference//:defs.bzl is the list of names, ["psp", ...].

tools/setup fetches uapi and linux into the cache. The specs are, in this order: the folder named by
GENLC_KERNEL_SPECS where Bazel is started, the folder shared/specs beside the checkout, those in linux.
"""

load("//third_party/cache:cache.bzl", "CACHE_ENVIRON", "cache_folder")

REFERENCE_ENV = {
    "GENLC_KERNEL_SPECS": "external/reference/specs",
    "GENLC_REFERENCE": "external/reference",
}

_BUILD = """
package(default_visibility = ["//visibility:public"])

exports_files(glob(["specs/*.yaml"]))

filegroup(
    name = "specs",
    srcs = glob(["specs/*.yaml"]),
)

filegroup(
    name = "uapi",
    srcs = glob(["uapi/**/*.h"]),
)

filegroup(
    name = "linux",
    srcs = glob(["linux/**"], exclude_directories = 1),
)

filegroup(
    name = "checkpatch",
    srcs = glob(["linux/scripts/**"]),
)

filegroup(
    name = "ynl",
    srcs = glob(["linux/MAINTAINERS", "linux/tools/net/ynl/**", "linux/Documentation/netlink/**"]),
)
"""

def _specs_folder(repository_ctx, reference):
    named = repository_ctx.os.environ.get("GENLC_KERNEL_SPECS")
    if named:
        return repository_ctx.path(named)
    checkout = repository_ctx.path(Label("//:WORKSPACE")).dirname
    beside = checkout.dirname.get_child("shared").get_child("specs")
    if beside.exists:
        for version in beside.readdir():
            if version.get_child("specs").exists:
                return version.get_child("specs")
    return repository_ctx.path(reference + "/linux/Documentation/netlink/specs")

def _names(specs):
    files = [file.basename for file in specs.readdir()] if specs.exists else []
    return sorted([name[:-len(".yaml")] for name in files if name.endswith(".yaml")])

def _reference_data_impl(repository_ctx):
    reference = cache_folder(repository_ctx) + "/reference"
    folders = {
        "linux": repository_ctx.path(reference + "/linux"),
        "specs": _specs_folder(repository_ctx, reference),
        "uapi": repository_ctx.path(reference + "/uapi"),
    }
    for name, folder in folders.items():
        if folder.exists:
            repository_ctx.symlink(folder, name)
    repository_ctx.file("BUILD", _BUILD)
    repository_ctx.file("defs.bzl", "KERNEL_SPECS = {}\n".format(_names(folders["specs"])))

reference_data = repository_rule(
    implementation = _reference_data_impl,
    configure = True,
    environ = CACHE_ENVIRON + ["GENLC_KERNEL_SPECS"],
    local = True,
    doc = "See the top of this file.",
)
