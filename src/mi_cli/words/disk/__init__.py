"""Why the operating system refused to read or write a file, and what was left on the disk."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.disk.model import DiskWords


def disk_words(tag: str | None) -> "DiskWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.disk.es import ES

        return ES
    from mi_cli.words.disk.en import EN

    return EN
