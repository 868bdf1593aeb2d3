"""genl_library: a spec that genlc accepts."""

load("//tools/rules/private:genlc.bzl", "GENLC_ATTRS")
load("//tools/rules/private:providers.bzl", "GenlInfo")

def _genl_library_impl(ctx):
    spec = ctx.file.spec
    profile = ctx.file.profile
    files = [spec] + ([profile] if profile else [])
    checked = ctx.actions.declare_file(ctx.label.name + ".checked")
    profile_flag = " --profile=" + profile.path if profile else ""
    ctx.actions.run_shell(
        command = "'{}' check '{}'{} && : >'{}'".format(
            ctx.executable._genlc.path,
            spec.path,
            profile_flag,
            checked.path,
        ),
        inputs = files,
        tools = [ctx.executable._genlc],
        outputs = [checked],
        mnemonic = "GenlcCheck",
        progress_message = "Checking {}".format(spec.short_path),
    )
    return [
        DefaultInfo(files = depset([checked])),
        GenlInfo(
            # Nothing is generated from a spec that has not been checked.
            inputs = depset(files + [checked]),
            profile = profile,
            spec = spec,
            stem = spec.basename[:-len(".yaml")],
        ),
    ]

_genl_library = rule(
    implementation = _genl_library_impl,
    attrs = dict(
        GENLC_ATTRS,
        profile = attr.label(allow_single_file = [".genlc.yaml"]),
        spec = attr.label(allow_single_file = [".yaml"], mandatory = True),
    ),
    doc = "See //tools/rules:genl.bzl.",
)

def genl_library(name, spec, profile = None, **kwargs):
    if not profile and ":" not in spec:
        beside = native.glob([spec[:-len(".yaml")] + ".genlc.yaml"], allow_empty = True)
        profile = beside[0] if beside else None
    _genl_library(name = name, spec = spec, profile = profile, **kwargs)
