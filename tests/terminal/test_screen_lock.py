"""After a time without a key the interview is hidden, and the passphrase shows it again."""

import io

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from mi_cli.terminal.conversation import ScreenLock, Setting
from mi_cli.terminal.live import LiveConversation
from mi_cli.terminal.page import Screen
from mi_cli.words.interview import interview_words
from tests.conftest import Desk


@pytest.mark.parametrize("plain", [False, True], ids=["styled", "plain"])
def test_it_hides_and_the_passphrase_brings_it_back(desk: Desk, monkeypatch: pytest.MonkeyPatch, plain: bool) -> None:
    recorder = desk.begin("Zwetschge")
    out = io.StringIO()
    tried: list[str] = []

    def opens(typed: str) -> bool:
        tried.append(typed)
        after = out.getvalue().rpartition("Everything is saved.")[2]
        assert "Mirabelle" not in after
        if typed == "the right one":
            keys.send_text("\x15/pause\rn\r")
            return True
        return False

    with create_pipe_input() as keys:
        monkeypatch.setattr("mi_cli.terminal.keyboard.create_input", lambda _: keys)
        monkeypatch.setattr("mi_cli.terminal.keyboard._output", DummyOutput)
        monkeypatch.setattr("sys.stdout", out)
        keys.send_text("+d Mirabelle\rhalf a li")
        setting = Setting(interview_words("en"), desk.store.now, lock=ScreenLock(0.3, opens))
        live = LiveConversation(recorder, Screen(out, plain=plain), setting)
        show_unchanged = live.screen.show

        def show(page: object) -> None:
            show_unchanged(page)  # type: ignore[arg-type]  # passed on as it came
            if out.getvalue().endswith("opens the screen again.\n") and not tried:
                assert desk.words == ["Zwetschge", "Mirabelle"]
                assert recorder.draft() == "half a li"
                keys.send_text("not this\rthe right one\r")

        monkeypatch.setattr(live.screen, "show", show)
        assert live.run() == 0
    assert tried == ["not this", "the right one"]
    assert "the right one" not in out.getvalue()
    assert desk.words == ["Zwetschge", "Mirabelle"]


WAITS = {  # what is typed, and what stands on the screen while nobody types
    "the end, with its plan": ("/goal Mirabelle\r/end\r", "Mirabelle"),
    "words that were pasted": ("\x1b[200~Mirabelle\nQuitte\x1b[201~\r", "2 lines"),
    "change talk without a type": ("+ Mirabelle\r/end\r", "Mirabelle"),
    "the screen that F9 hides": ("+d Mirabelle\r\x1b[20~", "Mirabelle"),
}


@pytest.mark.parametrize("plain", [False, True], ids=["styled", "plain"])
@pytest.mark.parametrize("typed", WAITS)
def test_it_hides_wherever_it_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch, plain: bool, typed: str) -> None:
    recorder = desk.begin("Zwetschge")
    out = io.StringIO()
    tried: list[str] = []

    def opens(answer: str) -> bool:
        tried.append(answer)
        live._keyboard.stop()
        return True

    with create_pipe_input() as keys:
        monkeypatch.setattr("mi_cli.terminal.keyboard.create_input", lambda _: keys)
        monkeypatch.setattr("mi_cli.terminal.keyboard._output", DummyOutput)
        monkeypatch.setattr("sys.stdout", out)
        setting = Setting(interview_words("en"), desk.store.now, lock=ScreenLock(0.3, opens))
        live = LiveConversation(recorder, Screen(out, plain=plain), setting)
        show_unchanged = live.screen.show

        def show(page: object) -> None:
            show_unchanged(page)  # type: ignore[arg-type]  # passed on as it came
            if out.getvalue().endswith("opens the screen again.\n") and not tried:
                keys.send_text("the right one\r")

        monkeypatch.setattr(live.screen, "show", show)
        keys.send_text(WAITS[typed][0])
        assert live.run() == 0
    assert tried == ["the right one"]
    assert "the right one" not in out.getvalue()
