"""What is to be corrected in a prompt set."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.prompt_findings.model import PromptFindingWords

prompt_finding_words: "Selector[PromptFindingWords]" = Selector(__name__)
