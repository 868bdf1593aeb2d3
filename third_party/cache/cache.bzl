"""Where tools/setup keeps what it fetched: outside the checkout, shared by all checkouts.

tools/fetch/common.sh says the same for the shell; the two have to agree.
"""

# A repository rule that calls cache_folder() lists these in its `environ`.
CACHE_ENVIRON = ["GENLC_CACHE", "XDG_CACHE_HOME", "HOME"]

def cache_folder(repository_ctx):
    """The cache's absolute path, as a string; nothing says that the folder exists."""
    environ = repository_ctx.os.environ
    if environ.get("GENLC_CACHE"):
        return environ["GENLC_CACHE"]
    if environ.get("XDG_CACHE_HOME"):
        return environ["XDG_CACHE_HOME"] + "/genlc"
    return environ["HOME"] + "/.cache/genlc"
