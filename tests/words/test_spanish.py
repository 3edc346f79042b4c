"""A whole interview in Spanish, with everything in it that the companion answers: no word of it is English."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from mi_cli.interview.commands import commands
from mi_cli.interview.marks import ALL_MARKS
from mi_cli.prompts.load import load
from mi_cli.records.terms import Stage
from mi_cli.words.interview import interview_words
from tests.conftest import Ran
from tests.words.subjects import texts

Mi = Callable[..., Ran]

# What the client says is made of letters that are a word in neither language.
LINES: Final = (
    "", "", "/back", "zzz", "+ zzz", "+d zzz", "-r zzz", "+", "-", "= zzz", "! zzz", "? zzz", "~ zzz", "~",
    "/stage", "/focusing", "", "/focus zzz", "/agenda zzz", "/value zzz", "/trigger zzz",
    "/evoking", "", "/prompts", "/use 2", "/checks", "/importance 0", "zzz", "zzz",
    "/confidence 4 zzz", "", "/readiness 10",
    "/recap", "/entries", "/mark 2 +n", "/edit 2 zzz", "/undo", "/note", "zzz", ".", "/note zzz", ".",
    "/planning", "", "/step zzz", "/goal", "/goal zzz", "/goal zzz zzz", "/goal #1",
    "/reason zzz", "/step zzz @ zzz", "/support zzz: zzz", "/barrier zzz -> zzz", "/sign zzz", "/review 4w",
    "/progress zzz", "/goal", "/share", "/share 3 6", "/safety", "/safety overdose zzz", "/safety done zzz", "/help",
    # mistakes
    "/", "/zzz", "/p", "/step", "/next zzz", "/stage zzz", "/importance 11", "/review zzz", "/use 99", "/edit 99 zzz",
    "/goal #9", "/share zzz", "/mark 3 zzz", "/share 1", "/mark 6 +d", "/safety zzz", "/safety done", "/help zzz",
    "= ", "/goal #2",
    *(f"/help {name}" for name in (*commands(), *ALL_MARKS)),
    *("" for _ in range(60)),
    "/end zzz", "zzz",
)  # fmt: skip


def vocabulary(texts: Iterator[str]) -> set[str]:
    """The words, but for what is typed (`/next`, `+need`) and what is filled in."""
    return {
        word
        for text in texts
        for word in re.findall(r"[^\W\d_]+", re.sub(r"[/{+][\w-]*|mi(?: \w+)+", " ", text).lower())
        if len(word) > 1
    }


def spoken(language: str) -> set[str]:
    """Every word of the companion and of its prompt set in that language."""
    prompts = load(language, None)
    card = prompts.safety
    said = [
        *(text for _, text in texts(interview_words(language))),
        *(part for pair in interview_words(language).guide_example_lines for part in pair),
        *(text for guide in prompts.stages.values()
          for text in (guide.aim, *guide.checks, *guide.traps, *guide.move_on)),
        *(sign.sign for guide in prompts.stages.values() for sign in guide.go_back),
        *(text for guide in prompts.stages.values() for prompt in guide.prompts
          for text in (prompt.say, prompt.listen_for, prompt.note)),
        card.title, *card.lead, card.contacts_none, card.limits,
        *(f"{line.country} {line.name} {line.reach}" for line in card.lines),
        *(text for concern in card.concerns for text in (concern.title, *concern.do)),
    ]  # fmt: skip
    return vocabulary(iter(said))


def test_no_english_word_is_said_in_a_spanish_interview(mi: Mi) -> None:
    mi("store", "init", "--unprotected")
    only_english = spoken("en") - spoken("es") - {*commands(), *(stage.value for stage in Stage)}
    assert len(only_english) > 500
    assert {"saved", "line", "there", "first"} <= only_english
    ran = mi("session", "start", "J-014", "--lang", "es", lines="\n".join(LINES).encode() + b"\nzzz \xff\n")
    again = mi("session", "start", "J-014", "--lang", "es", lines=b"zzz \xff\n/goal #1\n/progress zzz\n")
    record = re.sub(r"[a-z]+(-[a-z]+)* ·|counselor", "", mi("session", "show", "last").out)  # a prompt's id, a login
    shown = [ran.out, ran.err, again.out, again.err, mi("session", "recap", "last").out, record]
    assert ran.code == 1
    assert "línea 6" in ran.err
    assert vocabulary(iter(shown)) & only_english == set()
    assert all(text.strip() for text in shown)


def test_the_same_interview_in_english_is_full_of_them(mi: Mi) -> None:
    mi("store", "init", "--unprotected")
    ran = mi("session", "start", "J-014", "--lang", "en", lines="\n".join(LINES))
    assert len(vocabulary(iter([ran.out, ran.err])) & (spoken("en") - spoken("es"))) > 300
