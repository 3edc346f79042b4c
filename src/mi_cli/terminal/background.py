"""What background the terminal has, and so which colors can be read on it.

No one color has a contrast of 4.5:1 (WCAG 2.2, 1.4.3) on black and on white, and on what is near them (#1e1e1e, both
backgrounds of Solarized). So there are two sets (`page.ON_DARK`, `page.ON_LIGHT`), and the terminal is asked for its
background (OSC 11). A set is used only if each color of it has that contrast on what was answered. Where nothing is
answered, and on a background between the two, all text has the terminal's own color.

Behind that question stands another (DA1), which nearly every terminal answers: its answer ends the waiting. What is
read meanwhile is handed on as it came, because it may have been typed; `key_parser` drops a terminal's answers, also
those that come too late.
"""

import re
from typing import Final

from mi_cli.terminal.page import ON_DARK, ON_LIGHT, UNDIMMED, Look
from mi_cli.terminal.system import ask_terminal

LEAST_CONTRAST: Final = 4.5
_PATIENCE: Final = 0.05  # Seconds. A terminal on this computer answers in a few milliseconds.
_QUESTION: Final = b"\x1b]11;?\x1b\\\x1b[c"
_LAST_ANSWER: Final = re.compile(rb"\x1b\[\?[0-9;]*c")
_COLOR: Final = re.compile(
    rb"\x1b\]11;rgba?:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})(?:/[0-9a-f]{1,4})?(?:\x07|\x1b\\)", re.IGNORECASE
)


def ask_look() -> tuple[Look, str]:
    """Asks the terminal for its background. Returns the look that can be read there, and all that was read."""
    read = ask_terminal(_QUESTION, _LAST_ANSWER, _PATIENCE)
    found = _COLOR.search(read)
    look = UNDIMMED
    if found:
        red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in found.groups())
        look = look_on(luminance(red, green, blue))
    return look, read.decode("utf-8", "surrogateescape")


def look_on(background: float) -> Look:
    """Returns the set whose colors can all be read on a background of that luminance; else the undimmed one."""
    for look in (ON_DARK, ON_LIGHT):
        colors = (style.rpartition("#")[2] for style in look.values() if "#" in style)
        if all(contrast(_luminance_of(color), background) >= LEAST_CONTRAST for color in colors):
            return look
    return UNDIMMED


def luminance(red: float, green: float, blue: float) -> float:
    """Returns the relative luminance, 0 to 1, of a color of sRGB, whose parts are 0 to 1 (WCAG 2.2)."""
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: float, other: float) -> float:
    """Returns the contrast of two luminances, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((one, other))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance_of(color: str) -> float:
    return luminance(*(int(color[place : place + 2], 16) / 255 for place in (0, 2, 4)))
