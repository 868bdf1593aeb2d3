"""cc_genl_library: the typed C++ client of a spec."""

load("//tools/rules/private:genlc.bzl", "GENLC_ATTRS", "only_spec", "run_genlc")
load("//tools/rules/private:providers.bzl", "GenlInfo")

def _cc_genl_sources_impl(ctx):
    info = only_spec(ctx)
    header = ctx.actions.declare_file(info.stem + ".genl.h")
    source = ctx.actions.declare_file(info.stem + ".genl.cc")
    run_genlc(ctx, info, ["--cpp_out=" + header.dirname], [header, source])
    return [
        DefaultInfo(files = depset([header, source])),
        OutputGroupInfo(hdrs = depset([header]), srcs = depset([source])),
    ]

_cc_genl_sources = rule(
    implementation = _cc_genl_sources_impl,
    attrs = dict(
        GENLC_ATTRS,
        deps = attr.label_list(providers = [GenlInfo]),
    ),
)

def cc_genl_library(name, deps, **kwargs):
    tags = kwargs.get("tags", [])
    testonly = kwargs.get("testonly", False)
    visibility = kwargs.get("visibility")
    sources = name + "_genl"
    _cc_genl_sources(name = sources, deps = deps, tags = tags, testonly = testonly)
    for group in ["hdrs", "srcs"]:
        native.filegroup(
            name = "{}_{}".format(sources, group),
            srcs = [":" + sources],
            output_group = group,
            tags = tags,
            testonly = testonly,
            visibility = visibility,
        )
    native.cc_library(
        name = name,
        srcs = [":{}_srcs".format(sources)],
        hdrs = [":{}_hdrs".format(sources)],
        # A label of this workspace, wherever the macro is called.
        deps = [str(Label("//userspace/runtime"))],
        **kwargs
    )
