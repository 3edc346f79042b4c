"""The marks of what was recorded against a consent since it was signed: its limits.

A mark says which consent and what, and nothing of who the recipient is, so that it can be remembered where no names may
stand: `cons0001` for a revocation of the whole, `cons0001:0` for one of the first name in it, `cons0001:ended` for its
end. A limit is never lifted. This module loads nothing, since a light command compares them.
"""

import re
from collections.abc import Iterable
from typing import Final

ENDED: Final = ":ended"
_LIMIT: Final = rf"[a-z0-9]{{8}}(:[0-9]{{1,4}}|{ENDED})?"  # text: most stores have none, and need no pattern


def limits_among(texts: Iterable[str | None]) -> frozenset[str]:
    """Returns those that are marks: they come from a log, or a file, that somebody may have written."""
    return frozenset(text for text in texts if text is not None and re.fullmatch(_LIMIT, text))


def consent_of(limit: str) -> str:
    """Returns the id of the consent whose limit it is."""
    return limit.partition(":")[0]


def consents_revoked(limits: Iterable[str]) -> frozenset[str]:
    """Returns the ids of the consents that were revoked, as a whole or for a recipient."""
    return frozenset(consent_of(limit) for limit in limits if not limit.endswith(ENDED))
