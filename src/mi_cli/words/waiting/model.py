"""The shape of what is said while a command takes its time."""

from mi_cli.words.texts import Texts


class WaitingWords(Texts):
    """What is being done, as a person says it; three dots follow."""

    opening: str  # the store, with a passphrase or a sheet
    keys: str  # a new passphrase is made ready
    lock: str  # another process has what this one needs
    protecting: str
    unprotecting: str
    interviews: str
    records: str
    documents: str
    purging: str
    demo: str
