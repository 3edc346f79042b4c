"""The language that the program speaks where no client's is known: the config's, else the system's, else English."""

import os
import re

from mi_cli.errors import MiError


def locale_language() -> str | None:
    """Returns the language of the first of LC_ALL, LC_MESSAGES and LANG that is set; None for C and POSIX."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    language = re.split("[_.@]", locale)[0].lower()
    return None if language in ("", "c", "posix") else language


def language_here() -> str:
    """Returns the language for help and for errors; a config file that cannot be read says nothing of it."""
    from mi_cli.cli import settings  # here, because a light command may need none

    try:
        configured = settings.load(settings.path()).language
    except MiError:
        configured = None
    return configured or locale_language() or "en"
