"""tsan_test: a cc_test under the thread sanitizer, whatever the rest of the build is made with."""

_COPT = "//command_line_option:copt"
_LINKOPT = "//command_line_option:linkopt"

# As --config=tsan of .bazelrc.
def _with_tsan_impl(settings, _attr):
    return {
        _COPT: settings[_COPT] + ["-fsanitize=thread", "-O1", "-Wno-maybe-uninitialized"],
        _LINKOPT: settings[_LINKOPT] + ["-fsanitize=thread"],
    }

_with_tsan = transition(
    implementation = _with_tsan_impl,
    inputs = [_COPT, _LINKOPT],
    outputs = [_COPT, _LINKOPT],
)

def _tsan_test_impl(ctx):
    # An attribute with a transition is a list.
    test = ctx.attr.test[0][DefaultInfo]
    executable = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.symlink(
        output = executable,
        target_file = test.files_to_run.executable,
        is_executable = True,
    )
    return [DefaultInfo(executable = executable, runfiles = test.default_runfiles)]

_tsan_test = rule(
    implementation = _tsan_test_impl,
    attrs = {
        "test": attr.label(cfg = _with_tsan, mandatory = True, doc = "a cc_test with linkstatic"),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    },
    test = True,
)

def tsan_test(name, test, tags = [], **kwargs):
    # The two sanitizers cannot be in one program.
    _tsan_test(name = name, test = test, tags = tags + ["no-asan"], **kwargs)
