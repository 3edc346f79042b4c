"""Two commands that change `keys.json` at once: one waits at its question while the other runs to its end.

Afterwards every passphrase and every sheet that a command said works does work, and what was replaced does not.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from mi_cli.store.keys import supervisor
from mi_cli.store.keys.keyfile import KeyFile, WrongKey
from mi_cli.store.keys.supervisor import PrivateKey

LIMIT: Final = 120.0  # seconds: to fail rather than to hang; no verdict depends on it
FORMER, FIRST, WAITING, RUNNING = (
    f"{word} stand ganz allein im Garten und blieb" for word in ("Zwetschge", "Mirabelle", "Quitte", "Schlehe")
)
# Deriving a key takes most of a command's time, and how many rounds that is matters to no test here.
MI: Final = "import sys; from mi_cli.store.keys import keyfile; keyfile.ITERATIONS = 1000; "
RUN: Final = "from mi_cli import __main__; sys.exit(__main__.main())"
GATE: Final = """
import pathlib, sys, time
folder, secret = pathlib.Path(sys.argv[1]), sys.argv[2]
(folder / "waits").touch()
while not (folder / "go").exists():
    time.sleep(0.01)
print(secret)
"""


@dataclass
class Place:
    """A folder with a store, and the secrets there may be."""

    folder: Path
    sheet: PrivateKey
    public: dict[str, PrivateKey] = field(default_factory=dict)

    @property
    def store(self) -> Path:
        return self.folder / "store"

    def begun(self, arguments: Sequence[str], terminal: int | None, **env: str) -> "subprocess.Popen[bytes]":
        """Start `mi`, with no terminal, or with one as its standard input."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("MI_", "COV"))}
        return subprocess.Popen(
            [sys.executable, "-c", MI + RUN, *arguments],
            stdin=subprocess.DEVNULL if terminal is None else terminal,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
            env={
                **clean,
                "MI_STORE": str(self.store),
                "XDG_CONFIG_HOME": str(self.folder / "config"),
                "XDG_STATE_HOME": str(self.folder / "state"),
                **env,
            },
            start_new_session=True,
        )

    def ran(self, *arguments: str, lines: str = "", **env: str) -> tuple[int, str]:
        """Run `mi` to its end; its code and all that it wrote."""
        reader, writer = os.pipe()
        os.write(writer, lines.encode())
        os.close(writer)
        process = self.begun(arguments, reader, **env)
        os.close(reader)
        out, _ = process.communicate(timeout=LIMIT)
        return process.returncode, out.decode()

    def secret(self, passphrase: str) -> str:
        """A file with it."""
        file = self.folder / f"{passphrase.split(maxsplit=1)[0]}.secret"
        file.write_text(passphrase)
        return str(file)

    def gate(self, passphrase: str) -> str:
        """A command that gives it as soon as it may."""
        (self.folder / "gate.py").write_text(GATE)
        return shlex.join([sys.executable, str(self.folder / "gate.py"), str(self.folder), passphrase])

    def words_of(self, file: str) -> PrivateKey | None:
        """The key on a sheet; null when it was not written."""
        if not (self.folder / file).exists():
            return None
        return supervisor.load_private(" ".join(re.findall(r"</b> ([a-z-]+)</td>", (self.folder / file).read_text())))


def made(folder: Path) -> Place:
    """A protected store with an interview and a sheet that opens all but the notes."""
    place = Place(folder, supervisor.generate())
    keys = {"sheet": place.sheet.jwk, "sheet-public": place.sheet.public}
    for name in ("waiting", "running"):
        place.public[name] = supervisor.generate()
        keys[f"{name}-public"] = place.public[name].public
    for name, jwk in keys.items():
        (place.folder / f"{name}.jwk").write_text(json.dumps(jwk))
    done(place, "store", "init", MI_PASSWORD_FILE=place.secret(FORMER))
    done(place, "session", "start", "J-1", lines="first\n/end\n", MI_PASSWORD_FILE=place.secret(FORMER))
    set_up = ("store", "recovery", "--no-notes", "--public-key", "sheet-public.jwk")
    done(place, *set_up, MI_PASSWORD_FILE=place.secret(FORMER))
    return place


def done(place: Place, *command: str, lines: str = "", **env: str) -> str:
    code, out = place.ran(*command, lines=lines, **env)
    assert code == 0, out
    return out


