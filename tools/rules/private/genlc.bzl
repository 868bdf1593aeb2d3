"""Running the compiler: the one place that knows its command line."""

load("//tools/rules/private:providers.bzl", "GenlInfo")

# Attribute of each rule that calls run_genlc().
GENLC_ATTRS = {
    "_genlc": attr.label(
        default = "//tools/genlc",
        executable = True,
        cfg = "host",
    ),
}

def run_genlc(ctx, info, options, outputs):
    """Declares an action `genlc compile` for the spec of `info`, a GenlInfo."""
    arguments = ctx.actions.args()
    arguments.add("compile")
    arguments.add(info.spec)
    if info.profile:
        arguments.add("--profile=" + info.profile.path)
    arguments.add_all(options)
    ctx.actions.run(
        executable = ctx.executable._genlc,
        arguments = [arguments],
        inputs = info.inputs,
        outputs = outputs,
        mnemonic = "Genlc",
        progress_message = "Compiling {} for {}".format(info.spec.short_path, ctx.label),
    )

def only_spec(ctx):
    """The GenlInfo of the one target in deps."""
    if len(ctx.attr.deps) != 1:
        fail("{} wants exactly one genl_library in deps, got {}".format(
            ctx.label,
            len(ctx.attr.deps),
        ))
    return ctx.attr.deps[0][GenlInfo]
