"""A protected store at a terminal: chosen at the start, opened with the passphrase, put on and taken off."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.journeys.records import run_mi
from tests.journeys.terminal import BAR, CTRL_D, ENTER, Terminal

At = Callable[..., Terminal]
OWN = "Zwetschgen im Keller, sieben Glas"
WORDS = "+d Mirabelle"


def tells_words_or_client(folder: Path) -> bool:
    """Returns whether the files of the store tell what was said, or who the client is."""
    return any(
        word in path.read_bytes() for path in folder.rglob("*") if path.is_file() for word in (b"Mirab", b"J-014")
    )


def type_hidden(mi: Terminal, words: str, then: str) -> None:
    """Waits for a hidden question, and types its answer."""
    mi.wait_until(lambda: mi.line.endswith(":"), "a question")
    mi.send(words + ENTER)
    mi.wait_for(then)


def pause(mi: Terminal) -> None:
    """Leaves the interview without clearing the screen."""
    mi.send(CTRL_D)
    mi.wait_for("n does not:")
    mi.send("n" + ENTER)
    assert mi.wait_for_exit() == 0


def make_protected_store(at_terminal: At, home: Path) -> None:
    """Makes a store with a passphrase of one's own, and holds an interview in it."""
    mi = at_terminal("session", "start", "J-014", MI_STORE=str(home / "mine"))
    mi.wait_for("1, 2 or 3 (Enter takes 1):")
    mi.enter("2", then="New passphrase")
    type_hidden(mi, OWN, then="Type it again")
    type_hidden(mi, OWN, then=BAR)
    mi.enter(WORDS, then="saved 1 change talk, desire")
    pause(mi)
    assert OWN not in mi.text


