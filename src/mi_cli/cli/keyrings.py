"""The system's keyring, for those who want it: whoever uses the account can then open the store."""

from pathlib import Path
from typing import Final

from mi_cli.errors import Failed
from mi_cli.store.disk.layout import Layout

_SERVICE: Final = "mi"


def kept_passphrase(root: Path) -> str | None:
    """The passphrase of the store there; null when the keyring has none or cannot be asked."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        kept: str | None = keyring.get_password(_SERVICE, _name(root))
    except KeyringError:
        return None
    return kept


def keep(root: Path, passphrase: str) -> None:
    """Put it there. Raises Failed where there is no keyring."""
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
    """Take it away, if it is there."""
    if kept_passphrase(root) is not None:
        import keyring

        keyring.delete_password(_SERVICE, _name(root))


def _name(root: Path) -> str:
    return str(Layout(root).read_json(Layout(root).info)["id"])
