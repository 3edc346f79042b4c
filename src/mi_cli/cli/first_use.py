"""The first use of a store: a command that saves something makes it, and a person is asked once how to protect it.

The imports that stand in functions load the cryptography and the word lists of passphrases; a store that is there
already needs neither, and an interview has to begin at once.
"""

from dataclasses import replace

from mi_cli.cli.context import Context
from mi_cli.cli.interruption import interrupted_with
from mi_cli.errors import InUse, Locked, MiError
from mi_cli.store.keys.protocols import NO_KEYS, Keys
from mi_cli.store.records.catalog import Catalog
from mi_cli.terminal.asking import ask_in_turn
from mi_cli.terminal.page import Line
from mi_cli.terminal.streams import print_message
from mi_cli.words.protection import protection_words
from mi_cli.words.told import told


def first_use(context: Context) -> Context:
    """Returns a context whose store exists, for a command that saves something.

    At a terminal, a person is asked how to protect a store that is made here. Elsewhere its passphrase is the one that
    the environment gives; where it gives none, the store is plain, which is said.

    Raises Locked where a passphrase is required and none given, WrongUsage for one that will not do, Interrupted.
    """
    if Catalog(context.root).exists:  # This is nearly always so, and nothing more is loaded before.
        return context
    from mi_cli.cli.protecting import make_store
    from mi_cli.cli.settings import Wanted
    from mi_cli.cli.unlock import given_passphrase, new_passphrase
    from mi_cli.words.interview import interview_words

    words, settings = protection_words(context.language), context.sound_settings
    if context.interactive:
        context.screen.show([Line(interview_words(context.language).records_in.format(folder=context.root))])
        keys = make_store(context, new_passphrase(context))
        if keys and keys is not NO_KEYS:  # Only mention the sheet; making it would delay the interview.
            context.screen.show([Line(words.sheet_offer)])
        ask_counselor(context)
    else:
        passphrase = given_passphrase(words)
        if passphrase is None and settings.protection is Wanted.REQUIRED:
            raise Locked(words.required, words.required_how)
        keys = make_store(context, passphrase, asked=False)
        if keys is NO_KEYS:
            print_message(words.unasked.format(folder=context.root))
    return replace(context, made_keys=keys)


def ask_counselor(context: Context, *, again: bool = False) -> None:
    """Asks at a terminal, with the first use, for the counselor's name and credentials, which are then settings.

    It asks for nothing that is set, unless `again`: then for the credentials, and `b` goes back to the name. Enter
    leaves the name as it is (at first the login's), and gives no credentials. Raises Interrupted.
    """
    if not context.interactive or context.counselor_option or (context.settings.counselor and not again):
        return
    words = protection_words(context.language)
    with interrupted_with(words.made_alone):
        asker, answers = context.asker(context.language).with_back, {"counselor": context.settings.counselor or ""}

        def ask_name() -> None:
            name = answers["counselor"]
            answers["counselor"] = asker.text(words.ask_name.format(login=name or context.counselor)) or name

        def ask_credentials() -> None:
            if answers["counselor"] and (again or not context.settings.credentials):
                answers["credentials"] = asker.text(words.ask_credentials) or ""

        ask_in_turn([ask_name, ask_credentials], 1 if answers["counselor"] else 0)
    if not answers["counselor"]:
        return
    try:
        context.keep_settings(**{key: answer or None for key, answer in answers.items()})
    except MiError as error:  # The interview begins all the same.
        print_message(*told(error, context.language))


def decide(context: Context) -> Keys:
    """Asks how to protect a store that was made where nobody could be asked. Returns its keys from now on.

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
    except InUse as error:  # An interview runs, for example: the command goes on, and the next one asks again.
        print_message(f"{words.cannot_protect_now} {told(error, context.language)[0]}")
        return NO_KEYS
    context.screen.show([Line(words.protected), Line(words.sheet_offer)])
    return keys
