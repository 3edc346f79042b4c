"""The system's keyring can keep the passphrase. Whoever uses the account can then open the store.

Theory of operation. The library `keyring` has many back ends, and anybody can add one. Some of them write what they
keep into a file, in base64 or under a passphrase of their own, and one keeps nothing at all. So only the back ends of
the systems themselves are used (`_OF_SYSTEMS`); every other one counts as no keyring, by its absence from that list.
Where the library chains several of them, the first of those is asked, and no other. Which one keeps the passphrase is
said.

`keyring` is an optional library: it is imported in the functions, because it may not be installed.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from mi_cli.errors import Failed
from mi_cli.store.records.catalog import Catalog
from mi_cli.words.protection import protection_words
from mi_cli.words.protection.model import ProtectionWords
from mi_cli.words.said import said

_SERVICE: Final = "mi"
UNLOCKED: Final = "mi unlocked"  # the service under which the keys of a store are that was unlocked for a while
_OF_SYSTEMS: Final = protection_words(None).keyrings
_CHAIN: Final = "keyring.backends.chainer"


def is_there() -> bool:
    """Whether this system has a keyring that can be used."""
    try:
        return _of_system() is not None
    except ImportError:
        return False


def passphrase_in_keyring(root: Path, *, service: str = _SERVICE) -> str | None:
    """Returns what the keyring has for the store in that folder, or None when it has nothing or cannot be asked."""
    try:
        from keyring.errors import KeyringError

        backend = _of_system()
    except ImportError:
        return None
    if backend is None:
        return None
    try:
        passphrase: str | None = backend.get_password(service, _name(root))
    except KeyringError:
        return None
    return passphrase


def keep(root: Path, passphrase: str, *, service: str = _SERVICE) -> str:
    """Puts the passphrase into the keyring; returns which one that is, as a key of `words.protection.keyrings`.

    Raises Failed where there is no keyring.
    """
    try:
        from keyring.errors import KeyringError

        backend = _of_system()
    except ImportError:
        raise _failed(lambda words: words.keyring_missing, lambda words: words.keyring_install) from None
    if backend is None:
        raise _failed(lambda words: words.no_keyring, lambda words: words.no_file_keyring)
    try:
        backend.set_password(service, _name(root), passphrase)
    except KeyringError:
        raise _failed(lambda words: words.no_keyring, lambda words: words.asked_as_before) from None
    return type(backend).__module__


def forget(root: Path, *, service: str = _SERVICE) -> None:
    """Deletes it from the keyring, if it is there."""
    if passphrase_in_keyring(root, service=service) is not None and (backend := _of_system()) is not None:
        backend.delete_password(service, _name(root))


def _failed(text: Callable[[ProtectionWords], str], hint: Callable[[ProtectionWords], str]) -> Failed:
    return Failed(said(protection_words, text), said(protection_words, hint))


def _of_system() -> Any:
    """Returns the back end of the system itself; None where the library has chosen another. Raises ImportError."""
    import keyring

    chosen = keyring.get_keyring()
    backends = chosen.backends if type(chosen).__module__ == _CHAIN else [chosen]
    return next((backend for backend in backends if type(backend).__module__ in _OF_SYSTEMS), None)


def _name(root: Path) -> str:
    return Catalog(root).store_id
