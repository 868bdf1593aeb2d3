"""Tests of //tools/rules: what targets provide, and which are refused."""

load("@bazel_skylib//lib:unittest.bzl", "analysistest", "asserts")
load("//tools/rules:genl.bzl", "genl_breaking_test", "genl_library", "genl_vm_test", "kernel_genl_module")
load("//tools/rules/private:providers.bzl", "GenlInfo", "KernelModuleInfo")

def _profile_test_impl(ctx):
    env = analysistest.begin(ctx)
    info = analysistest.target_under_test(env)[GenlInfo]
    asserts.equals(env, ctx.attr.stem, info.stem)
    asserts.equals(env, ctx.attr.profile, info.profile.basename if info.profile else "")
    return analysistest.end(env)

_profile_test = analysistest.make(
    _profile_test_impl,
    attrs = {"profile": attr.string(), "stem": attr.string()},
)

def _module_test_impl(ctx):
    env = analysistest.begin(ctx)
    modules = analysistest.target_under_test(env)[KernelModuleInfo].modules
    asserts.equals(env, ["6.1"], modules.keys())
    asserts.equals(env, "small.ko", modules["6.1"].basename)
    return analysistest.end(env)

_module_test = analysistest.make(_module_test_impl)

def _refused_test_impl(ctx):
    env = analysistest.begin(ctx)
    asserts.expect_failure(env, ctx.attr.message)
    return analysistest.end(env)

_refused_test = analysistest.make(
    _refused_test_impl,
    attrs = {"message": attr.string()},
    expect_failure = True,
)

def rules_tests(name):
    """The tests, and the targets that they look at, as a test_suite."""
    genl_library(name = "small", spec = "small.yaml", tags = ["manual"])
    genl_library(
        name = "profiled",
        profile = "other.genlc.yaml",
        spec = "small.yaml",
        tags = ["manual"],
    )
    genl_library(name = "beside", spec = "beside.yaml", tags = ["manual"])
    _profile_test(name = "good_without_profile", stem = "small", target_under_test = ":small")
    _profile_test(
        name = "good_profile_by_name",
        profile = "other.genlc.yaml",
        stem = "small",
        target_under_test = ":profiled",
    )
    _profile_test(
        name = "good_profile_beside_the_spec",
        profile = "beside.genlc.yaml",
        stem = "beside",
        target_under_test = ":beside",
    )

    genl_breaking_test(
        name = "good_spec_like_its_frozen_copy",
        frozen = "frozen/small.yaml",
        deps = [":small"],
    )
    genl_breaking_test(
        name = "good_break_of_another_group",
        frozen = "frozen/larger.yaml",
        groups = ["policy"],
        deps = [":small"],
    )

    # What the frozen copy has and the spec does not.
    genl_breaking_test(
        name = "smaller",
        frozen = "frozen/larger.yaml",
        tags = ["manual"],
        deps = [":small"],
    )
    native.sh_test(
        name = "bad_break",
        size = "small",
        srcs = ["bad_break.sh"],
        args = ["$(location :smaller)"],
        data = [":smaller"],
    )

    kernel_genl_module(name = "small_ko", strict = True, tags = ["manual"], deps = [":small"])
    _module_test(name = "good_module_for_the_default_kernel", target_under_test = ":small_ko")
    genl_vm_test(name = "good_handlers_not_yet_written", module = ":small_ko", test = ":program")

    kernel_genl_module(name = "two_ko", tags = ["manual"], deps = [":small", ":beside"])
    _refused_test(
        name = "bad_module_of_two_families",
        message = "wants exactly one genl_library in deps, got 2",
        target_under_test = ":two_ko",
    )

    kernel_genl_module(name = "none_ko", kernels = [], tags = ["manual"], deps = [":small"])
    genl_vm_test(
        name = "vm_test",
        module = ":none_ko",
        tags = ["manual"],
        test = ":program",
    )
    _refused_test(
        name = "bad_vm_test_on_a_kernel_without_module",
        message = "none_ko is not built for Linux 6.1",
        target_under_test = ":vm_test_6.1",
    )

    native.test_suite(
        name = name,
        tests = [
            "bad_break",
            "bad_module_of_two_families",
            "bad_vm_test_on_a_kernel_without_module",
            "good_break_of_another_group",
            "good_handlers_not_yet_written",
            "good_module_for_the_default_kernel",
            "good_profile_beside_the_spec",
            "good_profile_by_name",
            "good_spec_like_its_frozen_copy",
            "good_without_profile",
        ],
    )
