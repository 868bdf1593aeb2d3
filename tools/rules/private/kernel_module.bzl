"""Builds a kernel module from C sources and a Kbuild file, once for each kernel."""

load("//third_party/kernels:kernel.bzl", "KernelInfo")
load("//tools/rules/private:providers.bzl", "KernelModuleInfo")

# Attributes of each rule that calls build_modules().
KERNEL_MODULE_ATTRS = {
    "kernels": attr.label_list(providers = [KernelInfo], mandatory = True),
    "strict": attr.bool(doc = "all warnings of make W=1 are errors"),
    "uses": attr.label_list(
        providers = [KernelModuleInfo],
        doc = "modules that export what these import",
    ),
    "_build_module": attr.label(
        default = "//tools/rules/private:build_module",
        executable = True,
        cfg = "host",
    ),
}

def build_modules(ctx, sources, folder, name):
    """Returns the providers of a module target.

    Args:
      ctx: of a rule with KERNEL_MODULE_ATTRS.
      sources: Files to put beside each other in the folder that make builds.
      folder: File, a directory whose content goes there first; or None.
      name: of the file, without .ko.
    """
    modules = {}
    exported = {}
    for target in ctx.attr.kernels:
        kernel = target[KernelInfo]
        place = "{}/{}/{}".format(ctx.label.name, kernel.series, name)
        module = ctx.actions.declare_file(place + ".ko")
        symbols = ctx.actions.declare_file(place + ".symvers")
        imported = [_symbols(used, kernel.series) for used in ctx.attr.uses]
        arguments = ctx.actions.args()
        arguments.add("--kernel", kernel.series)
        arguments.add("--kernel_folder", kernel.folder)
        arguments.add("--output", module)
        arguments.add("--symbols", symbols)
        arguments.add_all(imported, before_each = "--uses")
        if folder:
            arguments.add_all("--folder", [folder], expand_directories = False)
        if ctx.attr.strict:
            arguments.add("--strict")
        arguments.add_all(sources)
        ctx.actions.run(
            executable = ctx.executable._build_module,
            arguments = [arguments],
            inputs = depset(
                sources + imported + ([folder] if folder else []),
                transitive = [kernel.release],
            ),
            outputs = [module, symbols],
            mnemonic = "KernelModule",
            progress_message = "Building {} for Linux {}".format(ctx.label, kernel.series),
            # The headers are outside Bazel's view; see third_party/kernels/kernels.bzl.
            execution_requirements = {"no-remote": "1", "no-sandbox": "1"},
            use_default_shell_env = True,
        )
        modules[kernel.series] = module
        exported[kernel.series] = symbols
    return [
        DefaultInfo(
            files = depset(modules.values()),
            runfiles = ctx.runfiles(files = modules.values()),
        ),
        # --output_groups=6.1 builds for that kernel alone.
        OutputGroupInfo(**{series: depset([module]) for series, module in modules.items()}),
        KernelModuleInfo(
            modules = modules,
            sources = sources + ([folder] if folder else []),
            symbols = exported,
        ),
    ]

def _symbols(module, series):
    exported = module[KernelModuleInfo].symbols
    if series not in exported:
        fail("{} is not built for Linux {}".format(module.label, series))
    return exported[series]

def kernel_labels(kernels):
    """The targets of these series, e.g. ["6.1"]."""
    return ["@kernels//:" + series for series in kernels]

def _kernel_module_impl(ctx):
    return build_modules(ctx, ctx.files.srcs, None, ctx.label.name)

kernel_module = rule(
    implementation = _kernel_module_impl,
    attrs = dict(
        KERNEL_MODULE_ATTRS,
        srcs = attr.label_list(allow_files = True, doc = "C sources, headers, Kbuild and Makefile"),
    ),
    doc = "A module without a spec; tests of the tools themselves need one.",
)
