"""Somebody without a key swaps or puts back what is a client's: nothing goes out that is another's, or was taken away.

Each record that a handoff, or a note for somebody outside, may be made of is put back as it was, or stands in the place
of another client's. It holds in a plain store and in a protected one.
"""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from mi_cli.records.terms import Category
from tests.builders import PASSPHRASE
from tests.conftest import TESTS, Ran

THERAPIST: Final = "A. Therapist"
KINDS: Final = (
    "sessions", "deleted", "notes", "contacts", "progress-notes", "consents", "disclosures", "plan.json", "facts.json",
    "identity.json", "client.json", "ledger.json",
)  # fmt: skip
CORRECTS: Final = ("session", "times", "--reason", "the clock", "--start", "2026-11-20T14:00")
INTERVIEW: Final = """+d {word} one
/goal {word} goal
/step {word} step
/importance @{word} 7
/fact medicines {word} drops
! {word} strong
/share
/end
"""


@dataclass(frozen=True)
class Attacked:
    """A store with two clients, of whom a handoff and a note may go out; `before` is an earlier copy of its folder."""

    mi: Callable[..., Ran]
    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "store"

    @property
    def before(self) -> Path:
        return self.folder / "before"

    def done(self, *arguments: str, lines: str = "") -> Ran:
        """Runs a command, which does what it is to do."""
        ran = self.mi(*arguments, lines=lines)
        assert ran.code == 0, (arguments, ran)
        return ran

    def interview(self, code: str, word: str) -> str:
        """Holds an interview; returns its id."""
        return self.began(code, INTERVIEW.format(word=word))

    def began(self, code: str, lines: str) -> str:
        """Begins an interview with these lines; returns its id. Several of one second have no order in a list."""
        [id_] = re.findall(r"mi session (?:show|resume) (\w+)", self.done("session", "start", code, lines=lines).out)
        return str(id_)

    def sessions(self, code: str) -> list[Path]:
        """The interviews of a client, newest first."""
        return sorted((self.home(code) / "sessions").iterdir(), reverse=True)

    def home(self, code: str, root: Path | None = None) -> Path:
        """The folder of a client."""
        return (root or self.root) / "clients" / self.ids[code]

    @property
    def ids(self) -> dict[str, str]:
        homes = (json.loads(path.read_bytes()) for path in (self.folder / "ids").iterdir())
        return {home["code"]: home["id"] for home in homes}

    def passed_on(self) -> list[str | None]:
        """Passes on the handoff and the note of J-014; returns what is in each, null for one that is refused."""
        found: list[str | None] = []
        for command in (("goals", "export", "J-014"), ("note", "show", "J-014")):
            target = self.folder / "out.md"
            target.unlink(missing_ok=True)
            ran = self.mi(*command, "--to", THERAPIST, "-o", str(target), "--yes")
            assert "fault of its own" not in ran.err, ran
            assert target.exists() is (ran.code == 0), ran
            found.append(target.read_text(encoding="utf-8") if ran.code == 0 else None)
        return found