@pytest.fixture(scope="module")
def of_one_passphrase(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Such a store whose passphrase was changed once."""
    place = made(tmp_path_factory.mktemp("changed"))
    given = {"MI_PASSWORD_FILE": place.secret(FORMER), "MI_NEW_PASSWORD_FILE": place.secret(FIRST)}
    done(place, "store", "passphrase", **given)
    return place


@pytest.fixture(scope="module")
def recovered(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """One that was recovered with the sheet, so that the notes of J-1 open with the old passphrase only."""
    place = made(tmp_path_factory.mktemp("recovered"))
    done(place, "store", "recover", "--key", "sheet.jwk", MI_NEW_PASSWORD_FILE=place.secret(FIRST))
    return place


def copied(place: Place, folder: Path) -> Place:
    shutil.copytree(place.folder, folder)
    return Place(folder, place.sheet, place.public)


COMMANDS: Final = {
    "passphrase": ("store", "passphrase"),
    "recovery": ("store", "recovery", "--no-notes", "-o", "{who}.html"),
    "recovery with the notes": ("store", "recovery", "--notes", "-o", "{who}.html"),
    "recovery with a public key": ("store", "recovery", "--notes", "--public-key", "{who}-public.jwk"),
    "recover": ("store", "recover", "--key", "sheet.jwk"),
    "recover the notes": ("store", "recover", "--old-passphrase"),
    "unprotect": ("store", "unprotect", "--yes"),
}
NEW_PASSPHRASE: Final = ("passphrase", "recover")
NEW_SHEET: Final = ("recovery", "recovery with the notes", "recovery with a public key")


def told(process: "subprocess.Popen[bytes]", what: bytes) -> bytes:
    """What it writes until that is there, or its end."""
    assert process.stdout
    out = b""
    while what not in out and (piece := os.read(process.stdout.fileno(), 4096)):
        out += piece
    return out


def at_work(place: Place, name: str, who: str, passphrase: str, *, waits: bool) -> "Started":
    """Begin a command that gives `passphrase` where it asks for a new one, and waits there or where it is opened."""
    command = tuple(word.format(who=who) for word in COMMANDS[name])
    asks_new = name in NEW_PASSPHRASE
    env = {"MI_PASSWORD_FILE": place.secret(FIRST), "MI_NEW_PASSWORD_FILE": place.secret(passphrase)}
    if waits:
        env.pop("MI_NEW_PASSWORD_FILE" if asks_new else "MI_PASSWORD_FILE")
        gate = place.gate(passphrase if asks_new else FIRST)
        env["MI_NEW_PASSWORD_COMMAND" if asks_new else "MI_PASSWORD_COMMAND"] = gate
    if name != "recover the notes":
        return Started(place.begun(command, None, **env))
    ours, theirs = os.openpty()
    started = Started(place.begun(command, theirs, **env), keyboard=ours)
    os.close(theirs)
    return started


@dataclass
class Started:
    """A command under way; with a `keyboard` it asks for the old passphrase."""

    process: "subprocess.Popen[bytes]"
    keyboard: int | None = None

    def until_it_waits(self, place: Place) -> None:
        end = time.monotonic() + LIMIT
        while not (place.folder / "waits").exists():
            assert self.process.poll() is None, self.process.communicate()[0]
            assert time.monotonic() < end, "it does not get to its question"
            time.sleep(0.01)

    def ended(self) -> tuple[int, str]:
        out = b""
        if self.keyboard is not None:
            out = told(self.process, b"Old passphrase")
            if b"Old passphrase" in out:
                os.write(self.keyboard, FORMER.encode() + b"\n")
        rest, _ = self.process.communicate(timeout=LIMIT)
        if self.keyboard is not None:
            os.close(self.keyboard)
        return self.process.returncode, (out + rest).decode()


@dataclass
class Works:
    """What opens the store, as the commands told; null where it is no longer protected."""

    passphrase: str | None
    sheet: PrivateKey

    def after(self, place: Place, name: str, who: str, passphrase: str) -> "Works":
        if name in NEW_PASSPHRASE:
            return Works(passphrase, self.sheet)
        if name == "recovery with a public key":
            return Works(self.passphrase, place.public[who])
        if name in NEW_SHEET:
            sheet = place.words_of(f"{who}.html")
            assert sheet
            return Works(self.passphrase, sheet)
        return Works(None, self.sheet) if name == "unprotect" else self


def refused(waiting: str, running: str) -> bool:
    """Whether what the first was asked about is another by then."""
    if running == "unprotect" or waiting == "recover":
        return True
    if waiting == "unprotect":
        return True  # it opened the store with keys that every other command replaces
    return running in NEW_PASSPHRASE or (waiting in NEW_SHEET and running in NEW_SHEET)


PAIRS: Final = [
    (waiting, running)
    for waiting in COMMANDS
    for running in COMMANDS
    if {waiting, running} != {"unprotect", "recover the notes"}  # while notes are lost nothing is unprotected
]


@pytest.mark.parametrize(("waiting", "running"), PAIRS)
def test_what_a_command_said_holds(
    of_one_passphrase: Place, recovered: Place, tmp_path: Path, waiting: str, running: str
) -> None:
    before = recovered if "recover the notes" in (waiting, running) else of_one_passphrase
    place = copied(before, tmp_path / "place")
    first = at_work(place, waiting, "waiting", WAITING, waits=True)
    first.until_it_waits(place)
    code, out = at_work(place, running, "running", RUNNING, waits=False).ended()
    assert code == 0, out
    works, succeeded = Works(FIRST, place.sheet).after(place, running, "running", RUNNING), [running]
    (place.folder / "go").touch()
    code, out = first.ended()
    if waiting == running == "recover the notes":
        assert (code, "opens no notes of before" in out or "meanwhile" in out) == (code or 1, True)
    elif refused(waiting, running):
        assert (code, "meanwhile" in out) == (1, True), out
        assert place.words_of("waiting.html") is None
    else:
        assert code == 0, out
        works = works.after(place, waiting, "waiting", WAITING)
        succeeded.append(waiting)
    if works.passphrase is None:
        assert not (place.store / "keys.json").exists()
        done(place, "session", "show", "J-1")
        return
    file = KeyFile.read(place.store)
    assert [one for one in (FORMER, FIRST, WAITING, RUNNING) if file.is_opened_by(one)] == [works.passphrase]
    printed = (place.words_of("waiting.html"), place.words_of("running.html"))
    sheets = [place.sheet, *place.public.values(), *(one for one in printed if one)]
    assert [one.jwk["kid"] for one in sheets if opens(file, one)] == [works.sheet.jwk["kid"]]
    shown, _ = place.ran("session", "show", "J-1", MI_PASSWORD_FILE=place.secret(works.passphrase))
    has_notes = "recover the notes" in succeeded or (before is of_one_passphrase and "recover" not in succeeded)
    assert shown == (0 if has_notes and succeeded[-1] != "recover" else 5)


def opens(file: KeyFile, sheet: PrivateKey) -> bool:
    try:
        file.opened_by_supervisor(sheet.jwk)
    except WrongKey:
        return False
    return True


# -- where there were no keys before -------------------------------------------------------------------------------


def test_who_waits_to_make_or_protect_a_store_that_another_made_meanwhile_is_told(tmp_path: Path) -> None:
    place = Place(tmp_path, supervisor.generate())
    running = place.secret(RUNNING)
    for first, second in (
        (("init",), ("init",)),
        (("init",), ("init", "--unprotected")),
        (("protect",), ("protect",)),
    ):
        shutil.rmtree(place.store, ignore_errors=True)
        (place.folder / "go").unlink(missing_ok=True)
        (place.folder / "waits").unlink(missing_ok=True)
        if first == ("protect",):
            done(place, "store", "init", "--unprotected")
        waits = Started(place.begun(("store", *first), None, MI_PASSWORD_COMMAND=place.gate(WAITING)))
        waits.until_it_waits(place)
        done(place, "store", *second, MI_PASSWORD_FILE=running)
        (place.folder / "go").touch()
        code, out = waits.ended()
        assert (code, "meanwhile" in out or "already" in out) == (1, True), out
        protected = "--unprotected" not in second
        assert any(place.store.rglob("keys.json")) is protected
        if protected:
            file = KeyFile.read(place.store)
            assert (file.is_opened_by(RUNNING), file.is_opened_by(WAITING)) == (True, False)
        done(place, "session", "start", "J-2", lines="two\n/end\n", MI_PASSWORD_FILE=running)


@pytest.mark.parametrize("running", ["init", "restore"])
def test_who_waits_to_bring_back_a_store_does_not_bring_back_its_keys_over_others(
    of_one_passphrase: Place, tmp_path: Path, running: str
) -> None:
    place = copied(of_one_passphrase, tmp_path / "place")
    first, second = place.secret(FIRST), place.secret(RUNNING)
    done(place, "store", "backup", "a.backup", MI_PASSWORD_FILE=first)
    shutil.rmtree(place.store)
    ours, theirs = os.openpty()
    waits = place.begun(("store", "restore", "a.backup"), theirs)
    os.close(theirs)
    out = told(waits, b"Go ahead?")
    if running == "init":
        done(place, "store", "init", MI_PASSWORD_FILE=second)
    else:
        done(place, "store", "restore", "a.backup", "--yes")
        done(place, "store", "passphrase", MI_PASSWORD_FILE=first, MI_NEW_PASSWORD_FILE=second)
    os.write(ours, b"y\n")
    rest, _ = waits.communicate(timeout=LIMIT)
    os.close(ours)
    assert waits.returncode in (1, 6), (out + rest).decode()
    file = KeyFile.read(place.store)
    assert (file.is_opened_by(RUNNING), file.is_opened_by(FIRST)) == (True, False)
    assert (place.ran("session", "show", "J-1", MI_PASSWORD_FILE=second)[0] == 0) is (running == "restore")
