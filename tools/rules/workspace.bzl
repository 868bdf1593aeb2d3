"""What the rules of genl.bzl need, for the WORKSPACE of a user:

    local_repository(name = "genlc", path = "/usr/local/share/genlc/bazel")

    load("@genlc//tools/rules:workspace.bzl", "genlc_workspace")

    genlc_workspace()

That folder is part of an installed genlc (tools/install): compiler and library are there, and only
what the user writes is built. A checkout of genlc in its place, with genlc_workspace(compiler = True),
has the same targets and builds the compiler first. Code is compiled with --cxxopt=-std=c++20.
"""

load("//third_party/clang:clang.bzl", "clang_toolchain")
load("//third_party/kernels:kernels.bzl", "debian_kernels")
load("//third_party/reference:reference.bzl", "reference_data")
load("//third_party/system:pkg_config.bzl", "system_libraries")

# Target of @system to modules of pkg-config. First what a generated client needs.
_CLIENT_LIBRARIES = {
    "absl_containers": "absl_flat_hash_map absl_flat_hash_set absl_inlined_vector absl_span",
    "absl_status": "absl_status absl_statusor",
    "absl_strings": "absl_strings absl_str_format absl_cord",
    "absl_time": "absl_time",
    "libnl_genl": "libnl-genl-3.0 libnl-3.0",
}

_COMPILER_LIBRARIES = {
    "absl_base": "absl_base absl_core_headers absl_raw_logging_internal",
    "absl_flags": "absl_flags_marshalling",
    "absl_int128": "absl_int128",
    "absl_synchronization": "absl_synchronization",
    "benchmark": "benchmark",
    "gmock": "gmock gtest",
    "gmock_main": "gmock_main gmock gtest",
    "libmnl": "libmnl",
    "libnl": "libnl-3.0",
    "nlohmann_json": "nlohmann_json",
    "yaml": "yaml-0.1",
}

def _bundled_repository_impl(repository_ctx):
    for file in repository_ctx.path(repository_ctx.attr.workspace).dirname.readdir():
        repository_ctx.symlink(file, file.basename)

_bundled_repository = repository_rule(
    implementation = _bundled_repository_impl,
    attrs = {"workspace": attr.label(doc = "its WORKSPACE file, in a folder of genlc's")},
    local = True,
)

def _maybe(repository, name, **kwargs):
    if name not in native.existing_rules():
        repository(name = name, **kwargs)

def _bazel_repositories():
    """What Bazel 4.2.3 wants for its built-in rules and would download."""
    for name, folder in [("rules_cc", "rules_cc"), ("remote_coverage_tools", "coverage")]:
        _maybe(
            _bundled_repository,
            name = name,
            workspace = Label("//third_party/{}:WORKSPACE".format(folder)),
        )
    for name, folder in [
        ("rules_java", "rules/java"),
        ("rules_proto", "rules/proto"),
        ("platforms", "platforms"),
        ("bazel_skylib", "tools/skylib"),
    ]:
        _maybe(native.local_repository, name = name, path = "/usr/share/bazel/" + folder)

def genlc_workspace(compiler = False):
    """Declares @system, @kernels, and what Bazel itself needs, where they are not declared yet.

    Args:
      compiler: whether the compiler is built and tested, as in genlc's own checkout.
    """
    _bazel_repositories()
    libraries = dict(_CLIENT_LIBRARIES)
    if compiler:
        libraries.update(_COMPILER_LIBRARIES)

        # The compiler that libFuzzer belongs to, for tests/fuzz.
        _maybe(clang_toolchain, name = "clang")

        # The kernel's own specs, headers and scripts, which tests compare with.
        _maybe(reference_data, name = "reference")

    # The libraries of the distribution (tools/setup installs their packages).
    _maybe(system_libraries, name = "system", libraries = libraries)

    # What modules are built for and tested on: @kernels//:6.1.
    _maybe(debian_kernels, name = "kernels")
