"""The end of an interview at a terminal: going through what may be passed on is an offer, and saves or says why not."""

import errno
import io

import pytest

from mi_cli.errors import SaveFailed
from mi_cli.interview.actions import Action, End
from mi_cli.interview.recorder import Recorder
from mi_cli.store.records.json_store import JsonStore
from mi_cli.terminal.asking import LineReader
from mi_cli.terminal.closing import Closing, make_offers, share
from mi_cli.terminal.page import Screen
from mi_cli.words.interview import interview_words
from tests.conftest import Desk


def answers(*given: str | None) -> LineReader:
    """Somebody who gives these answers, one after the other."""
    left = iter(given)

    def read(question: str, *, hidden: bool = False) -> str | None:
        return next(left)

    return read


def shown(recorder: Recorder, *given: str | None, language: str = "en") -> str:
    out = io.StringIO()
    share(recorder, Screen(out, plain=True), interview_words(language), answers(*given))
    return out.getvalue()


@pytest.fixture
def ended(desk: Desk) -> Recorder:
    return desk.begin("said", "+d want", "? his father", "/goal Be there", "/end Ring.")


def agreed(desk: Desk) -> list[str]:
    return [item.words for item in desk.store.plan(desk.client).shared]


@pytest.mark.parametrize("answer", ["", None, "n", "no"])
def test_without_a_yes_nothing_is_shown_and_nothing_passed_on(desk: Desk, ended: Recorder, answer: str | None) -> None:
    assert shown(ended, answer) == ""
    assert agreed(desk) == []


@pytest.mark.parametrize(("language", "yes"), [("en", "y"), ("en", "Yes"), ("es", "s"), ("es", "sí")])
def test_what_is_chosen_is_in_the_plan_though_the_interview_is_closed(
    desk: Desk, ended: Recorder, language: str, yes: str
) -> None:
    text = shown(ended, yes, "3 4", "-3", "x", "99", "", language=language)
    assert "his father" in text
    assert "said" not in text
    assert agreed(desk) == ["Ring."]


def test_b_in_the_list_comes_back_to_the_offer_and_what_was_agreed_to_stays(desk: Desk, ended: Recorder) -> None:
    text = shown(ended, "b", "y", "3", "b", "y", "")
    title = interview_words("en").shareable_title
    assert (text.count(title), text.rpartition(title)[2].count("(in the plan)")) == (2, 1)
    assert agreed(desk) == ["his father"]


def test_nothing_is_asked_when_there_is_nothing_to_pass_on(desk: Desk) -> None:
    assert shown(desk.begin("said", "= seen", "/end")) == ""


def test_nothing_is_asked_when_all_of_it_is_in_the_plan(desk: Desk) -> None:
    assert shown(desk.begin("+d want", "/share 1", "/end")) == ""


@pytest.mark.parametrize("language", ["en", "es"])
def test_progress_lines_of_this_interview_are_offered_by_numbers_of_their_own(desk: Desk, language: str) -> None:
    recorder = desk.begin("/goal Be there", "/progress drove after ten beers", "/progress made it", "/end")
    text = shown(recorder, "y", "p2", "p1", "-p1", "p3", "", language=language)
    words = interview_words(language).plan
    assert "p1  " in text
    assert "“made it”" not in text  # the counselor's words, not the client's
    assert text.count(words.share_numbers) == 1  # for p3
    assert words.share_now.format(numbers="p1, p2") in text
    progress = desk.store.plan(desk.client).goals[0].progress
    assert [(line.words, line.shared is not None) for line in progress] == [
        ("drove after ten beers", False),
        ("made it", True),
    ]
    assert shown(desk.begin("hello", "/end")) == ""  # what an earlier interview left open is asked about only there


def test_a_full_disk_is_said_and_what_to_do_then(desk: Desk, ended: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise SaveFailed("The plan was not saved.") from OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(JsonStore, "change_plan", full)
    text = shown(ended, "y", "3")
    assert "mi goals share goes on with it." in text
    monkeypatch.undo()
    assert agreed(desk) == []


@pytest.mark.parametrize(
    ("lines", "given", "asked"),
    [
        (("/safety overdose", "+ want"), ["", "b", "", "", "y"], ["concern", "untyped", "concern", "untyped", "end"]),
        (("/safety overdose",), ["", "b", "", ""], ["concern", "end", "concern", "end"]),
        (("/safety overdose", "+ want"), ["", "1 d", "b", "", ""], ["concern", "untyped", "end", "concern", "end"]),
        (("said",), ["b", "b", ""], ["end", "end", "end"]),
    ],
    ids=["one after the other", "over what asks nothing", "over what is answered", "nothing before it"],
)
def test_b_goes_back_to_what_was_offered_before(
    desk: Desk, lines: tuple[str, ...], given: list[str], asked: list[str]
) -> None:
    recorder, words = desk.begin(*lines, "/goal Be there"), interview_words("en")
    names = {words.ask_concern[:20]: "concern", words.ask_untyped[:20]: "untyped", words.ask_end[:20]: "end"}
    questions, give = [], answers(*given)

    def ask(question: str, *, hidden: bool = False) -> str | None:
        questions.append(names[question[:20]])
        return give(question)

    def do(action: Action) -> None:
        recorder.apply(action)

    closing = Closing(recorder, Screen(io.StringIO(), plain=True), words, End(""), ask, do)
    assert make_offers(closing) is None
    assert questions == asked
    assert bool(recorder.state.session.open_concerns) is ("concern" in asked)  # `b` was not taken for what was done
