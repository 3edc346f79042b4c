"""Why the operating system refused to read or write a file, and what was left on the disk."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.disk.model import DiskWords

disk_words: "Selector[DiskWords]" = Selector(__name__)
