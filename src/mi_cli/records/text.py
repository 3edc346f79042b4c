"""Makes text from outside safe to show on a terminal. What is stored stays exactly as it was typed."""

import json
import re
from typing import Any, Final

_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Patterns as text: `re` compiles each when it is first used, which few commands do.
_CONTROL: Final = f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff{_BIDI}]"
_UNSAFE_IN_JSON: Final = f"[\x7f-\x9f\u2028\u2029{_BIDI}]"


def sanitized(text: str) -> str:
    """Returns the text with control characters replaced by visible ones.

    Escape sequences, carriage returns and changes of writing direction then have no effect. Line ends stay, tabs become
    spaces.
    """
    if text.isprintable():  # as nearly all texts are, which then need no pattern: it has none of these characters
        return text
    return re.sub(_CONTROL, _visible_form, text.expandtabs(4))


def with_full_stop(text: str) -> str:
    """Returns the text with a full stop at its end, unless it ends a sentence already."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def json_text(value: Any) -> str:
    """Returns JSON in which everything that a terminal could act on is escaped. It reads back the same."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    escaped = re.sub(_UNSAFE_IN_JSON, lambda match: f"\\u{ord(match[0]):04x}", text)
    return escaped.encode("utf-8", "backslashreplace").decode()


def _visible_form(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"‹{code:04X}›"
