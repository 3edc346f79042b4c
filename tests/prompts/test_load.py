"""Prompt files: the shipped ones, and what is said about a bad one."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mi_cli.prompts import source
from mi_cli.prompts.check import findings
from mi_cli.prompts.findings import BadPromptFile
from mi_cli.prompts.load import available, load, load_folder
from mi_cli.prompts.source import MAX_BYTES, shipped, shipped_folder
from mi_cli.records import toml_text
from mi_cli.store.records.json_store import JsonStore
from tests.conftest import Ran


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A set of one's own that stands alone: a copy of the English one."""
    shutil.copytree(shipped_folder() / "en", tmp_path / "own")
    return tmp_path / "own"


def refused(folder: Path) -> BadPromptFile:
    with pytest.raises(BadPromptFile) as error:
        load_folder(folder)
    return error.value


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_set_is_sound_and_read_the_same_either_way(name: str, tmp_path: Path) -> None:
    shutil.copytree(shipped_folder() / name, tmp_path / "copy")
    quick, checked = load(name, None), load_folder(tmp_path / "copy")
    assert dict(quick.stages) == dict(checked.stages)
    assert (quick.safety, quick.focus_words, quick.digest) == (checked.safety, checked.focus_words, checked.digest)


@pytest.mark.parametrize(
    ("before", "after", "told", "above"),
    [
        (
            'kind = "information"',
            'kind = "lecture"',
            "prompt 'opening-role', kind: there is no 'lecture'; it must be one of",
            0,
        ),
        (
            'kind = "information"',
            'kind = "information"\nloud = true',
            "prompt 'opening-role', loud: there is no such key",
            0,
        ),
        ('say = "I', 'sigh = "I', "prompt 'opening-role', sigh: there is no such key", 0),
        ('id = "permission-notes"', 'id = "opening-role"', "prompt 'opening-role', id: this id stands twice", 0),
        ('id = "permission-notes"', "", "prompt number 2, id: this is missing", 1),
        ('id = "permission-notes"', 'id = "../x"', "prompt '../x', id: it must be letters and digits", 0),
        ('aim = "', 'aim = 3 # "', "aim: it must be text in quotation marks", 0),
        ("[[prompt]]", "[[prompt", "this is not sound TOML", 0),
        ('"discord"', '"rain"', "when: there is no 'rain'; it must be one of", 0),
    ],
)
def test_a_bad_file_is_named_with_line_and_place_and_what_to_mend(
    own: Path, before: str, after: str, told: str, above: int
) -> None:
    file = own / "engaging.toml"
    text = file.read_text(encoding="utf-8")
    changed = text.replace(before, after, 1)
    rows = zip(text.split("\n"), changed.split("\n"), strict=False)
    line = next(number for number, (was, now) in enumerate(rows, 1) if was != now) - above
    file.write_text(changed, encoding="utf-8")
    found = [str(finding) for finding in refused(own).findings]
    assert [said for said in found if told in said and said.startswith(f"own/engaging.toml, line {line}")]


