"""The keys that edit a line. All others do nothing: none loses, doubles or changes what is half typed."""

from typing import Final

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.bindings.named_commands import get_by_name
from prompt_toolkit.keys import Keys

# Each key, under the name that prompt_toolkit has for what it does.
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


def editing(buffer: Buffer) -> KeyBindings:
    """The keys that type into a buffer, move in it and delete from it; Up and Down bring back earlier lines.

    Every binding is eager, and the last one takes every key there is. So none of prompt_toolkit's own bindings, which
    it always loads, is ever reached. None of them saves an undo state either: there is no key that would use it.
    """
    keys = KeyBindings()

    def up(_event: KeyPressEvent) -> None:
        buffer.auto_up()

    def down(_event: KeyPressEvent) -> None:
        buffer.auto_down()

    def paste(event: KeyPressEvent) -> None:
        buffer.insert_text(as_lines(event.data))

    def type_(event: KeyPressEvent) -> None:
        if _is_text(event.key_sequence[0].key):
            buffer.insert_text(event.data)

    others = {"up": up, "down": down, Keys.BracketedPaste: paste, Keys.Any: type_}
    for key, act in ({key: get_by_name(name).handler for key, name in _EDITING.items()} | others).items():
        keys.add(key, eager=True, save_before=lambda _: False)(act)
    return keys


def as_lines(pasted: str) -> str:
    """What was pasted, its lines ending as those of a buffer do."""
    return pasted.replace("\r\n", "\n").replace("\r", "\n")


def _is_text(key: str) -> bool:
    """Whether a key is a character, and none that controls."""
    return not isinstance(key, Keys) and key >= " " and not "\x7f" <= key <= "\x9f"
