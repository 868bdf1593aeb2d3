"""kernel_genl_module: the kernel module of a spec and its handlers."""

load("//tools/rules/private:genlc.bzl", "GENLC_ATTRS", "only_spec", "run_genlc")
load(
    "//tools/rules/private:kernel_module.bzl",
    "KERNEL_MODULE_ATTRS",
    "build_modules",
    "kernel_labels",
)
load("//tools/rules/private:providers.bzl", "GenlInfo")

def _kernel_genl_module_impl(ctx):
    info = only_spec(ctx)
    folder = ctx.actions.declare_directory(ctx.label.name + "_genl")
    run_genlc(ctx, info, ["--kernel_out=" + folder.path], [folder])
    return build_modules(ctx, ctx.files.srcs, folder, info.stem)

_kernel_genl_module = rule(
    implementation = _kernel_genl_module_impl,
    attrs = dict(
        GENLC_ATTRS,
        deps = attr.label_list(providers = [GenlInfo]),
        srcs = attr.label_list(allow_files = [".c", ".h"]),
        **KERNEL_MODULE_ATTRS
    ),
    doc = "See //tools/rules:genl.bzl.",
)

def kernel_genl_module(name, deps, srcs, kernels, **kwargs):
    _kernel_genl_module(
        name = name,
        deps = deps,
        srcs = srcs,
        kernels = kernel_labels(kernels),
        **kwargs
    )