def test_six_words_are_made_up_typed_once_and_open_the_store(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014", MI_STORE=str(home / "mine"))
    mi.wait_for("1, 2 or 3 (Enter takes 1):")
    mi.press_enter("Type them once")
    words = next(row.strip() for row in mi.rows if re.fullmatch(r" {4}([a-z-]+ ){5}[a-z-]+", row))
    mi.enter("something else", then="That is not the same. Type it once more.")
    mi.enter(words.upper(), then=BAR)
    assert words not in mi.text
    mi.enter(WORDS, then="saved 1 change talk, desire")
    pause(mi)
    assert not tells_words_or_client(home / "mine")
    (home / "secret").write_text(f"{words}\n", encoding="utf-8")
    ran = run_mi(home, "session", "show", "last", MI_STORE=str(home / "mine"), MI_PASSWORD_FILE=str(home / "secret"))
    assert (ran.returncode, b"Mirabelle" in ran.stdout) == (0, True)


def test_the_passphrase_is_asked_for_before_the_first_prompt(at_terminal: At, home: Path) -> None:
    make_protected_store(at_terminal, home)
    assert not tells_words_or_client(home / "mine")
    mi = at_terminal("session", "resume", MI_STORE=str(home / "mine"))
    mi.wait_for("Passphrase (it does not show):")
    assert "Engaging" not in mi.text
    type_hidden(mi, "no idea", then="That is not it. 2 tries are left.")
    type_hidden(mi, OWN, then=BAR)
    mi.enter("Quitte", then="saved 2 said")
    pause(mi)


def test_three_wrong_tries_change_nothing(at_terminal: At, home: Path) -> None:
    make_protected_store(at_terminal, home)
    before = {path: path.read_bytes() for path in (home / "mine" / "clients").rglob("*") if path.is_file()}
    mi = at_terminal("session", "start", "K-2", MI_STORE=str(home / "mine"))
    mi.wait_for("Passphrase (it does not show):")
    type_hidden(mi, "one", then="2 tries are left")
    type_hidden(mi, "two", then="One try is left")
    type_hidden(mi, "three", then="The store stays locked")
    assert mi.wait_for_exit() == 4
    assert before == {path: path.read_bytes() for path in (home / "mine" / "clients").rglob("*") if path.is_file()}


def test_a_weak_passphrase_is_not_taken(at_terminal: At, home: Path) -> None:
    mi = at_terminal("store", "init", MI_STORE=str(home / "mine"))
    mi.wait_for("1, 2 or 3 (Enter takes 1):")
    mi.enter("2", then="New passphrase")
    type_hidden(mi, "short", then="That is under 15 characters.")
    type_hidden(mi, "passwordpassword1", then="could be guessed by a machine")
    type_hidden(mi, OWN, then="Type it again")
    type_hidden(mi, "a slip of the pen", then="That is not the same. Type it once more.\nNew passphrase")
    mi.send(OWN + ENTER)
    mi.wait_until(lambda: mi.text.count("Type it again") == 2, "the second question")
    mi.send(OWN + ENTER)
    mi.wait_for("Make it now? y/N:")
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0


def test_a_sheet_is_printed_and_opens_the_store_when_the_passphrase_is_lost(at_terminal: At, home: Path) -> None:
    make_protected_store(at_terminal, home)
    sheet, other = home / "sheet.html", f"{OWN} und ein Korb"
    mi = at_terminal("store", "recovery", MI_STORE=str(home / "mine"))
    mi.wait_for("Passphrase (it does not show):")
    type_hidden(mi, OWN, then="Should the sheet open the notes too? y/N:")
    assert "42 CFR 2.11" in mi.text
    mi.enter("n", then="Where should the sheet be written")
    mi.enter(str(sheet), then="the file is then deleted.")
    words = re.findall(r"</b> ([a-z-]+)</td>", sheet.read_text(encoding="utf-8"))
    assert len(words) == 21
    assert sheet.stat().st_mode & 0o077 == 0
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    assert not sheet.exists()

    mi = at_terminal("store", "recover", MI_STORE=str(home / "mine"))
    mi.wait_for("Type the 21 words of the sheet")
    mi.send(" ".join(words[:3]))
    mi.wait_for(words[2])  # they show while they are typed
    mi.send(ENTER)
    mi.wait_for("3 of 21 words")
    mi.send(" ".join((*words[3:-1], f"{words[-1]}zz")) + ENTER)
    mi.wait_for("Word 21 as the sheet has it:")
    mi.send(words[-1] + ENTER)
    mi.wait_for("1/2:")
    mi.enter("2", then="New passphrase")
    type_hidden(mi, other, then="Type it again")
    mi.send(other + ENTER)
    assert mi.wait_for_exit() == 0
    assert words[0] not in mi.text
    (home / "other").write_text(other, encoding="utf-8")
    (home / "secret").write_text(OWN, encoding="utf-8")
    new, old = ({"MI_STORE": str(home / "mine"), "MI_PASSWORD_FILE": str(home / name)} for name in ("other", "secret"))
    assert run_mi(home, "session", "list", **new).returncode == 0  # type: ignore[arg-type]  # variables only
    assert run_mi(home, "session", "list", **old).returncode == 4  # type: ignore[arg-type]  # variables only
    assert run_mi(home, "session", "show", "last", **new).returncode == 5  # type: ignore[arg-type]  # variables only

    mi = at_terminal("store", "recover", "--old-passphrase", MI_STORE=str(home / "mine"))
    mi.wait_for("Passphrase (it does not show):")
    type_hidden(mi, other, then="Old passphrase")
    mi.send(OWN + ENTER)
    assert mi.wait_for_exit() == 0
    assert b"Mirabelle" in run_mi(home, "session", "show", "last", **new).stdout  # type: ignore[arg-type]  # variables only


def test_a_plain_store_is_protected_and_opened_again(home: Path) -> None:
    assert run_mi(home, "store", "init", "--unprotected").returncode == 0
    assert run_mi(home, "session", "start", "J-014", stdin=f"{WORDS}\n/goal Mirabelle\n".encode()).returncode == 0
    assert tells_words_or_client(home / "store")
    ran = run_mi(home, "store", "protect")
    assert (ran.returncode, b"MI_PASSWORD_FILE" in ran.stderr) == (4, True)
    (home / "secret").write_text(OWN, encoding="utf-8")
    (home / "other").write_text(f"{OWN} und ein Korb", encoding="utf-8")

    def mi(*arguments: str, passphrase: str = "", new: str = "") -> subprocess.CompletedProcess[bytes]:
        given = str(home / passphrase) if passphrase else ""
        return run_mi(
            home, *arguments, MI_PASSWORD_FILE=given, MI_NEW_PASSWORD_COMMAND=f"cat {home / new}" if new else ""
        )

    assert mi("store", "protect", passphrase="secret").returncode == 0
    assert not tells_words_or_client(home / "store")
    assert b"Mirabelle" in mi("session", "show", "J-014", passphrase="secret").stdout
    assert run_mi(home, "session", "list").returncode == 4
    assert mi("session", "list", passphrase="other").returncode == 4
    changed = mi("store", "passphrase", passphrase="secret", new="other")
    assert changed.returncode == 0
    assert mi("session", "list", passphrase="secret").returncode == 4
    assert b"J-014" in mi("session", "list", passphrase="other").stdout
    assert mi("store", "unprotect", "--yes", passphrase="other").returncode == 0
    assert tells_words_or_client(home / "store")
    assert b"Mirabelle" in run_mi(home, "session", "show", "J-014").stdout
    assert not list((home / "store").rglob("*key*"))
    assert b" records are sound." in run_mi(home, "store", "check").stdout
