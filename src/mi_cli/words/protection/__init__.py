"""The texts of setting a passphrase, opening a store, and the recovery sheet."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.protection.model import ProtectionWords

protection_words: "Selector[ProtectionWords]" = Selector(__name__)