@pytest.fixture(params=["plain", "protected"])
def attacked(
    request: pytest.FixtureRequest, mi: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Attacked:
    """A store of either kind. Of J-014 an interview was deleted, another was moved, and the note got a correction."""
    if request.param == "protected":
        (tmp_path / "passphrase").write_text(PASSPHRASE)
        monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    made = Attacked(mi, tmp_path)
    for key, value in (("program.name", "Invented Program"), ("counselor", "A. Counselor"), ("credentials", "LCDC")):
        made.done("config", "set", key, value)
    made.done("store", "init", *(["--unprotected"] if request.param == "plain" else []))
    consent = (TESTS / "stores" / "consent.toml").read_text(encoding="utf-8")
    consent = consent.replace('["goal-plan", "readings"]', json.dumps(list(Category)))
    (tmp_path / "ids").mkdir()
    known: set[str] = set()
    stays = ""
    for code, word in (("K-020", "Mirabelle"), ("J-014", "Zwetschge")):
        stays = made.interview(code, word)
        (home,) = {path.name for path in (made.root / "clients").iterdir()} - known
        known.add(home)
        (tmp_path / "ids" / code).write_text(json.dumps({"code": code, "id": home}))
        made.done("note", "write", code)
        made.done("note", "sign", code, "--yes")
        made.done("consent", "add", code, "--from", "-", lines=consent)
        made.done("contact", "add", code, "--kind", "phone", "-", lines=f"{word} called\n")
    deleted, moved = (made.interview("J-014", "Quitte") for _ in range(2))
    made.done("client", "facts", "J-014", "medicines", "-", lines="Quitte drops\n")
    shutil.copytree(made.root, made.before)
    made.done("store", "backup", str(tmp_path / "a.backup"))
    made.done("session", "delete", deleted, "--yes")
    made.done(*CORRECTS, stays, "--end", "2026-11-20T14:45")
    for code in ("K-020", "J-014", "K-020"):
        made.done("session", "move", moved, code)
    made.done("client", "facts", "J-014", "medicines", "-", lines="Reineclaude drops\n")
    made.done(
        "note", "amend", "J-014", "--kind", "correction", "--reason", "an error", "-", lines="Reineclaude is so\n"
    )
    assert len(made.sessions("J-014")) == 1
    for goal in made.done("goals", "show", "J-014", "--json").json["goals"]:
        if "Quitte" in goal["words"]:
            made.done("goals", "drop", "J-014", goal["id"], "--yes")
    assert None not in made.passed_on()
    return made


def _put_back(attacked: Attacked, kind: str) -> None:
    """All of that kind is as it was in the copy, and what was taken away since is there again."""
    place, copied = attacked.home("J-014") / kind, attacked.home("J-014", attacked.before) / kind
    if copied.is_dir():
        shutil.copytree(copied, place, dirs_exist_ok=True)
    elif copied.exists():
        shutil.copyfile(copied, place)


def _swap(attacked: Attacked, kind: str) -> None:
    """What is one client's stands in the place of the other's, and says that it is theirs where no key is needed."""
    here, there = (attacked.home(code) / kind for code in ("J-014", "K-020"))
    if here.exists() and there.exists():
        third = attacked.folder / "third"
        for one, other in ((here, third), (there, here), (third, there)):
            one.rename(other)
    for code, another in (("J-014", "K-020"), ("K-020", "J-014")):
        place = attacked.home(code) / kind
        for path in [place] if place.is_file() else place.glob("*"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(attacked.ids[another], attacked.ids[code]), encoding="utf-8")


def _tells(document: str | None) -> set[str]:
    """Returns the lines of a document, but for those that say of what nothing was passed on."""
    lines = (document or "").splitlines()
    return {
        line for line in lines if re.search("Zwetschge|Quitte|Mirabelle|Reineclaude|[|].*[0-9]{4}|correction", line)
    }


@pytest.mark.parametrize("attack", [_put_back, _swap])
def test_what_goes_out_is_what_the_counselor_left_or_nothing(
    attacked: Attacked, attack: Callable[[Attacked, str], None]
) -> None:
    sound = attacked.passed_on()
    assert None not in sound
    kept = attacked.folder / "kept"
    for name in ("store", "state"):
        shutil.copytree(attacked.folder / name, kept / name)
    refused = set()
    for kind in KINDS:
        attack(attacked, kind)
        for was, goes in zip(sound, attacked.passed_on(), strict=True):
            assert _tells(goes) <= _tells(was), (attack, kind, goes)  # what cannot be read goes into none
            assert "# Progress note" not in str(was) or goes in (None, was), (attack, kind, goes)
            refused |= {kind} if goes is None else set()
        for command in (("store", "check", "--repair"), ("store", "check", "--confirm", "--yes"), ("note", "list")):
            assert attacked.mi(*command).code in (0, 1, 4, 5), kind
        for name in ("store", "state"):
            shutil.rmtree(attacked.folder / name)
            shutil.copytree(kept / name, attacked.folder / name)
    assert attacked.passed_on() == sound
    assert refused >= {"plan.json", "progress-notes"}
    if attack is _put_back:
        assert refused >= {"sessions", "facts.json"}


def test_a_backup_from_before_brings_nothing_back_that_was_taken_away(
    attacked: Attacked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Into a new folder, on a new computer, and into the store itself."""
    was = attacked.passed_on()
    state = attacked.folder / "state"
    for store, memory, *options in (("new", state), ("newer", "new state"), ("store", state, "--replace-newer")):
        monkeypatch.setenv("MI_STORE", str(attacked.folder / store))
        monkeypatch.setenv("XDG_STATE_HOME", str(attacked.folder / memory))
        attacked.done("store", "restore", str(attacked.folder / "a.backup"), "--yes", *map(str, options))
        for sound, goes in zip(was, attacked.passed_on(), strict=True):
            assert goes in (None, sound), (store, goes)


def test_what_the_counselor_brings_back_goes_out(attacked: Attacked) -> None:
    (item,) = attacked.done("store", "trash", "list", "--json").json["items"]
    attacked.done("store", "trash", "restore", item["id"])
    moved = attacked.done("session", "list", "K-020", "--limit", "1", "--json").json["items"][0]["id"]
    attacked.done("session", "move", moved, "J-014")
    handoff, _ = attacked.passed_on()
    assert handoff
    assert len(re.findall(r"^[|] .*[0-9]{4}.* [|] [0-9]+ [|] engaging [|]$", handoff, re.MULTILINE)) == 3


def test_what_was_made_of_an_earlier_record_goes_out_only_once_it_is_confirmed(attacked: Attacked) -> None:
    (interview,) = attacked.sessions("J-014")
    for kind, command, words in (
        ("progress-notes", ("note", "amend", "J-014", "--kind", "addendum", "--reason", "left out", "-"), "Another"),
        ("facts.json", ("client", "facts", "J-014", "medicines", "-"), "Other drops"),
        (f"sessions/{interview.name}", (*CORRECTS, interview.stem[-8:], "--end"), "2026-11-20T14:30"),
    ):
        _put_back(attacked, kind)
        for minute in ("1", "2"):  # it is then newer than the log knew it
            given = (words[:-1] + minute,) if command[-1] == "--end" else ()
            attacked.done(*command, *given, lines=f"{words}\n")
        assert attacked.passed_on() == [None, None], kind
        attacked.done("store", "check", "--confirm", "--yes")
        assert None not in attacked.passed_on(), kind


@pytest.mark.parametrize("kind", ["sessions", "facts.json", "plan.json"])
def test_what_is_gone_is_missed(attacked: Attacked, kind: str) -> None:
    """A document without it would keep back what stands in it, such as a safety concern."""
    place = attacked.home("J-014") / kind
    lost = place if place.is_file() else attacked.sessions("J-014")[0]
    original = lost.read_bytes()
    lost.unlink()
    assert attacked.passed_on() == [None, None]
    attacked.done("store", "check", "--confirm", "--yes")
    assert attacked.passed_on()[0]
    lost.write_bytes(original)  # what comes back then is nothing that the counselor left
    assert attacked.passed_on()[0] is None


@pytest.mark.parametrize("kind", ["sessions", "notes"])
@pytest.mark.parametrize("knows", [True, False])
def test_an_earlier_interview_is_noticed_when_it_is_resumed(attacked: Attacked, kind: str, knows: bool) -> None:
    """It goes on all the same. `knows` is whether this computer remembers the store."""
    paused = attacked.began("J-014", "+ Quitte\n/importance 7\n")
    (earlier,) = (attacked.home("J-014") / kind).glob(f"*-{paused}.json")
    before = earlier.read_bytes()
    assert None not in attacked.passed_on()
    attacked.done("session", "resume", paused, lines="+ Reineclaude\n/importance 3\n")
    earlier.write_bytes(before)
    if not knows:
        shutil.rmtree(attacked.folder / "state")
    ran = attacked.done("session", "resume", paused, lines="+ Pfirsich\n/end\n")
    assert f"{kind}/{earlier.name}" in ran.err
    assert "mi store check --confirm" in ran.err
    assert "Pfirsich" in attacked.done("session", "show", paused).out
    assert attacked.passed_on() == [None, None]
    attacked.done("store", "check", "--confirm", "--yes")
    assert attacked.passed_on()[0]
