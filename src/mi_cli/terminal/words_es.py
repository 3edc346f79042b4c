"""The companion's words in Spanish."""

from typing import Final

from mi_cli.terminal.words import Words
from mi_cli.terminal.words_en import EN

ES: Final[Words] = EN
