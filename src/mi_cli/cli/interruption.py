"""How a question to a person ends when it is not answered: interrupted, or answered with no."""

from collections.abc import Iterator
from contextlib import contextmanager

from mi_cli.errors import MiError, WrongUsage


class Interrupted(MiError):
    """Ctrl-C at a question, or the end of the input. `kept` says what is saved; without it, nothing is."""

    exit_code = 130

    def __init__(self, kept: str = "") -> None:
        super().__init__(f"Interrupted. {kept or 'Nothing was saved.'}")
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
    """A person answered a question with no."""

    exit_code = 1

    def __init__(self, message: str = "Nothing was changed.") -> None:
        super().__init__(message)
