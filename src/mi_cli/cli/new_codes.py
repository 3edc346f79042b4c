"""A code that is about to be given to a client, and could be a slip for one that exists (`records.look_alikes`)."""

from collections.abc import Iterable

from mi_cli.cli.context import Context
from mi_cli.cli.interruption import Declined
from mi_cli.errors import WrongUsage
from mi_cli.records.look_alikes import look_alike
from mi_cli.words.clients import client_words


def is_meant(context: Context, code: str, codes: Iterable[str], *, insists: bool, in_series: bool = False) -> bool:
    """Whether the new code is meant, and no slip for one of `codes`: a person is asked, unless one `insists`.

    Raises WrongUsage where nobody can be asked, Interrupted, and GoBack for `b` in a series of questions.
    """
    like = None if insists else look_alike(code, codes)
    if like is None:
        return True
    words = client_words(context.language)
    if not context.interactive:
        raise WrongUsage(
            words.easily_confused.format(code=code, like=like), words.which_client.format(code=code, like=like)
        )
    asker = context.asker(context.language)
    return (asker.with_back if in_series else asker).yes(words.ask_new.format(code=code, like=like), enter=False)


def require_meant(context: Context, code: str, codes: Iterable[str], *, insists: bool) -> None:
    """Raises Declined where a person says that the code is a slip; else as `is_meant`."""
    codes = list(codes)
    if not is_meant(context, code, codes, insists=insists):
        like = look_alike(code, codes)
        raise Declined(client_words(context.language).not_set_up.format(code=code, like=like))
