"""The keys that edit a line.

Every other key does nothing, so that none loses, doubles or changes what is half typed. Two rules hold that: every
binding is eager, and the last one, `Keys.Any`, takes every key there is. So none of prompt_toolkit's own bindings,
which it always loads, is ever reached.
"""

from collections.abc import Callable
from typing import Final

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.bindings.named_commands import get_by_name
from prompt_toolkit.keys import Keys

# The key, and the name of the prompt_toolkit command that it runs.
_EDITING: Final = {
    "left": "backward-char",
    "c-b": "backward-char",
    "right": "forward-char",
    "c-f": "forward-char",
    "c-left": "backward-word",
    "c-right": "forward-word",
    "home": "beginning-of-line",
    "c-a": "beginning-of-line",
    "end": "end-of-line",
    "c-e": "end-of-line",
    "c-home": "beginning-of-buffer",
    "c-end": "end-of-buffer",
    "backspace": "backward-delete-char",
    "delete": "delete-char",
    "c-w": "unix-word-rubout",
    "c-delete": "kill-word",
    "c-u": "unix-line-discard",
    "c-k": "kill-line",
    "c-y": "yank",
}


def editing_keys(buffer: Buffer, decode: Callable[[str], str]) -> KeyBindings:
    """Returns the keys that type into a buffer, move in it and delete from it; Up and Down bring back earlier lines.

    `decode` gives the text for what came, in which a byte that is not UTF-8 is a surrogate. No binding saves an undo
    state, since there is no key that would use it.
    """
    keys = KeyBindings()

    def up(_event: KeyPressEvent) -> None:
        buffer.auto_up()

    def down(_event: KeyPressEvent) -> None:
        buffer.auto_down()

    def paste(event: KeyPressEvent) -> None:
        buffer.insert_text(decode(as_lines(event.data)))

    def type_text(event: KeyPressEvent) -> None:
        if _is_text(event.key_sequence[0].key):
            buffer.insert_text(decode(event.data))

    others = {"up": up, "down": down, Keys.BracketedPaste: paste, Keys.Any: type_text}
    for key, act in ({key: get_by_name(name).handler for key, name in _EDITING.items()} | others).items():
        keys.add(key, eager=True, save_before=lambda _: False)(act)
    return keys


def as_lines(pasted: str) -> str:
    """Returns pasted text with LF at the end of each line, as a buffer has it."""
    return pasted.replace("\r\n", "\n").replace("\r", "\n")


def _is_text(key: str) -> bool:
    """Returns whether a key is a character that can be shown, not a control character."""
    return not isinstance(key, Keys) and key >= " " and not "\x7f" <= key <= "\x9f"
