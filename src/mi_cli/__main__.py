"""The entry point. `mi --version` is answered before anything heavy is imported."""

import gc
import os
import sys
from types import ModuleType

from mi_cli import __version__


def main() -> int:
    """Runs `mi` with the arguments of the process. Returns the exit code."""
    if sys.argv[1:] == ["--version"]:
        try:
            print(f"mi {__version__}", flush=True)
        except OSError as error:
            from mi_cli.cli.app import output_lost
            from mi_cli.terminal.streams import output_failed

            return output_failed(error, 0, output_lost)
        return 0
    _make_no_core_file()
    # Imports make little garbage, and collecting it takes a fifth of the start. An interview turns it on again.
    gc.disable()
    _use_no_pydantic_plugin()
    from mi_cli.cli.app import run
    from mi_cli.terminal.system import end_on_signals

    end_on_signals()
    code = run(sys.argv[1:])
    gc.freeze()  # Python would collect once more at its end, which takes another fifth.
    return code


def _use_no_pydantic_plugin() -> None:
    """Has pydantic look for no plug-in: one that happens to be installed would see every record.

    The variable says so. The module in the place of pydantic's own also saves a tenth of the start of many commands,
    since pydantic would import `importlib.metadata` before it reads the variable. Whatever it is asked for is empty.
    """
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    loader = ModuleType("pydantic.plugin._loader")
    vars(loader)["__getattr__"] = lambda _name: tuple
    sys.modules[loader.__name__] = loader


def _make_no_core_file() -> None:
    """Has no core file made, which would hold a client's words, unencrypted; `hide_memory` does more."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
