"""Fuzz targets: libFuzzer with the address and undefined-behaviour sanitizers, built by clang.

    fuzz_test(
        name = "decode_fuzz_test",
        srcs = ["decode_fuzzer.cc"],
        corpus = [":decode_corpus"],
        flags = ["-max_len=512"],
        deps = [...],
    )

As a test it runs for a minute, from the corpus. With flags of libFuzzer, for as long as they say; what it
finds is then kept where they say:

    bazel run //tests/fuzz:decode_fuzz_test -- -runs=10000000 -artifact_prefix=/tmp/

What it depends on is compiled once more, with the flags below; the libraries of the distribution are what
they are.
"""

_COMPILE = [
    "-O1",
    "-fno-omit-frame-pointer",
    "-fsanitize=fuzzer-no-link,address,undefined",
    "-fno-sanitize-recover=undefined",
]

_OPTION = "//command_line_option:"

def _clang_impl(settings, _attr):
    return {
        _OPTION + "copt": settings[_OPTION + "copt"] + _COMPILE,
        _OPTION + "crosstool_top": "@clang//:toolchain",
        # Headers and layers are the same in all builds; one that looks for them is enough.
        _OPTION + "features": ["-layering_check", "-parse_headers"],
    }

_clang = transition(
    implementation = _clang_impl,
    inputs = [_OPTION + "copt"],
    outputs = [_OPTION + name for name in ["copt", "crosstool_top", "features"]],
)

_SCRIPT = """#!/bin/sh
set -eu
found=${{TEST_TMPDIR:-$(mktemp -d)}}
[ $# -gt 0 ] || set -- -max_total_time=60
export UBSAN_OPTIONS=print_stacktrace=1
exec {program} -print_final_stats=1 -artifact_prefix="${{TEST_UNDECLARED_OUTPUTS_DIR:-$found}}/" \\
  {flags} "$@" "$found" {seeds}
"""

def _fuzz_test_impl(ctx):
    program = ctx.executable.program
    folders = {file.dirname: None for file in ctx.files.corpus}
    script = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(script, is_executable = True, content = _SCRIPT.format(
        flags = " ".join(ctx.attr.flags),
        program = program.short_path,
        seeds = " ".join(folders.keys()),
    ))
    runfiles = ctx.runfiles([program] + ctx.files.corpus)
    return [DefaultInfo(executable = script, runfiles = runfiles)]

_fuzz_test = rule(
    implementation = _fuzz_test_impl,
    attrs = {
        "corpus": attr.label_list(allow_files = True, mandatory = True),
        "flags": attr.string_list(),
        "program": attr.label(cfg = _clang, executable = True, mandatory = True),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    },
    test = True,
)

def fuzz_test(name, srcs, deps, corpus, flags = []):
    """A target of libFuzzer, as a test.

    Args:
      name: of the test.
      srcs: with LLVMFuzzerTestOneInput().
      deps: libraries.
      corpus: files, or filegroups of files, to begin with.
      flags: of libFuzzer.
    """
    program = name + "_program"
    native.cc_binary(
        name = program,
        testonly = True,
        srcs = srcs,
        # Bazel links with clang, not clang++.
        linkopts = [
            "-fsanitize=fuzzer,address,undefined",
            "-fsanitize-link-c++-runtime",
        ],
        # Only as what _fuzz_test makes of it.
        tags = ["manual"],
        deps = deps,
    )
    _fuzz_test(
        name = name,
        size = "medium",
        corpus = corpus,
        flags = flags,
        program = program,
        # It has them.
        tags = ["no-asan"],
    )
