"""What the targets of tools/rules tell each other."""

GenlInfo = provider(
    doc = "A checked spec.",
    fields = {
        "inputs": "depset of Files: all that genlc has to see to compile the spec",
        "profile": "File or None: what the spec language cannot say",
        "spec": "File",
        "stem": "the spec's file name without .yaml; generated files are named after it",
    },
)

KernelModuleInfo = provider(
    doc = "A kernel module, built for each of its kernels.",
    fields = {
        "modules": "dict from a kernel's series (6.1) to the .ko File",
        "sources": "list of Files and directories: what it is compiled from; a later one with the " +
                   "name of an earlier one has not been used",
        "symbols": "dict likewise to the File with the symbols that it exports, Kbuild's Module.symvers",
    },
)
