"""How a question to a person ends when it is not answered: interrupted, or answered with no."""

from collections.abc import Iterator
from contextlib import contextmanager

from mi_cli.errors import MiError, WrongUsage


class Interrupted(MiError):
    """Ctrl-C at a question, or the end of the input. `kept` says what is saved; without it, nothing is.

    The whole sentence, in the language of the command, is that of `app`.
    """

    exit_code = 130

    def __init__(self, kept: str = "") -> None:
        super().__init__(kept)
        self.kept = kept


@contextmanager
def interrupted_with(kept: str) -> Iterator[None]:
    """Raises Interrupted with `kept` for an interruption within it, unless an inner one says already what is kept."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(kept) from None
    except Interrupted as interrupted:
        raise Interrupted(interrupted.kept or kept) from None


class Declined(WrongUsage):
    """A person answered a question with no. Without a message, `app` says that nothing was changed."""

    exit_code = 1

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
