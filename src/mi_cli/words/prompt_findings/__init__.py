"""What is to be corrected in a prompt set."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.prompt_findings.model import PromptFindingWords


def prompt_finding_words(tag: str | None) -> "PromptFindingWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.prompt_findings.es import ES

        return ES
    from mi_cli.words.prompt_findings.en import EN

    return EN
