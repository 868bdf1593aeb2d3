"""Libraries of the distribution as Bazel targets, found by pkg-config."""

def _words(repository_ctx, arguments):
    result = repository_ctx.execute(["pkg-config"] + arguments)
    if result.return_code != 0:
        fail("pkg-config {}: {}\nrun tools/setup to install what is missing".format(
            " ".join(arguments),
            result.stderr.strip(),
        ))
    return [word for word in result.stdout.strip().split(" ") if word]

def _link_name(directory):
    return directory.strip("/").replace("/", "_")

def _target(name, cflags, libs):
    directories = [_link_name(flag[2:]) for flag in cflags if flag.startswith("-I")]
    return """
cc_library(
    name = "{name}",
    hdrs = glob({headers}),
    defines = {defines},
    includes = {includes},
    linkopts = {linkopts},
    visibility = ["//visibility:public"],
)
""".format(
        name = name,
        headers = [directory + "/**/*.h" for directory in directories],
        defines = [flag[2:] for flag in cflags if flag.startswith("-D")],
        includes = directories,
        linkopts = libs,
    )

def _system_libraries_impl(repository_ctx):
    build = []
    for name, packages in repository_ctx.attr.libraries.items():
        modules = packages.split(" ")
        cflags = _words(repository_ctx, ["--cflags"] + modules)
        libs = _words(repository_ctx, ["--libs"] + modules)
        for flag in cflags:
            # /usr/include needs no mention; a directory of its own (libnl3) is linked in.
            if flag.startswith("-I") and not repository_ctx.path(_link_name(flag[2:])).exists:
                repository_ctx.symlink(flag[2:], _link_name(flag[2:]))
        build.append(_target(name, cflags, libs))
    repository_ctx.file("BUILD", "".join(build))

system_libraries = repository_rule(
    implementation = _system_libraries_impl,
    attrs = {
        "libraries": attr.string_dict(
            doc = "target name to the pkg-config modules it stands for, separated by blanks",
        ),
    },
    configure = True,
    local = True,
    doc = "One cc_library for each entry, e.g. @system//:absl_status.",
)
