"""Prompt files: the shipped ones, and what is said about a bad one."""

import shutil
from pathlib import Path

import pytest

from mi_cli.prompts import load as loading
from mi_cli.prompts.load import BadPromptFile, load, load_folder, shipped_folder
from mi_cli.prompts.model import PromptKind
from mi_cli.records.terms import Stage, Talk


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A set of one's own, a copy of the English one."""
    shutil.copytree(shipped_folder() / "en", tmp_path / "own")
    return tmp_path / "own"


@pytest.mark.parametrize("name", ["en", "es"])
def test_a_shipped_set_is_sound_and_read_the_same_either_way(name: str, tmp_path: Path) -> None:
    shutil.copytree(shipped_folder() / name, tmp_path / name)
    quick, checked = load(name, None), load_folder(tmp_path / name)
    assert dict(quick.stages) == dict(checked.stages)
    assert (quick.safety, quick.focus_words, quick.digest) == (checked.safety, checked.focus_words, checked.digest)


@pytest.mark.parametrize("name", ["en", "es"])
def test_a_shipped_set_is_good_mi(name: str) -> None:
    found = load(name, None)
    least = {Stage.ENGAGING: 12, Stage.FOCUSING: 12, Stage.EVOKING: 24, Stage.PLANNING: 16}
    for stage, guide in found.stages.items():
        assert len(guide.prompts) >= least[stage]
        assert guide.checks
        assert guide.move_on
        assert guide.traps
        assert {PromptKind.OPEN_QUESTION, PromptKind.AFFIRMATION, PromptKind.REFLECTION, PromptKind.SUMMARY} <= {
            prompt.kind for prompt in guide.prompts
        }
        for prompt in guide.prompts:
            assert prompt.source
            assert not {"!", "¡"} & set(prompt.say)
            assert len(prompt.say.split()) <= 32
            forbidden = (
                "you should",
                "you must",
                "you need to",
                "you have to",
                "why not higher",
                "debería",
                "tiene que",
            )
            assert not any(words in prompt.say.lower() for words in forbidden)
    evoked = [prompt.evokes for prompt in found.stages[Stage.EVOKING].prompts]
    assert all(evoked.count(talk) >= 2 for talk in Talk)
    assert [prompt.id for prompt in found.stages[Stage.EVOKING].prompts] == [
        prompt.id for prompt in load("en", None).stages[Stage.EVOKING].prompts
    ]
    assert len(found.safety.concerns) == 5


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('kind = "information"', 'kind = "lecture"', "prompt 'opening-role', kind: it must be one of"),
        (
            'kind = "information"',
            'kind = "information"\nloud = true',
            "prompt 'opening-role', loud: there is no such key",
        ),
        ("say = \"I'm", "sigh = \"I'm", "prompt 'opening-role', "),
        ('id = "permission-notes"', 'id = "opening-role"', "prompt 'opening-role': this id stands twice"),
        ('id = "permission-notes"', "", "prompt number 2, id: this is missing"),
        ('aim = "', 'aim = 3 # "', "aim: "),
        ("[[prompt]]", "[[prompt", "(at line "),
    ],
)
def test_a_bad_file_is_named_with_place_and_what_to_mend(own: Path, before: str, after: str, named: str) -> None:
    file = own / "engaging.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BadPromptFile) as refused:
        load_folder(own)
    assert "own/engaging.toml" in refused.value.message
    assert named in refused.value.message


def test_a_file_that_is_missing_or_not_text_is_named(own: Path) -> None:
    (own / "safety.toml").write_bytes(b"\xff")
    with pytest.raises(BadPromptFile, match=r"safety\.toml is not UTF-8"):
        load_folder(own)
    (own / "safety.toml").unlink()
    with pytest.raises(BadPromptFile, match=r"safety\.toml is missing"):
        load_folder(own)
    (own / "safety.toml").mkdir()
    with pytest.raises(BadPromptFile, match="cannot be read"):
        load_folder(own)


def test_a_set_is_found_in_the_wheel_or_in_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "mi_cli" / "prompts"
    (tmp_path / "mi_cli" / "_data" / "prompts").mkdir(parents=True)
    monkeypatch.setattr(loading, "__file__", str(package / "load.py"))
    assert shipped_folder() == tmp_path / "mi_cli" / "_data" / "prompts"
