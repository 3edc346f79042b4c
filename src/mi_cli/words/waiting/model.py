"""The shape of what is said while a command takes its time."""

from dataclasses import dataclass


@dataclass(frozen=True, eq=False, repr=False)
class WaitingWords:
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
