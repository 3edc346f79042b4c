"""A whole afternoon at a terminal, and the weeks after it: what is due on each day, and what deals with it."""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from tests.journeys.records import only
from tests.journeys.terminal import BAR, ENTER, Terminal, environment, program

At = Callable[..., Terminal]
FIRST = date(2026, 11, 23)
CONSENT = """
kind = "tpo"
patient_name = "Jo Example"
disclosers = ["A. Counselor"]
scope_text = "progress notes"
scope_categories = ["progress-notes"]
purpose_text = "treatment, payment and operations"
purpose_codes = ["TREAT", "HPAYMT", "HOPERAT"]
statements = ["revocation", "hipaa-redisclosure", "tpo-redisclosure", "tpo-refusal"]
revocation_method = "in writing to A. Counselor"
expiry = { on = 2027-01-10 }
signer = { name = "Jo Example", capacity = "client" }
signed_on = 2026-11-23
[[recipients]]
name = "A. Therapist"
organization = "Other House"
kind = "covered-entity"
"""


def time(days: int, hour: int = 15) -> str:
    return f"{FIRST + timedelta(days=days)}T{hour:02}:00"


class Desk:
    """A counselor's desk: commands at a terminal, on the day that is chosen."""

    def __init__(self, home: Path, at_terminal: At) -> None:
        self.home, self._at, self.day, self.hour = home, at_terminal, 0, 14
        (home / "config" / "mi").mkdir(parents=True)
        (home / "config" / "mi" / "config.toml").write_text('counselor = "A. Counselor"\ncredentials = "LCDC"\n')

    def mi(self, typed: str, *more: str) -> Terminal:
        arguments = re.findall(r"'[^']*'|\S+", typed.removeprefix("mi "))
        return self._at(*arguments, *more, columns=110, rows=50, now=time(self.day, self.hour))

    def run(self, *arguments: str, stdin: str = "") -> str:
        """Runs a command without a terminal on that day, and returns what it printed."""
        command = [sys.executable, *program(time(self.day, self.hour)), *arguments]
        env = environment(self.home)
        ran = subprocess.run(command, input=stdin, env=env, capture_output=True, encoding="utf-8", check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def done(self, typed: str, then: str) -> None:
        """Types a command that asks nothing, and looks for what it says."""
        mi = self.mi(typed)
        assert (mi.wait_for_exit(), then in mi.text.replace("\n", "")) == (0, True), mi.text  # a long path is broken

    def due(self, *days: int) -> dict[str, str]:
        """Returns what `mi today` shows at the terminal on these days, which must be the same, and each command."""
        found: list[dict[str, str]] = []
        for self.day in days:
            mi = self.mi("mi today")
            assert mi.wait_for_exit() == 0
            rows = [row for row in mi.text.splitlines() if " mi " in row]
            shown = {row.split("  ")[0]: row[row.index(" mi ") + 1 :].strip() for row in rows}
            assert len(shown) == len(rows)
            found.append(shown)
        assert all(set(each) == set(found[0]) for each in found)
        return found[-1]


def answer(mi: Terminal, text: str, then: str) -> None:
    """Answers a question, and waits for what comes after it, since the echo may be anywhere."""
    seen = mi.text.count(then)
    mi.send(text + ENTER)
    mi.wait_until(lambda: mi.text.count(then) > seen, repr(then))


SAFETY, NOTE, REVIEW = "safety concern open", "note not signed", "goal to look at again"
STEP, APPOINTMENT, ENDS = "step whose day has passed", "appointment today", "consent ends"
BACK, NOT_SEEN = "consent taken back, and somebody has the document", "not seen, and no contact"
PAUSED, BACKUP = "interview not closed", "no backup in the last week"


def test_an_afternoon_and_the_weeks_after_it(home: Path, at_terminal: At) -> None:
    desk = Desk(home, at_terminal)
    desk.run("store", "init", "--unprotected")
    desk.run("store", "backup", str(home / "backup-0"))

    # The interview, with a safety concern that is left open, and another one that is only paused.
    mi = desk.mi("mi start J-014", "--new")
    mi.wait_for(BAR)
    lines = [
        "+d I want to be there for breakfast",
        "Zwetschge said",
        ">r You want to be there",
        "/confidence 4",
        "/next",
    ]
    for line in (
        *lines,
        "/goal Be at Saturday breakfast",
        "/step Ring Ana @ tomorrow",
        "/review 2w",
        "/safety overdose",
    ):
        mi.say(line)
    answer(mi, "/end", "leaves it open:")
    answer(mi, "", "n goes back:")
    answer(mi, "", "y/N:")
    answer(mi, "", "n does not:")
    mi.send("n" + ENTER)
    assert mi.wait_for_exit() == 0
    assert "Closed: " in mi.text
    desk.run("client", "facts", "J-014", "appointment", "-", stdin="2026-11-30\n")
    desk.run("session", "start", "K-200", "--new", stdin="words\n")
    (home / "consent.toml").write_text(CONSENT, encoding="utf-8")
    desk.run("consent", "add", "J-014", "--from", str(home / "consent.toml"))

    desk.hour = 15
    due = desk.due(0)
    assert set(due) == {SAFETY, PAUSED}
    mi = desk.mi(due[SAFETY])
    mi.wait_for("who was told?")
    mi.send("The nurse was told." + ENTER)
    assert mi.wait_for_exit() == 0
    assert set(desk.due(0)) == {PAUSED}
    mi = desk.mi(due[PAUSED])
    mi.wait_for(BAR)
    answer(mi, "/end", "n does not:")
    mi.send("n" + ENTER)
    assert mi.wait_for_exit() == 0

    # The note: a line is picked, one blank is filled in, and it is left for tomorrow.
    mi = desk.mi("mi note write J-014")
    mi.wait_for("Where was it?")
    answer(mi, "office", "Who was present?")
    answer(mi, "client alone", "What was done in this interview?")
    answer(mi, "1", "What was done in this interview?")
    answer(mi, "", "Which goals was it about?")
    answer(mi, "", "Which lines of the interview")
    answer(mi, "1", "Which lines of the interview")
    answer(mi, "", "Use since the last visit")
    answer(mi, "", "Assessment:")
    answer(mi, "Ready for a first step.", "Medical necessity:")
    for label in ("Diagnosis", "Mental status", "Functional status", "Prognosis", "Risk", "Test results"):
        answer(mi, "", f"{label}:")
    answer(mi, "", "Next appointment:")
    answer(mi, "30 November", "Referrals:")
    answer(mi, "", "The draft is kept.")
    assert mi.wait_for_exit() == 0
    assert set(desk.due(0)) == {NOTE}

    # The next day it is signed, and something is added.
    due = desk.due(1)
    assert set(due) == {NOTE}
    mi = desk.mi(due[NOTE])
    mi.wait_for("Sign this note?")
    mi.send("y" + ENTER)
    assert mi.wait_for_exit() == 0
    assert desk.due(1) == {}
    mi = desk.mi("mi note amend last --kind addendum --reason remembered")
    mi.wait_for("What do you want to add?")
    mi.send("She rang at six." + ENTER)
    assert mi.wait_for_exit() == 0
    shown = desk.run("note", "show")
    assert "Addendum, November 24, 2026" in shown
    assert "[clinician: diagnosis]" in shown
    assert "I want to be there for breakfast" in shown
    note = only(home, "clients/*/progress-notes/*.json")
    assert "Zwetschge" not in shown + str(note)
    assert note["written_at"][:10] < note["signed"]["at"][:10] == note["amendments"][0]["at"][:10]
    passed = desk.run("note", "show", "--to", "A. Therapist", "-o", str(home / "note.md"))
    assert "A. Therapist" in passed

    # The step's day passes, a visit is missed, the plan is looked at again.
    due = desk.due(2)
    assert set(due) == {STEP}
    mi = desk.mi(due[STEP])
    mi.wait_for("Ring Ana @ tomorrow")
    mi.wait_for("What became of it?")
    assert only(home, "clients/*/plan.json")["goals"][0]["steps"][0]["status"] == "open"
    answer(mi, "", "Nothing was changed.")
    assert mi.wait_for_exit() == 0
    assert set(desk.due(2)) == {STEP}
    mi = desk.mi(due[STEP])
    mi.wait_for("What became of it?")
    answer(mi, "3", "How did it go?")
    answer(mi, "He was away", "saved step")
    assert mi.wait_for_exit() == 0
    [step] = only(home, "clients/*/plan.json")["goals"][0]["steps"]
    assert (step["status"], step["outcome"], step["on"]) == ("not", "He was away", "2026-11-25")
    assert desk.due(3) == {}
    due = desk.due(7)
    assert set(due) == {APPOINTMENT, BACKUP}
    mi = desk.mi("mi contact add J-014")
    mi.wait_for("Type a number:")
    answer(mi, "1", "What belongs in the record")
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    assert "Noted for J-014: visit not kept, November 30, 2026." in mi.text
    desk.done(due[BACKUP].replace("FILE", str(home / "backup-7")), "backup-7")
    assert desk.due(8, 13) == {}
    due = desk.due(14)
    assert set(due) == {REVIEW}
    mi = desk.mi(due[REVIEW])
    mi.wait_for("December 7, 2026")
    mi.send("\x15" + "12w" + ENTER)
    assert mi.wait_for_exit() == 0
    desk.run("store", "backup", str(home / "backup-14"))
    assert set(desk.due(14)) == set()

    # The consent ends within 30 days, and is taken back while somebody has the note. Then nobody comes for long.
    due = desk.due(18)
    assert set(due) == {ENDS}
    assert due[ENDS] == "mi consent add J-014"
    consent = only(home, "clients/*/consents/*.json")["id"]
    mi = desk.mi(f"mi consent revoke {consent}")
    mi.wait_for("Take it back, from now on?")
    answer(mi, "y", "How did the client take it back?")
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    due = desk.due(18)
    assert set(due) == {BACK}
    desk.done(due[BACK], "A. Therapist")
    desk.run("contact", "add", "K-200", "-", "--kind", "phone", stdin="Moved away.\n")
    desk.day = 36
    desk.run("store", "backup", str(home / "backup-36"))
    due = desk.due(37)
    assert set(due) == {NOT_SEEN, BACK}
    mi = desk.mi(due[NOT_SEEN])
    mi.wait_for("Type a number:")
    answer(mi, "3", "What belongs in the record")
    answer(mi, "She comes on Monday.", "Anything else?")
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    assert set(desk.due(37)) == {BACK}
    assert "Consents taken back while somebody has the document: 1" in desk.run()
