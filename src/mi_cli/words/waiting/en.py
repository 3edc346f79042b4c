"""English."""

from typing import Final

from mi_cli.words.waiting.model import WaitingWords

EN: Final = WaitingWords(
    opening="Opening the records",
    keys="Making the keys",
    lock="Another window is saving; waiting for it",
    protecting="Protecting the records",
    unprotecting="Taking the protection off",
    interviews="Reading the interviews",
    records="Reading the records",
    documents="Making the document",
    purging="Destroying what was deleted",
    demo="Setting up the invented client",
)
