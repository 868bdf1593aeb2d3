"""cc_genl_library: the typed C++ client and service of a spec."""

load("//tools/rules/private:genlc.bzl", "GENLC_ATTRS", "only_spec", "run_genlc")
load("//tools/rules/private:providers.bzl", "GenlInfo")

# Output group by file.
_FILES = {
    ".genl.h": "hdrs",
    ".genl.cc": "srcs",
    ".service.h": "service_hdrs",
    ".service.cc": "service_srcs",
}

def _cc_genl_sources_impl(ctx):
    info = only_spec(ctx)
    files = {group: ctx.actions.declare_file(info.stem + end) for end, group in _FILES.items()}
    run_genlc(ctx, info, ["--cpp_out=" + files["hdrs"].dirname], files.values())
    return [
        DefaultInfo(files = depset(files.values())),
        OutputGroupInfo(**{group: depset([file]) for group, file in files.items()}),
    ]

_cc_genl_sources = rule(
    implementation = _cc_genl_sources_impl,
    attrs = dict(
        GENLC_ATTRS,
        deps = attr.label_list(providers = [GenlInfo]),
    ),
)

def cc_genl_library(name, deps, **kwargs):
    tags = kwargs.pop("tags", [])
    testonly = kwargs.get("testonly", False)
    visibility = kwargs.get("visibility")
    sources = name + "_genl"
    _cc_genl_sources(name = sources, deps = deps, tags = tags, testonly = testonly)
    for group in _FILES.values():
        native.filegroup(
            name = "{}_{}".format(sources, group),
            srcs = [":" + sources],
            output_group = group,
            tags = tags,
            testonly = testonly,
            visibility = visibility,
        )

    # Labels of this workspace, wherever the macro is called.
    native.cc_library(
        name = name,
        srcs = [":{}_srcs".format(sources)],
        hdrs = [":{}_hdrs".format(sources)],
        deps = [str(Label("//userspace/runtime"))],
        tags = tags,
        **kwargs
    )

    # Compiled only where somebody depends on it.
    native.cc_library(
        name = name + "_service",
        srcs = [":{}_service_srcs".format(sources)],
        hdrs = [":{}_service_hdrs".format(sources)],
        deps = [
            ":" + name,
            str(Label("//userspace/runtime:service")),
        ],
        tags = tags + ["manual"],
        **kwargs
    )
