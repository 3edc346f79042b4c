"""What the commands within an interview show, when the lines come from a pipe."""

from collections.abc import Callable

import pytest

from tests.conftest import Ran

Mi = Callable[..., Ran]


@pytest.mark.parametrize(
    ("line", "shows"),
    [
        ("/checks", "Ask yourself"),
        ("/prompts", "What brings you here today?"),
        ("/entries", "change talk, desire: want"),
        ("/goal", "“Be there”  (in hand)"),
        ("/share", "“want”  (change talk, desire, in the plan)"),
        ("/stage", "/evoking"),
        ("/help", "/importance 7 words"),
        ("/help share", "the client agrees"),
        ("/help sh", "the client agrees"),
        ("/help nothing", "There is no help on that"),
        ("/safety", "988"),
        ("/recap", "marks: 1; sustain talk: 1"),
        ("/mark 1 +n", "saved 1, now change talk, need"),
        ("/goal #1", "goal 1 in hand"),
        ("/safety overdose naloxone given", "noted: overdose, open"),
        ("/undo", "taken back"),
    ],
)
def test_a_command_shows(mi: Mi, line: str, shows: str) -> None:
    mi("store", "init", "--unprotected")
    lines = "+d want\n-\n+\n! kind\n/value son\n/goal Be there\n/step ring @ noon\n/barrier a -> b\n"
    lines += f"/review 4w\n/progress rang\n/share 1\n{line}\n"
    ran = mi("session", "start", "J-014", lines=lines)
    assert ran.code == 0
    assert shows in ran.out
    assert "\x1b" not in ran.out


def test_before_anything_is_said(mi: Mi) -> None:
    mi("store", "init", "--unprotected")
    out = mi(
        "session", "start", lines="/entries\n/goal\n/share\n/recap\n/undo\n/safety suicide told A\n/safety done seen\n"
    ).out
    for text in (
        "Nothing is kept yet.",
        "There is no goal yet.",
        "Nothing yet that could",
        "No change talk",
        "dealt with",
    ):
        assert text in out
