"""In every series of questions `b` asks the one before again."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext

import pytest

from mi_cli.cli.context import Context
from tests.conftest import Ran

Mi = Callable[..., Ran]


# What is typed, the answers before, the two questions, and what is answered to the first.
SERIES = {
    "goals add J-014": (["Sleep", ""], "How important is it", "What is a step you could take", "7"),
    "goals plan J-014": ([], "most important reasons", "How important is it", ""),
    "goals edit J-014": ([], "Enter to leave", "Enter keeps", "1"),
    "goals edit J-014 1": (["4"], "who: the new text", "how: the new text", "Ana"),
    "client facts J-014 mandate": ([], "Who sent", "What is reported", "The court"),
    "client facts J-014 target": (["Drinking"], "Which substance", "How is it taken", "beer"),
    "client edit J-014 --name": ([], "Name:", "Family name", "Ana Example"),
    "contact add J-014": ([], "What was it?", "What belongs in the record", "5"),
    "contact add J-014 --kind missed": ([], "What belongs in the record", "Anything else?", "rang twice"),
    "contact add J-014 --kind return": ([], "What was worked on", "What has changed?", "she was seen"),
    "note write J-014": ([], "Where was it?", "Who was present?", "the office"),
    "consent add J-014": ([], "The client's name", "birth date", "Ana Example"),
}


@pytest.fixture
def asked(
    mi: Mi, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[[str, Sequence[str]], list[str]]:
    """Gives a function that runs a command for somebody with these answers, and returns what each answers."""
    assert mi("session", "start", "J-014", lines="/goal Be home\n/support Ana: a ride\n/end\n").code == 0

    def run(typed: str, answers: Sequence[str]) -> list[str]:
        left, questions = list(answers), []

        def read(question: str, *, hidden: bool = False) -> str:
            questions.append(" ".join((capfd.readouterr().out + question).split()))
            return left.pop(0)

        with monkeypatch.context() as patched:
            patched.setattr(Context, "interactive", True)
            patched.setattr(Context, "line_reader", lambda *_arguments, **_options: read)
            patched.setattr(Context, "keeping_reader", lambda _context: lambda question, *_: read(question))
            for module in ("client_plan", "client_facts", "contact", "note_writing"):
                patched.setattr(f"mi_cli.cli.{module}.without_echo", nullcontext)
            ran = mi(*typed.split())
        assert questions, ran.err
        return questions

    return run


@pytest.mark.parametrize(("typed", "series"), SERIES.items(), ids=SERIES)
def test_b_asks_the_question_before_again(
    asked: Callable[[str, Sequence[str]], list[str]], typed: str, series: tuple[list[str], str, str, str]
) -> None:
    before, first, second, answer = series
    questions = asked(typed, [*before, answer, "b", answer, *[""] * 60])[len(before) : len(before) + 4]
    assert len(questions) == 4
    for question, text, other in zip(questions, (first, second) * 2, (second, first) * 2, strict=True):
        assert text in question
        assert other not in question
