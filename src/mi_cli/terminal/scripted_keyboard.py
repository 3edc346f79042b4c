"""The keyboard of `mi demo`: the lines come from a script, and everything else is the real companion."""

from collections.abc import Sequence

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from mi_cli.terminal.keyboard import Keyboard, KeyboardHooks
from mi_cli.terminal.listen import InputLine
from mi_cli.terminal.page import Look


class ScriptedKeyboard(Keyboard):
    """A keyboard on which any key enters the next line of the script. After the last line it is a usual keyboard."""

    def __init__(
        self, hooks: KeyboardHooks, script: Sequence[str], *, plain: bool, look: Look, typed_ahead: str
    ) -> None:
        super().__init__(hooks, plain=plain, look=look, typed_ahead=typed_ahead)
        self._script = list(script)

    def _typing_keys(self, buffer: Buffer, *, drafts: bool) -> KeyBindings:
        if not drafts or not self._script:
            return super()._typing_keys(buffer, drafts=drafts)
        keys = KeyBindings()

        @keys.add(Keys.Any, eager=True)
        def _(event: KeyPressEvent) -> None:
            buffer.text = self._script.pop(0)
            event.app.exit(result=InputLine(buffer.text, self._number + 1))

        return keys
