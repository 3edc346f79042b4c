"""The questions of `mi note write`: what the record does not know of an interview.

Three rules hold. Every question can be passed over with Enter, and `b` goes back to the one before. Every answer is
saved as soon as it is given (`change`), and while it is typed it is kept in the draft (`ProgressNote.typing`):
whoever was stopped in the middle of one comes back to it, with the words in the line. And nothing is claimed for the
counselor: a technique is ticked, a line of the interview is picked, a blank is filled in, or it is not.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

from mi_cli.errors import MiError
from mi_cli.insight.progress_note import compose
from mi_cli.insight.progress_note.facts import NoteFacts, Picked
from mi_cli.insight.progress_note.formats import NoteFormat
from mi_cli.records.answers import number_from
from mi_cli.records.progress_note import HalfTyped, NoteSection, ProgressNote
from mi_cli.records.terms import Technique
from mi_cli.terminal.asking import GoBack, KeepingReader, ask_in_turn
from mi_cli.terminal.page import BLANK, Line, Role, Screen
from mi_cli.words.note.model import NoteWords

_BACK: Final = "b"
_CLEAR: Final = "-"
Change = Callable[[ProgressNote], ProgressNote]


Question = Callable[["NoteDialog", ProgressNote], ProgressNote]


@dataclass
class NoteDialog:
    """A draft, and the terminal. `save` changes the draft, saves it, and returns it as it then is.

    `asked` is the name of the question that is being asked, `typing` the half-typed answer that is on the disk, and
    `begun` the one that was left there before, until it is put into its line.
    """

    screen: Screen
    read: KeepingReader
    words: NoteWords
    form: NoteFormat
    facts: NoteFacts
    lines: tuple[Picked, ...]
    save: Callable[[Change], ProgressNote]
    asked: str = ""
    typing: HalfTyped | None = None
    begun: HalfTyped | None = None

    def ask(self, question: str, *below: str) -> str:
        """Asks, and returns the answer; it is empty for Enter. Raises GoBack."""
        begun = self.begun.line if self.begun and self.begun.question == self.asked else ""
        self.begun = None
        dim = [Line(text, Role.DIM, "   ") for text in (*below, self.words.begun_before if begun else "") if text]
        self.screen.show([BLANK, Line(question, Role.SAY, "   "), *dim])
        answer = self.read("> " if self.screen.plain else "› ", begun, self._keep)
        if answer.lower() == _BACK:
            self._keep("")
            raise GoBack
        if not answer:
            self._keep("")
        return answer

    def change(self, change: Change) -> ProgressNote:
        """Changes the draft by an answer, which is no longer half typed."""
        changed = self.save(lambda draft: change(draft).replace(typing=None))
        self.typing = None
        return changed

    def _keep(self, line: str) -> None:
        """Keeps a half-typed answer. One that cannot be saved may be with the next key; the whole answer says so."""
        typing = HalfTyped(question=self.asked, line=line) if line else None
        if typing != self.typing:
            with suppress(MiError):
                self.save(lambda draft: draft.replace(typing=typing))
                self.typing = typing


def ask_note(dialog: NoteDialog, note: ProgressNote) -> ProgressNote:
    """Asks every question, and returns the draft as it then is. Raises what `change` and the asker raise."""
    questions: list[tuple[str, Question]] = [("place", _place), ("present", _present), ("done", _techniques)]
    questions += [("goals", _goals)] if dialog.facts.plan.goals else []
    questions += [("lines", _lines)] if dialog.lines else []
    questions += [(f"blank:{section.key}", _blank(section)) for section in compose.blanks_of(note)]
    dialog.screen.show([BLANK, Line(dialog.words.how, Role.DIM, " ")])
    dialog.typing = dialog.begun = note.typing
    names = [name for name, _ in questions]

    def ask(name: str, question: Question) -> None:
        nonlocal note
        dialog.asked = name
        note = question(dialog, note)

    at = names.index(note.typing.question) if note.typing and note.typing.question in names else 0
    ask_in_turn([partial(ask, *each) for each in questions], at)
    return note


def _place(dialog: NoteDialog, note: ProgressNote) -> ProgressNote:
    return _field(dialog, note, "place", dialog.words.ask_place, note.place)


def _present(dialog: NoteDialog, note: ProgressNote) -> ProgressNote:
    return _field(dialog, note, "present", dialog.words.ask_present, note.present)


def _field(dialog: NoteDialog, note: ProgressNote, field: str, question: str, present: str | None) -> ProgressNote:
    answer = dialog.ask(question, *_standing(dialog.words, present))
    if not answer:
        return note
    return dialog.change(lambda draft: draft.replace(**{field: None if answer == _CLEAR else answer}))


def _techniques(dialog: NoteDialog, note: ProgressNote) -> ProgressNote:
    marked = compose.marked_in(note)
    choices = [technique for technique in Technique if technique not in marked]

    def toggle(draft: ProgressNote, chosen: int, *, into: bool) -> ProgressNote:
        ticked = set(compose.ticked_in(draft))
        ticked = ticked | {choices[chosen]} if into else ticked - {choices[chosen]}
        return compose.with_ticked(draft, ticked, dialog.form, dialog.words)

    names = [dialog.words.techniques[each] for each in choices]
    return _numbers(
        dialog,
        note,
        dialog.words.ask_techniques,
        dict(enumerate(names, 1)),
        lambda draft: {choices.index(each) + 1 for each in compose.ticked_in(draft) if each in choices},
        lambda draft, n, into: toggle(draft, n - 1, into=into),
    )


def _goals(dialog: NoteDialog, note: ProgressNote) -> ProgressNote:
    goals = [goal for goal in dialog.facts.plan.goals if goal in dialog.facts.plan.active or goal.id in note.goals]

    def toggle(draft: ProgressNote, n: int, into: bool) -> ProgressNote:  # as the others
        chosen = goals[n - 1].id
        others = tuple(goal for goal in draft.goals if goal != chosen)
        changed = draft.replace(goals=(*others, chosen) if into else others)
        return compose.refreshed(changed, dialog.facts, dialog.form, dialog.words)

    return _numbers(
        dialog,
        note,
        dialog.words.ask_goals,
        {n: f"{compose.OPEN}{goal.words}{compose.CLOSE}" for n, goal in enumerate(goals, 1)},
        lambda draft: {n for n, goal in enumerate(goals, 1) if goal.id in draft.goals},
        toggle,
    )


def _lines(dialog: NoteDialog, note: ProgressNote) -> ProgressNote:
    lines = {line.n: line for line in dialog.lines}

    def toggle(draft: ProgressNote, n: int, into: bool) -> ProgressNote:  # as the others
        return compose.pick(draft, lines[n], dialog.form) if into else compose.unpick(draft, n)

    return _numbers(
        dialog,
        note,
        dialog.words.ask_lines,
        {n: line.words for n, line in lines.items()},
        lambda draft: compose.picked_in(draft) & set(lines),
        toggle,
        above=dialog.words.moves,
    )


def _blank(section: NoteSection) -> Question:
    def ask(dialog: NoteDialog, note: ProgressNote) -> ProgressNote:
        present = next(each for each in note.sections if each.key == section.key)
        standing = " / ".join(line.text for line in present.lines or ())
        question = dialog.words.ask_blank.format(blank=f"{section.label[:1].upper()}{section.label[1:]}")
        answer = dialog.ask(question, dialog.words.clinician_only, *_standing(dialog.words, standing))
        if not answer:
            return note
        return dialog.change(lambda draft: compose.with_blank(draft, section.key, None if answer == _CLEAR else answer))

    return ask


def _numbers(
    dialog: NoteDialog,
    note: ProgressNote,
    question: str,
    choices: dict[int, str],
    chosen: Callable[[ProgressNote], set[int]],
    toggle: Callable[[ProgressNote, int, bool], ProgressNote],
    *,
    above: str = "",
) -> ProgressNote:
    """Asks for numbers of a list until Enter: `3` takes 3 in, `-3` takes it out. Each answer is saved at once."""
    while True:
        inside = chosen(note)
        rows = [
            Line(text, lead=f" {n:>4}  ", title=f"({dialog.words.in_the_note})" if n in inside else "")
            for n, text in choices.items()
        ]
        dialog.screen.show([BLANK, *rows])
        answer = dialog.ask(question, above, dialog.words.number_hint)
        if not answer:
            return note
        wanted = _wanted(answer, choices)
        if wanted is None:
            dialog.screen.show([Line(dialog.words.no_such_number, Role.WARN, " ")])
            continue
        note = dialog.change(lambda draft, wanted=wanted: _all(draft, wanted, toggle))  # type: ignore[misc]


def _all(
    draft: ProgressNote, wanted: Sequence[tuple[int, bool]], toggle: Callable[[ProgressNote, int, bool], ProgressNote]
) -> ProgressNote:
    for n, into in wanted:
        draft = toggle(draft, n, into)
    return draft


def _wanted(answer: str, choices: dict[int, str]) -> list[tuple[int, bool]] | None:
    """Returns the numbers that were typed, and whether each is taken in; None if one of them is none of the list."""
    wanted = []
    for word in answer.replace(",", " ").split():
        number = number_from(word.removeprefix("-"))
        if number is None or number not in choices:
            return None
        wanted.append((number, not word.startswith("-")))
    return wanted


def _standing(words: NoteWords, present: str | None) -> tuple[str, ...]:
    return (words.present_is.format(value=present), words.enter_or_clear) if present else (words.enter_leaves,)
