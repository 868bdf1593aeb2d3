"""The kernels of tools/fetch/kernels.txt as targets: @kernels//:6.1 gives KernelInfo.

A kernel's 20 000 headers are not inputs of Bazel's actions: these read them where tools/setup put
them, by an absolute path, and depend on the one file that tells the kernel's version. A kernel that
is not in the cache is a target too; building a module for it fails and names tools/setup.

KERNELS of @kernels//:defs.bzl lists Debian's, USER_MODE_KERNELS those that tools/setup builds. A test that starts tools/vm/run by itself finds the kernels by env = KERNELS_ENV of
the same file, and has @kernels//:6.1 in its data, to run again when the kernel changes.
"""

load("//third_party/cache:cache.bzl", "CACHE_ENVIRON", "cache_folder")

_KERNEL = """
kernel(
    name = "{series}",
    folder = "{folder}",
    release = "{release}",
    visibility = ["//visibility:public"],
)
"""

def _table(repository_ctx):
    """From series to config, the first two columns of the table."""
    lines = repository_ctx.read(Label("//tools/fetch:kernels.txt")).split("\n")
    rows = [line.split(" ") for line in lines if line and not line.startswith("#")]
    return {row[0]: [word for word in row[1:] if word][0] for row in rows}

def _debian_kernels_impl(repository_ctx):
    cache = cache_folder(repository_ctx)
    build = ['load("@genlc//third_party/kernels:kernel.bzl", "kernel")\n']
    table = _table(repository_ctx)
    for series in table:
        folder = repository_ctx.path("{}/kernels/{}".format(cache, series))
        release = series + "/release"
        if folder.exists:
            repository_ctx.symlink(folder.get_child("release"), release)
        else:
            repository_ctx.file(release, "not in the cache\n")
        build.append(_KERNEL.format(
            folder = folder,
            release = release,
            series = series,
        ))
    repository_ctx.file("BUILD", "".join(build))
    repository_ctx.file("defs.bzl", "\n".join([
        "KERNELS = %s" % [series for series in table if table[series] == "-"],
        "USER_MODE_KERNELS = %s" % [series for series in table if table[series] != "-"],
        "KERNELS_ENV = %s\n" % {"GENLC_CACHE": cache},
    ]))

debian_kernels = repository_rule(
    implementation = _debian_kernels_impl,
    configure = True,
    environ = CACHE_ENVIRON,
    local = True,
    doc = "See the top of this file.",
)
