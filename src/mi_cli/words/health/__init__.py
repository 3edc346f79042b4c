"""What `mi doctor` says of the store."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.health.model import HealthWords

health_words: "Selector[HealthWords]" = Selector(__name__)
