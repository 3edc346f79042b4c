"""Text from outside, made harmless to look at. What is stored stays as it was typed."""

import json
import re
from typing import Any, Final

_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL: Final = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff{_BIDI}]")
_LIVE_IN_JSON: Final = re.compile(f"[\x7f-\x9f\u2028\u2029{_BIDI}]")


def sanitized(text: str) -> str:
    """The text with controls made visible: no escape sequence, no carriage return, no change of direction acts.

    Line ends stay, tabs become spaces.
    """
    return _CONTROL.sub(_picture, text.expandtabs(4))


def json_text(value: Any) -> str:
    """JSON for people and programs: what a terminal could act on is escaped, and reads back the same."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    escaped = _LIVE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return escaped.encode("utf-8", "backslashreplace").decode()


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"‹{code:04X}›"
