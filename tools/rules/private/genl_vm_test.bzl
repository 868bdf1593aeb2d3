"""genl_vm_test: a program that runs in a VM where a module is loaded."""

load("@kernels//:defs.bzl", "KERNELS_ENV")
load("//third_party/kernels:kernel.bzl", "KernelInfo")
load("//tools/rules/private:providers.bzl", "KernelModuleInfo")

# The VM ends a little earlier than Bazel would end the test, and says why. Of the arguments --debug is
# for the VM, and all others for the program: bazel run TEST -- --debug.
_SCRIPT = """#!/bin/sh
export {variables}
debug=
for argument; do
  shift
  if [ "$argument" = --debug ]; then
    debug=--debug
  else
    set -- "$@" "$argument"
  fi
done
vm() {{
  {vm} --kernel={series} $debug --timeout=$((${{TEST_TIMEOUT:-300}} - 10)) \\
    --env=TESTBRIDGE_TEST_ONLY --env=GTEST_BRIEF --env=GTEST_COLOR \\
    {options} -- ./{program} "$@"
}}
"""

# What is done with it.
_RUN = """vm "$@"
"""
_CHECK = """vm "$@" >"$TEST_TMPDIR/output" || {{
  status=$?
  cat "$TEST_TMPDIR/output"
  exit $status
}}
exec ./{check} "$TEST_TMPDIR/output"
"""

def _module(ctx, target):
    series = ctx.attr.kernel[KernelInfo].series
    modules = target[KernelModuleInfo].modules
    if series not in modules:
        fail("{} is not built for Linux {}".format(target.label, series))
    return modules[series]

def _vm_test_impl(ctx):
    modules = [_module(ctx, target) for target in ctx.attr.modules]
    options = ["--module=" + name for name in ctx.attr.kernel_modules]
    options += ["--module=" + module.short_path for module in modules]
    spares = [_module(ctx, target) for target in ctx.attr.spare_modules]
    options += ["--file={}:/modules/{}".format(file.short_path, file.basename) for file in spares]
    options += ["--command=" + name for name in ctx.attr.commands]
    options += ["--command=" + file.short_path for file in ctx.files.programs]
    options += ["--file={0}:/{0}".format(file.short_path) for file in ctx.files.files]
    sources = [file for target in ctx.attr.modules for file in target[KernelModuleInfo].sources]
    options += ["--source=" + file.short_path for file in sources]
    options += ["--count-instructions"] if ctx.attr.count_instructions else []
    check = ctx.attr.check
    script = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(script, is_executable = True, content = (_SCRIPT + (_CHECK if check else _RUN)).format(
        check = ctx.executable.check.short_path if check else "",
        options = " ".join(options),
        program = ctx.executable.test.short_path,
        series = ctx.attr.kernel[KernelInfo].series,
        vm = ctx.file._run.short_path,
        variables = " ".join(["{}='{}'".format(*item) for item in KERNELS_ENV.items()]),
    ))
    files = ctx.files._vm + ctx.files.files + ctx.files.programs + modules + spares + sources
    files += [ctx.executable.test]
    runfiles = ctx.runfiles(files, transitive_files = ctx.attr.kernel[KernelInfo].release)
    for program in [ctx.attr.test] + ([check] if check else []):
        runfiles = runfiles.merge(program[DefaultInfo].default_runfiles)
    return [DefaultInfo(executable = script, runfiles = runfiles)]

_vm_test = rule(
    implementation = _vm_test_impl,
    attrs = {
        "check": attr.label(executable = True, cfg = "target"),
        "commands": attr.string_list(),
        "count_instructions": attr.bool(),
        "files": attr.label_list(allow_files = True),
        "kernel": attr.label(providers = [KernelInfo], mandatory = True),
        "kernel_modules": attr.string_list(),
        "modules": attr.label_list(providers = [KernelModuleInfo]),
        "programs": attr.label_list(cfg = "target"),
        "spare_modules": attr.label_list(providers = [KernelModuleInfo]),
        "test": attr.label(executable = True, cfg = "target", mandatory = True),
        "_run": attr.label(default = "//tools/vm:run", allow_single_file = True),
        "_vm": attr.label(default = "//tools/vm"),
    },
    test = True,
)

def genl_vm_test(name, module, test, kernels, args = [], tags = [], timeout = "moderate", **kwargs):
    tests = []
    for series in kernels:
        tests.append("{}_{}".format(name, series))
        _vm_test(
            name = tests[-1],
            args = args,
            kernel = "@kernels//:" + series,
            modules = module if type(module) == "list" else [module],
            # /dev/kvm may belong to a group, which a sandbox takes away.
            tags = tags + ["no-sandbox", "vm"],
            test = test,
            timeout = timeout,
            **kwargs
        )
    native.test_suite(name = name, tests = tests, tags = tags)
