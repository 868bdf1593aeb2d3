"""What a rule has to know of a kernel for which it builds or on which it tests."""

KernelInfo = provider(
    doc = "A kernel that tools/setup fetched. Its folder stays in the cache: see kernels.bzl.",
    fields = {
        "folder": "absolute path of the folder that tools/fetch/kernel fills; may not be there",
        "release": "depset of one File that changes when the kernel does",
        "series": "its name in tools/fetch/kernels.txt, e.g. 6.1",
    },
)

def _kernel_impl(ctx):
    return [
        DefaultInfo(files = depset(ctx.files.release)),
        KernelInfo(
            folder = ctx.attr.folder,
            release = depset(ctx.files.release),
            series = ctx.label.name,
        ),
    ]

kernel = rule(
    implementation = _kernel_impl,
    attrs = {
        "folder": attr.string(),
        "release": attr.label(allow_single_file = True),
    },
)
