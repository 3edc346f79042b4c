"""The system's keyring can keep the passphrase. Whoever uses the account can then open the store.

`keyring` is an optional library: it is imported in the functions, because it may not be installed.
"""

from pathlib import Path
from typing import Final

from mi_cli.errors import Failed
from mi_cli.store.records.catalog import Catalog

_SERVICE: Final = "mi"


def passphrase_in_keyring(root: Path) -> str | None:
    """Returns the passphrase of the store in that folder, or None when the keyring has none or cannot be asked."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        passphrase: str | None = keyring.get_password(_SERVICE, _name(root))
    except KeyringError:
        return None
    return passphrase


def keep(root: Path, passphrase: str) -> None:
    """Puts the passphrase into the keyring. Raises Failed where there is no keyring."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise Failed("The keyring needs one more library.", "`pip install keyring` beside mi, then again.") from None
    try:
        keyring.set_password(_SERVICE, _name(root), passphrase)
    except KeyringError:
        raise Failed("This system has no keyring that can be used.", "The passphrase is asked for as before.") from None


def forget(root: Path) -> None:
    """Deletes the passphrase from the keyring, if it is there."""
    if passphrase_in_keyring(root) is not None:
        import keyring

        keyring.delete_password(_SERVICE, _name(root))


def _name(root: Path) -> str:
    return Catalog(root).store_id
