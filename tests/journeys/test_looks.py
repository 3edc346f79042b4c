"""What the counselor sees: one prompt in full, all else quiet, readable on light and on dark, in 80 by 24."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mi_cli.cli.demo import FILES
from mi_cli.records.terms import Kind, Stage, Talk
from mi_cli.terminal.background import look_on
from mi_cli.terminal.page import Role
from mi_cli.words.interview import interview_words
from mi_cli.words.interview.model import InterviewWords
from tests.journeys.terminal import ASKS_BACKGROUND, ASKS_WHAT_IT_IS, CTRL_D, ENTER, F8, Terminal
from tests.terminal.test_background import luminance

At = Callable[..., Terminal]

in_each_language = pytest.mark.parametrize("language", ["en", "es"])


def colors(mi: Terminal) -> set[str]:
    """Returns the colors of the characters on the screen. No background is colored, and nothing is inverted."""
    cells = [cell for row in mi.cells for cell in row if cell.data.strip()]
    assert {(cell.bg, cell.reverse) for cell in cells} == {("default", False)}
    return {cell.fg for cell in cells}


def readable(mi: Terminal, background: str) -> bool:
    """Returns whether each color has a contrast of 4.5:1 on the background."""
    on = luminance(background)
    pairs = (sorted((on, luminance(f"#{color}"))) for color in colors(mi) - {"default"})
    return all((lighter + 0.05) / (darker + 0.05) >= 4.5 for darker, lighter in pairs)


def background_is(color: str) -> dict[bytes, bytes]:
    """Returns what a terminal with that background answers."""
    parts = "/".join(color[place : place + 2] * 2 for place in (1, 3, 5))
    return {ASKS_BACKGROUND: f"\x1b]11;rgb:{parts}\x1b\\".encode(), ASKS_WHAT_IT_IS: b"\x1b[?62;22c"}


def style(mi: Terminal, text: str) -> tuple[str, bool]:
    """Returns the color of the last row that begins with the text, and whether it is bold."""
    row = max(number for number, row in enumerate(mi.rows) if row.strip().startswith(text))
    cell = mi.cells[row][len(mi.rows[row]) - len(mi.rows[row].lstrip())]
    return cell.fg, cell.bold


def start_interview(
    at_terminal: At, language: str, *arguments: str, background: str | None = None, **env: str
) -> tuple[Terminal, InterviewWords]:
    words = interview_words(language)
    answers = background_is(background) if background else None
    mi = at_terminal(*arguments, "session", "start", "J-014", "--lang", language, answers=answers, **env)
    mi.wait_for_prompt()
    return mi, words


@pytest.mark.parametrize(
    ("background", "colorterm", "language"),
    [
        ("#000000", "truecolor", "en"),
        ("#1e1e1e", "", "es"),
        ("#002b36", "", "en"),
        ("#fdf6e3", "", "en"),
        ("#ffffff", "truecolor", "es"),
    ],
)
def test_every_screen_can_be_read_on_light_and_dark(
    at_terminal: At, language: str, background: str, colorterm: str
) -> None:
    mi, words = start_interview(at_terminal, language, background=background, COLORTERM=colorterm)
    dim = look_on(luminance(background))[Role.DIM].removeprefix("#")
    assert len(dim) == 6
    assert readable(mi, background)
    assert style(mi, words.listen_for.split("{")[0].strip()) == (dim, False)
    assert any(cells[3].data.isalpha() and (cells[3].fg, cells[3].bold) == ("default", True) for cells in mi.cells)
    assert style(mi, words.stages[Stage.ENGAGING]) == (dim, False)  # the lowest such row: the bar
    mi.say("+d zzz")
    for line in (
        "/help",
        "/checks",
        "/prompts",
        "/recap",
        "/goal zzz",
        "/goal",
        "/share",
        "/nonsense",
        "/importance 3",
    ):
        mi.say(line)
        assert readable(mi, background), line
    mi.send(F8)
    mi.wait_for("988")
    mi.wait_for_prompt()
    assert readable(mi, background)


@pytest.mark.parametrize("answers", [None, {ASKS_WHAT_IT_IS: b"\x1b[?62;22c"}], ids=["nothing", "what it is"])
def test_a_terminal_that_does_not_say_its_background_has_nothing_dimmed(
    at_terminal: At, answers: dict[bytes, bytes] | None
) -> None:
    mi = at_terminal("session", "start", "J-014", answers=answers)
    mi.send("typed ahead")
    mi.wait_for_line("› typed ahead")
    mi.press(ENTER)
    mi.wait_for("saved 1 said")
    mi.say("/nonsense")
    assert colors(mi) == {"default"}


def test_an_answer_that_comes_late_is_no_key(at_terminal: At) -> None:
    mi = at_terminal("session", "start", "J-014", answers={ASKS_BACKGROUND: b""})
    mi.wait_for_prompt()
    mi.send("half ")
    for answer in background_is("#000000").values():
        mi.send(answer)
    mi.send("a line")
    mi.wait_for_line("› half a line")
    assert colors(mi) == {"default"}


@in_each_language
def test_the_very_first_screen_holds_all_of_it(at_terminal: At, language: str) -> None:
    mi = at_terminal("session", "start", "--lang", language)
    words = interview_words(language)
    mi.wait_for(words.ask_code.strip())
    mi.send(ENTER)
    mi.wait_for_prompt()
    for text in (*words.first_time, words.first_interview.format(code="").strip(" ·"), words.bar_keys):
        assert text in mi.screen

    again = at_terminal("session", "start", "K-001", "--lang", language)
    again.wait_for_prompt()
    assert words.first_time[0] not in again.text


@in_each_language
def test_help_fits_one_screen(at_terminal: At, language: str) -> None:
    mi, words = start_interview(at_terminal, language)
    mi.say("/help")
    rows = words.help_page.split("\n")
    assert rows[0] in mi.screen
    assert rows[-1] in mi.screen
    assert words.bar_safety_key in mi.rows[-1]


@in_each_language
def test_plain_is_the_same_in_one_color(at_terminal: At, language: str) -> None:
    mi, words = start_interview(at_terminal, language, "--plain")
    assert words.first_time[1] in mi.screen
    assert words.listen_for.split("{")[0] in mi.screen
    mi.say("+d zzz")
    assert words.saved_entry.split("{")[0] in mi.screen
    mi.enter("/note", then=words.note_prompt.strip())
    mi.send("zzz" + ENTER)
    mi.wait_for(words.saved_entry.format(n=2, kind=words.kinds[Kind.SAID]))
    mi.send("." + ENTER)
    mi.wait_until(lambda: mi.line == ">", "the end of the note")
    mi.say("/recap")
    assert "“zzz”" in mi.screen
    assert words.recap_key_question in mi.screen
    assert colors(mi) == {"default"}
    assert b"\x1b[" not in mi.raw.replace(b"\x1b[?2004h", b"").replace(b"\x1b[?2004l", b"")


@in_each_language
def test_the_way_into_the_next_interview(at_terminal: At, language: str) -> None:
    mi, words = start_interview(at_terminal, language)
    for line in ("+ zzz", "/importance 7", "", "", "/confidence 4", "", "", "/goal zzz y", "/step llamo @ miércoles"):
        mi.say(line)
    mi.enter("/end hasta el viernes", then=words.untyped_title)
    mi.send("1 r" + ENTER)
    mi.wait_for(words.saved_changed.format(n=1, kind=f"{words.kinds[Kind.CHANGE]}, {words.talk[Talk.REASON]}"))
    while words.ask_clear[:15] not in mi.screen:
        mi.pass_by()
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0

    later, words = start_interview(at_terminal, language, background="#ffffff")
    for text in (": hasta el viernes\n", "“zzz y”", "“llamo”, miércoles", words.steps_hint[:20]):
        assert text in later.screen
    assert words.interview_number.format(code="J-014", number=2) in later.screen
    later.say("/progress hecho")
    assert words.goal_parts["progress"] in later.screen
    assert readable(later, "#ffffff")


def test_a_safety_concern_left_open_is_told_of_until_it_is_closed(at_terminal: At) -> None:
    mi, words = start_interview(at_terminal, "en")
    mi.say("/safety withdrawal clinic called")
    mi.send(CTRL_D)
    mi.wait_for(words.ask_clear[:15])
    mi.send("n" + ENTER)
    mi.wait_for_exit()

    mi = at_terminal("session", "resume")
    mi.wait_for_prompt()
    assert words.concern_open.format(concerns="withdrawal")[:40] in mi.screen
    mi.enter("/end", then="What was done, and who was told?")
    mi.pass_by()  # Enter leaves it open
    while words.ask_clear[:15] not in mi.screen:
        mi.pass_by()
    mi.send("n" + ENTER)
    mi.wait_for_exit()

    later, _ = start_interview(at_terminal, "en")
    assert "was left open: withdrawal" in later.screen


def play(mi: Terminal, key: str, line: str) -> None:
    """Presses a key, and waits until the line that it types has been entered."""
    begins = "".join(line.split())[:30]
    mi.press(key)
    if line.startswith("/end"):
        mi.wait_for(interview_words("en").untyped_title)
    else:
        mi.wait_for_prompt()
    mi.wait_until(lambda: begins in "".join(mi.text.split()), "the line itself")


def test_the_demo_plays_a_line_for_each_key_and_asks_as_ever_at_the_end(at_terminal: At, home: Path) -> None:
    mi = at_terminal("--store", str(home / "scratch"), "demo", "interview")
    mi.wait_for_prompt()
    assert "any key types the next line" in mi.screen
    lines = (FILES / "2.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if number == 3:
            mi.send(F8)
            mi.wait_for("988")
            mi.wait_for_prompt()
        play(mi, "x" if number % 2 else ENTER, line)
    while interview_words("en").ask_clear[:15] not in mi.screen:
        mi.pass_by()
    mi.send("n" + ENTER)
    assert mi.wait_for_exit() == 0
    assert f"mi --store {home / 'scratch'} session show last".replace(" ", "") in "".join(mi.text.split())
