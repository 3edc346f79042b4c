"""The first use of a store: it is made by what keeps something in it, and a person is asked how to protect it, once."""

from dataclasses import replace

from mi_cli.cli.context import Context
from mi_cli.errors import InUse, Locked
from mi_cli.store.disk.codec import NO_KEYS, Keys
from mi_cli.store.disk.layout import Layout
from mi_cli.terminal.page import Line
from mi_cli.terminal.streams import print_message
from mi_cli.words.protection import protection_words


def first_use(context: Context) -> Context:
    """A context whose store is there; for a command that keeps something.

    On a terminal it is asked how to protect a store that is made. Without one the passphrase is the one that is given;
    if none is, the store has none, which is said. Raises Locked where a passphrase is required, WrongUsage for one that
    will not do, Interrupted.
    """
    if Layout(context.root).exists:  # nearly always, so that nothing more is loaded before
        return context
    from mi_cli.cli.protecting import make_store
    from mi_cli.cli.settings import Wanted
    from mi_cli.cli.unlock import given_passphrase, new_passphrase
    from mi_cli.words.interview import interview_words

    words = protection_words(context.language)
    if context.interactive:
        context.screen.show([Line(interview_words(context.language).records_in.format(folder=context.root))])
        keys = make_store(context, new_passphrase(context))
        if keys and keys is not NO_KEYS:  # no more now: somebody may be waiting
            context.screen.show([Line(words.sheet_offer)])
    else:
        passphrase = given_passphrase(words)
        if passphrase is None and context.settings.protection is Wanted.REQUIRED:
            raise Locked(words.required, words.required_how)
        keys = make_store(context, passphrase, asked=False)
        if keys is NO_KEYS:
            print_message(words.unasked.format(folder=context.root))
    return replace(context, made_keys=keys)


def decide(context: Context) -> Keys:
    """Ask how to protect a store that was made where nobody could be asked; its keys from now on.

    Raises Interrupted, Damaged, SaveFailed.
    """
    from mi_cli.cli.protecting import keep_unprotected, seal
    from mi_cli.cli.unlock import chosen_passphrase

    words = protection_words(context.language)
    context.screen.show([Line(words.undecided)])
    passphrase = chosen_passphrase(context)
    try:
        if passphrase is None:
            keep_unprotected(context)
            return NO_KEYS
        _, keys = seal(context, passphrase)
    except InUse as error:  # by an interview, say: what was asked for goes on, and the question comes again
        print_message(f"{words.not_now} {error.message}")
        return NO_KEYS
    context.screen.show([Line(words.protected), Line(words.sheet_offer)])
    return keys