def test_all_that_is_wrong_is_told_at_once(own: Path) -> None:
    for name, old, new in (
        ("evoking.toml", 'kind = "ruler"', "kind = 3"),
        ("planning.toml", "aim = ", "aims = "),
        ("safety.toml", 'id = "overdose"', 'id = "thirst"'),
    ):
        (own / name).write_text((own / name).read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    found = refused(own).findings
    assert len(found) == 3 + 2 + 1
    assert {finding.file for finding in found} == {"own/evoking.toml", "own/planning.toml", "own/safety.toml"}
    assert all(finding.line for finding in found if "missing" not in finding.mend)
    assert "more to mend (5)" in refused(own).message


def test_a_card_without_one_of_the_concerns_is_refused(own: Path) -> None:
    without(own, "abuse-or-neglect")
    assert "what to do about abuse-or-neglect" in refused(own).message


def without(folder: Path, concern: str) -> None:
    """Takes one concern out of the card of that set."""
    text = (folder / "safety.toml").read_text(encoding="utf-8")
    parts = [part for part in text.split("[[concern]]") if f'id = "{concern}"' not in part]
    (folder / "safety.toml").write_text("[[concern]]".join(parts), encoding="utf-8")


@pytest.mark.parametrize(("language", "says"), [("en", "en"), ("es-MX", "es"), ("fr", "en")])
def test_a_card_written_for_0_1_0_takes_what_it_lacks_from_the_shipped_one(own: Path, language: str, says: str) -> None:
    text = (own / "set.toml").read_text(encoding="utf-8")
    (own / "set.toml").write_text(text.replace('language = "en"', f'language = "{language}"'), encoding="utf-8")
    for concern in ("partner-violence", "driving"):
        without(own, concern)
    assert load_folder(own).safety.concerns[-2:] == load(says, None).safety.concerns[-2:]
    assert [finding.mend.split(";")[0] for finding in findings("own", own.parent) if "card" in finding.mend] == [
        "the card says nothing about partner-violence",
        "the card says nothing about driving",
    ]


def test_a_file_that_is_missing_or_not_text_is_named(own: Path) -> None:
    (own / "safety.toml").write_bytes(b"a = 1\n\xff")
    assert "own/safety.toml, line 2: this file is not UTF-8" in refused(own).message
    (own / "safety.toml").unlink()
    assert "own/safety.toml: this file is missing" in refused(own).message
    (own / "safety.toml").mkdir()
    assert "own/safety.toml: this file cannot be read" in refused(own).message


@pytest.mark.parametrize("language", ["English", "", "../en", "en\x1b[2J"])
def test_a_language_is_a_code(own: Path, language: str) -> None:
    text = (own / "set.toml").read_text(encoding="utf-8")
    written = language.replace("\x1b", "\\u001b")
    (own / "set.toml").write_text(text.replace('language = "en"', f'language = "{written}"'), encoding="utf-8")
    assert "language: it must be a language code" in refused(own).message


# -- a file is data ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
@pytest.mark.parametrize("what", ["pipe", "device", "loop", "nowhere"])
def test_what_is_no_ordinary_file_is_refused_and_not_waited_for(own: Path, what: str) -> None:
    file = own / "evoking.toml"
    file.unlink()
    if what == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to({"device": Path("/dev/zero"), "loop": file, "nowhere": own / "nowhere"}[what])
    assert refused(own).message.startswith("own/evoking.toml: this ")


def test_a_link_to_a_file_is_followed(own: Path) -> None:
    (own / "evoking.toml").rename(own / "elsewhere")
    (own / "evoking.toml").symlink_to(own / "elsewhere")
    assert load_folder(own).prompt("importance-ruler")


def test_a_huge_file_is_refused(own: Path) -> None:
    with (own / "evoking.toml").open("ab") as file:
        file.truncate(MAX_BYTES + 1)
    assert "over 1 MB" in refused(own).message


@pytest.mark.parametrize("opening", ["[", "{a="])
def test_deep_nesting_is_refused(own: Path, opening: str) -> None:
    (own / "evoking.toml").write_text(f"x = {opening * 100_000}", encoding="utf-8")
    assert "own/evoking.toml" in refused(own).message
    assert "not sound TOML" in refused(own).message


@pytest.mark.parametrize(
    ("name", "hostile"),
    [
        ("set.toml", '"\\u001b[2J\\u202e" = 1\n'),
        ("set.toml", f'"{"x" * 10_000}" = 1\n'),
        ("engaging.toml", '"\\u001b[2J" = 1\n'),
        ("engaging.toml", '"\\u001b[2J'),
        ("engaging.toml", "\x1b[2J"),
        ("engaging.toml", '["\\u001b[2J"]\n["\\u001b[2J"]\n'),
        ("engaging.toml", '[[prompt]]\nid = "\\u001b[2J"\n[[prompt]]\nid = "x"\n"\\u001b[2J" = 1\n'),
        ("engaging.toml", '[[prompt]]\nid = "x"\nkind = "\\u001b[2J"\n'),
        ("safety.toml", '[[concern]]\nid = "\\u001b[2J"\n'),
    ],
)
def test_what_is_said_about_a_hostile_file_is_harmless_and_short(own: Path, name: str, hostile: str) -> None:
    (own / name).write_text(hostile, encoding="utf-8")
    for finding in refused(own).findings:
        assert str(finding).isprintable()
        assert len(str(finding)) < 500


def test_a_folder_that_cannot_be_a_set_is_none(tmp_path: Path) -> None:
    for name in ("My clinic", "..x", ".git", "a\nb", "con"):
        shutil.copytree(shipped_folder() / "en", tmp_path / name)
    (tmp_path / "notes.toml").write_text("", encoding="utf-8")
    assert available(tmp_path) == shipped()


def test_a_set_is_found_in_the_wheel_or_in_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "mi_cli" / "prompts"
    (tmp_path / "mi_cli" / "_data" / "prompts").mkdir(parents=True)
    monkeypatch.setattr(source, "__file__", str(package / "source.py"))
    assert shipped_folder() == tmp_path / "mi_cli" / "_data" / "prompts"


def test_an_interview_reads_the_stage_it_is_in_and_no_other(
    mi: Callable[..., Ran], store: JsonStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    parsed = toml_text.parse_toml

    def noted(text: str) -> dict[str, Any]:
        document = parsed(text)
        read.append("set" if "title" in document else document.get("prompt", [{"id": "safety"}])[0]["id"])
        return document

    monkeypatch.setattr(source, "parse_toml", noted)
    first = {prompt.id: stage for stage, guide in load("en", None).stages.items() for prompt in guide.prompts[:1]}
    everyday = "words\n+d I'd like to\n- I like it\n~\n/goal Be home\n/importance 7\n\n\n/use 3\n/recap\n/end\n"
    for lines, stages in (
        (everyday, ["engaging"]),
        ("", ["engaging"]),
        ("/stage planning\n", ["engaging", "planning"]),
    ):
        read.clear()
        assert mi("session", "start", "J-014", lines=lines).code == 0
        assert read[0] == "set"
        assert [first.get(name, name) for name in read[1:]] == stages
