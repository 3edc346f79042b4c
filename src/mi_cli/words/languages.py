"""The languages that the companion speaks."""

from typing import Final

from mi_cli.records.names import primary_language

LANGUAGES: Final = ("en", "es")


def language_of(tag: str) -> str | None:
    """The language the companion speaks for a tag such as `es`, `es-US` or `es_MX.UTF-8`; null where it has none."""
    code = primary_language(tag)
    return code if code in LANGUAGES else None
