"""Debian's clang as a second C++ toolchain, beside Bazel's own: @clang//:toolchain.

Nothing uses it by itself; the fuzz targets (tests/fuzz/fuzz_test.bzl) ask for it, as libFuzzer
comes with clang.
"""

load("@bazel_tools//tools/cpp:cc_configure.bzl", "cc_autoconf_impl")

def _clang_toolchain_impl(repository_ctx):
    clang = repository_ctx.which("clang")
    if not clang:
        fail("there is no clang: run tools/setup to install what is missing")
    cc_autoconf_impl(repository_ctx, {"gcc": str(clang)})

clang_toolchain = repository_rule(
    implementation = _clang_toolchain_impl,
    configure = True,
    local = True,
    doc = "What Bazel finds out about the compiler of the machine, for clang.",
)
