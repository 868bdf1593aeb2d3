"""What a rule has to know of a kernel for which it builds or on which it tests."""

KernelInfo = provider(
    doc = "A kernel that tools/setup fetched. Its folder stays in the cache: see kernels.bzl.",
    fields = {
        "compiler": "the command that compiles modules for it",
        "headers": "absolute path of its headers; empty where the kernel is not in the cache",
        "release": "depset of one File that changes when the kernel does",
        "series": "its name in tools/fetch/kernels.txt, e.g. 6.1",
    },
)

def _kernel_impl(ctx):
    return [
        DefaultInfo(files = depset(ctx.files.release)),
        KernelInfo(
            compiler = ctx.attr.compiler,
            headers = ctx.attr.headers,
            release = depset(ctx.files.release),
            series = ctx.label.name,
        ),
    ]

kernel = rule(
    implementation = _kernel_impl,
    attrs = {
        "compiler": attr.string(),
        "headers": attr.string(),
        "release": attr.label(allow_single_file = True),
    },
)
