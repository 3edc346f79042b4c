"""The entry point. `mi --version` is answered before anything heavy is imported."""

import gc
import os
import sys

from mi_cli import __version__


def main() -> int:
    """Run `mi` with the arguments of the process; the exit code."""
    if sys.argv[1:] == ["--version"]:
        try:
            print(f"mi {__version__}", flush=True)
        except OSError as error:
            from mi_cli.terminal.streams import output_failed

            return output_failed(error, 0)
        return 0
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold what was said, in the open
    # Imports make little garbage, and looking for it costs a fifth of the start; an interview turns it on again.
    gc.disable()
    # A pydantic plug-in that happens to be installed would be shown every record, and costs the start 25 ms besides.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    from mi_cli.cli.app import run

    code = run(sys.argv[1:])
    gc.freeze()  # nor has what is left to be looked through on the way out, another fifth
    return code


if __name__ == "__main__":
    sys.exit(main())
