"""What the program prints as a command can be typed as it is printed.

After `pip install` into an environment of its own, `mi` is not on the PATH. Then a command in backticks is printed with
the whole path to the program that runs. Without backticks only the commands in `UNMARKED` count, which stand so in our
own sentences: a page also shows what clients said, and "en mi show favorito" must stay as it was said.
"""

import os
import re
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import Final

NAMES: Final = frozenset(
    (
        *("session", "goals", "client", "contact", "note", "consent", "disclosures", "prompts", "store", "config"),
        *("unlock", "lock", "demo", "schema", "doctor", "help", "today", "trend"),
        *("start", "resume", "list", "show", "export"),
    )
)
_NAME: Final = rf"(?:{'|'.join(sorted(NAMES))})\b"
UNMARKED: Final = frozenset(
    (
        *("session show", "session resume", "client facts", "store recover"),
        *("goals edit", "goals plan", "goals show", "goals share"),
    )
)
_UNMARKED: Final = rf"(?:{'|'.join(sorted(UNMARKED))})\b"
_COMMAND: Final = rf"(?<=`)mi(?=`| -| {_NAME})|(?<![\w`/.-])mi(?= {_UNMARKED})"


def typeable(text: str) -> str:
    """Returns the text, in which each command in backticks can be typed."""
    if "mi" not in text:
        return text
    program = typed_name()
    return text if program == "mi" else re.sub(_COMMAND, lambda _: program, text)


def typeable_command(command: str) -> str:
    """Returns a command that begins with `mi`, and is all of the text, as it can be typed."""
    return typed_name() + command.removeprefix("mi")


def typed_name() -> str:
    """Returns what is typed for `mi` here: its whole path where the PATH does not lead to it."""
    return _program(sys.argv[0], os.environ.get("PATH"))


@cache
def _program(run: str, path: str | None) -> str:
    """Returns what is typed for the program that was run so: `mi` where the PATH leads to it, else its whole path."""
    here = Path(run)
    if here.stem != "mi" or not here.is_file():  # `python -m mi_cli`, or a test
        return "mi"
    found = shutil.which("mi", path=path)
    if found and Path(found).samefile(here):
        return "mi"
    import shlex  # here, because `mi` is on the PATH for most

    whole = os.path.abspath(run)  # noqa: PTH100  # not resolved: a link in an environment is what can be run
    return f'"{whole}"' if sys.platform == "win32" and " " in whole else shlex.quote(whole)
