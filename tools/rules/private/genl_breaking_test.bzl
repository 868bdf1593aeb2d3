"""genl_breaking_test: a spec against a copy of the version that people use."""

load("//tools/rules/private:genlc.bzl", "GENLC_ATTRS", "only_spec")
load("//tools/rules/private:providers.bzl", "GenlInfo")

_SCRIPT = """#!/bin/sh
exec {words} "$@"
"""

def _breaking_test_impl(ctx):
    info = only_spec(ctx)
    words = [ctx.executable._genlc.short_path, "breaking", ctx.file.frozen.short_path]
    words.append(info.spec.short_path)
    if info.profile:
        words.append("--profile=" + info.profile.short_path)
    if ctx.file.frozen_profile:
        words.append("--old_profile=" + ctx.file.frozen_profile.short_path)
    if ctx.attr.groups:
        words.append("--only=" + ",".join(ctx.attr.groups))
    script = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(script, is_executable = True, content = _SCRIPT.format(
        words = " ".join(["'{}'".format(word) for word in words]),
    ))
    files = [ctx.executable._genlc] + ctx.files.frozen + ctx.files.frozen_profile
    return [DefaultInfo(
        executable = script,
        runfiles = ctx.runfiles(files, transitive_files = info.inputs).merge(
            ctx.attr._genlc[DefaultInfo].default_runfiles,
        ),
    )]

_breaking_test = rule(
    implementation = _breaking_test_impl,
    attrs = dict(
        GENLC_ATTRS,
        deps = attr.label_list(mandatory = True, providers = [GenlInfo]),
        frozen = attr.label(allow_single_file = [".yaml"], mandatory = True),
        frozen_profile = attr.label(allow_single_file = [".genlc.yaml"]),
        groups = attr.string_list(),
    ),
    test = True,
    doc = "See //tools/rules:genl.bzl.",
)

def genl_breaking_test(name, frozen, frozen_profile = None, size = "small", **kwargs):
    if not frozen_profile and ":" not in frozen:
        beside = native.glob([frozen[:-len(".yaml")] + ".genlc.yaml"], allow_empty = True)
        frozen_profile = beside[0] if beside else None
    _breaking_test(
        name = name,
        frozen = frozen,
        frozen_profile = frozen_profile,
        size = size,
        **kwargs
    )
