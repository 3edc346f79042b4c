"""The entry point. `mi --version` is answered before anything heavy is imported."""

import sys

from mi_cli import __version__


def main() -> int:
    """Run `mi` with the arguments of the process; the exit code."""
    if sys.argv[1:] == ["--version"]:
        print(f"mi {__version__}")
        return 0
    from mi_cli.cli.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
