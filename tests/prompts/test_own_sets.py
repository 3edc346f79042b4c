"""Sets of one's own over the shipped ones: changed, added, hidden, moved; checked; written to be edited."""

import tomllib
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mi_cli.errors import Failed
from mi_cli.prompts.check import findings, misnamed
from mi_cli.prompts.draft import files
from mi_cli.prompts.findings import BadPromptFile, Finding
from mi_cli.prompts.load import available, load
from mi_cli.prompts.model import Moment, Prompt, PromptSet, Substance
from mi_cli.prompts.source import FILES, Source, shipped
from mi_cli.records.terms import Stage
from mi_cli.words.prompt_sets import prompt_set_words

ENGLISH = load("en", None)


def written(own: Path, name: str, **texts: str) -> PromptSet:
    """The set after its files were written: `engaging="…"` is `engaging.toml`."""
    write(own, name, **texts)
    return load(name, own)


def write(own: Path, name: str, **texts: str) -> None:
    (own / name).mkdir(exist_ok=True)
    for file, text in texts.items():
        (own / name / f"{file}.toml").write_text(text, encoding="utf-8")


def ids(found: PromptSet, stage: Stage = Stage.ENGAGING) -> list[str]:
    return [prompt.id for prompt in found.stages[stage].prompts]


def prompt(found: PromptSet, prompt_id: str) -> Prompt:
    one = found.prompt(prompt_id)
    assert one
    return one


MINE = '[[prompt]]\nid = "mine"\nsay = "What is new?"\nkind = "open-question"\ncore = true\n'


def test_what_stands_in_the_file_replaces_and_all_else_stays(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        "ours",
        set='extends = "en"\ntitle = "Ours"\n',
        engaging='aim = "Listen."\n[[prompt]]\nid = "what-brings-you"\nsay = "What brings you in?"\n',
    )
    shipped_one, changed = prompt(ENGLISH, "what-brings-you"), prompt(found, "what-brings-you")
    assert changed == Prompt(**{**vars(shipped_one), "say": "What brings you in?"})
    assert ids(found) == ids(ENGLISH)
    guide, below = found.stages[Stage.ENGAGING], ENGLISH.stages[Stage.ENGAGING]
    assert (guide.aim, guide.checks, guide.traps) == ("Listen.", below.checks, below.traps)
    assert dict(found.stages) != dict(ENGLISH.stages)
    assert found.stages[Stage.PLANNING] == ENGLISH.stages[Stage.PLANNING]
    assert (found.name, found.title, found.language, found.version) == ("ours", "Ours", "en", ENGLISH.version)
    assert found.safety == ENGLISH.safety


def test_prompts_are_added_at_the_end_or_after_another(tmp_path: Path) -> None:
    second = MINE.replace('"mine"', '"second"')
    third = MINE.replace('"mine"', '"third"')
    found = written(
        tmp_path,
        "ours",
        set='extends = "en"\n',
        engaging=f'{MINE}after = "what-brings-you"\n{second}after = "what-brings-you"\n{third}',
    )
    at = ids(found).index("what-brings-you")
    assert ids(found)[at : at + 3] == ["what-brings-you", "mine", "second"]
    assert ids(found)[-1] == "third"
    assert len(ids(found)) == len(ids(ENGLISH)) + 3


def test_prompts_are_hidden_and_moved(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        "ours",
        set='extends = "en"\n',
        engaging='hide = ["good-at", "gone-since"]\n[[prompt]]\nid = "usual-day"\nafter = "opening-role"\n',
    )
    assert "good-at" not in ids(found)
    assert ids(found)[:2] == ["opening-role", "usual-day"]
    assert len(ids(found)) == len(ids(ENGLISH)) - 1
    moved = MINE.replace('"mine"', '"good-at"')
    assert prompt(written(tmp_path, "ours", focusing=moved), "good-at").say == "What is new?"


def test_words_that_tell_the_focus_are_replaced_by_substance(tmp_path: Path) -> None:
    found = written(tmp_path, "en", set='[focus_words]\nalcohol = ["moonshine"]\n')
    assert found.focus_words == {**ENGLISH.focus_words, Substance.ALCOHOL: ("moonshine",)}
    with pytest.raises(BadPromptFile, match=r"en/set\.toml, line 1, focus_words: it must be a table"):
        written(tmp_path, "en", set="focus_words = 3\n")
    with pytest.raises(BadPromptFile, match=r"en/set\.toml, line 1, focus_words: there is no 'tea'; it must be one of"):
        written(tmp_path, "en", set='[focus_words]\ntea = ["tea"]\n')


def test_the_moments_of_sets_of_0_1_0_are_still_known(tmp_path: Path) -> None:
    old = 'when = ["sustain-talk", "after-change-talk", "discord"]\n'
    found = written(tmp_path, "ours", set='extends = "en"\n', evoking=MINE.replace("core = true\n", old))
    assert prompt(found, "mine").when == (Moment.SUSTAIN, Moment.CHANGE, Moment.DISCORD)
    assert told(tmp_path, "ours") == []


def test_a_folder_named_like_a_shipped_set_lies_over_it(tmp_path: Path) -> None:
    found = written(tmp_path, "es", evoking=MINE.replace("What is new?", "¿Qué hay de nuevo?"))
    assert ids(found, Stage.EVOKING)[-1] == "mine"
    assert (found.language, found.translates) == ("es", "en")
    assert available(tmp_path)["es"].parent == tmp_path


@pytest.mark.parametrize(
    ("name", "head", "told"),
    [
        (
            "ours",
            'extends = "fr"\n',
            "extends: it must be a set that comes with mi: brief, brief-es, en, es, teen, teen-es.",
        ),
        ("ours", "extends = 1\n", "extends: it must be a set that comes with mi"),
        ("ours", 'extends = "ours"\n', "extends: it must be a set that comes with mi"),
        ("es", 'extends = "en"\n', "extends: a folder named es builds on the set es"),
    ],
)
def test_a_set_builds_on_one_that_comes_with_mi(tmp_path: Path, name: str, head: str, told: str) -> None:
    with pytest.raises(BadPromptFile) as refused:
        written(tmp_path, name, set=head)
    assert f"{name}/set.toml, line 1, {told}" in refused.value.message


def test_a_set_builds_on_one_that_builds_on_another(tmp_path: Path) -> None:
    hidden = 'hide = ["brief-permission", "what-matters"]\n'
    found = written(tmp_path, "ours", set='extends = "brief-es"\n', engaging=f'{hidden}{MINE}after = "good-at"\n')
    below = load("brief-es", None)
    assert [name for name in ids(found) if name != "mine"] == [
        name for name in ids(below) if name not in ("brief-permission", "what-matters")
    ]
    assert ids(found)[ids(found).index("good-at") + 1] == "mine"
    assert found.stages[Stage.EVOKING] == below.stages[Stage.EVOKING]
    assert (found.language, found.safety) == ("es", below.safety)
    before = found.digest
    assert written(tmp_path, "ours", engaging=MINE).digest != before


def test_a_set_that_stands_alone_has_every_file(tmp_path: Path) -> None:
    with pytest.raises(BadPromptFile) as refused:
        written(tmp_path, "ours", set='title = "x"\nlanguage = "en"\nversion = "1"\n', engaging=MINE)
    assert [finding.file for finding in refused.value.findings] == [
        f"ours/{name}" for name in FILES if name not in ("set.toml", "engaging.toml")
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hide = 3\n", "line 1, hide: it must be a list of ids"),
        (f"{MINE}after = 3\n", "line 6, prompt 'mine', after: it must be an id"),
        (f"{MINE}{MINE}", "line 7, prompt 'mine', id: this id stands twice"),
        (
            MINE.replace("mine", "recap"),
            "prompt 'recap', id: this id stands twice in the set, here and in planning.toml",
        ),
        ('[[prompt]]\nid = "new"\nsay = "What?"\n', "line 1, prompt 'new', kind: this is missing"),
        ('prompt = "x"\n', "line 1, prompt: it must be a list"),
        ('[[prompt]]\nid = "good-at"\nsay = 3\n', "line 3, prompt 'good-at', say: it must be text"),
        (
            '[[go_back]]\nsign = "x"\nto = "sleeping"\n',
            "line 3, go_back number 1, to: there is no 'sleeping'; it must be one of",
        ),
        ("speed = 1\n", "line 1, speed: there is no such key"),
        ('[[concern]]\nid = "overdose"\n', "line 1, concern: there is no such key"),
        ("[[prompt]", "line 1: this is not sound TOML"),
    ],
)
def test_what_is_wrong_is_named_in_the_file_it_stands_in(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadPromptFile) as refused:
        written(tmp_path, "ours", set='extends = "en"\n', engaging=text)
    assert refused.value.message.startswith("ours/engaging.toml, ")
    assert told in refused.value.message


@pytest.mark.parametrize(("file", "text"), [("set", 'hide = ["x"]\n'), ("safety", 'hide = ["x"]\n'), ("safety", MINE)])
def test_prompts_are_hidden_and_added_in_their_stage_alone(tmp_path: Path, file: str, text: str) -> None:
    with pytest.raises(BadPromptFile, match=rf"en/{file}\.toml, line 1, \w+: there is no such key"):
        written(tmp_path, "en", **{file: text})


def test_another_country_replaces_the_lines_alone(tmp_path: Path) -> None:
    lines = '[[line]]\ncountry = "GB"\nname = "Emergency"\nreach = "999"\n'
    found = written(tmp_path, "en", safety=lines).safety
    assert [(line.country, line.reach) for line in found.lines] == [("GB", "999")]
    assert found.concerns == ENGLISH.safety.concerns
    one = 'title = "Card"\n[[concern]]\nid = "overdose"\ndo = ["As our protocol says."]\n'
    changed = written(tmp_path, "en", safety=one).safety
    assert [card.do for card in changed.concerns if card.id == "overdose"] == [("As our protocol says.",)]
    assert (changed.title, len(changed.concerns), changed.lines) == ("Card", 7, ENGLISH.safety.lines)


def test_the_digest_changes_with_either_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = written(tmp_path, "ours", set='extends = "en"\n').digest
    assert before not in (ENGLISH.digest, written(tmp_path, "ours", engaging=MINE).digest)
    monkeypatch.setattr(Source, "of_shipped", lambda folder: Source(folder, {**source_of("en"), "safety.toml": "x"}))
    (tmp_path / "ours" / "engaging.toml").unlink()
    assert Source.of_own(tmp_path / "ours").digest != before


def source_of(name: str) -> dict[str, str]:
    return {file: (shipped()[name] / file).read_text(encoding="utf-8") for file in FILES}


# -- check -------------------------------------------------------------------------------------------------------------


def told(own: Path, name: str) -> list[str]:
    return [str(finding) for finding in findings(name, own)]


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_set_has_nothing_to_mend(name: str) -> None:
    assert told(Path("nowhere"), name) == []


@pytest.mark.parametrize(
    ("say", "found"),
    [
        ("Do you want to stop?", "closed question"),
        ("What if you should stop?", "righting reflex"),
        ("What is it that you must do?", "righting reflex"),
        ("What do you need? You need to rest.", "righting reflex"),
        ("Why not a higher number?", "why not higher"),
        (f"What {'now and then ' * 10}?", "31 words"),
        ("What ramifications does habitual intoxication precipitate?", "reads at grade"),
    ],
)
def test_what_a_rater_would_mark_is_found_with_its_line(tmp_path: Path, say: str, found: str) -> None:
    write(tmp_path, "ours", set='extends = "en"\n', evoking=f"\n{MINE.replace('What is new?', say)}")
    marked = [finding for finding in findings("ours", tmp_path) if found in finding.mend]
    assert [(one.file, one.line, one.place, one.prompt) for one in marked] == [
        ("ours/evoking.toml", 4, "prompt 'mine', say", "mine")
    ]


@pytest.mark.parametrize(
    ("afters", "found"),
    [
        ({"mine": "mine"}, {"mine": "cannot come after itself"}),
        ({"looking-forward-change": "looking-forward-change"}, {"looking-forward-change": "cannot come after itself"}),
        ({"mine": "other", "other": None}, {"mine": "prompt 'other' stands further down"}),
        ({"mine": "other", "other": "mine"}, {"mine": "prompt 'other' stands further down"}),
        ({"a": "b", "b": "c", "c": "a"}, {"a": "'b' stands further down", "b": "'c' stands further down"}),
        ({"mine": "nowhere"}, {"mine": "there is no prompt 'nowhere'"}),
        ({"mine": "looking-forward-change", "other": "mine", "third": "mine"}, {}),
        ({"mine": "looking-forward-change", "looking-forward-change": "mine"}, {}),
    ],
)
def test_a_prompt_that_comes_after_what_has_no_place_yet_is_told(
    tmp_path: Path, afters: dict[str, str | None], found: dict[str, str]
) -> None:
    prompts = [MINE.replace("mine", own) + (f'after = "{after}"\n' if after else "") for own, after in afters.items()]
    write(tmp_path, "ours", set='extends = "en"\n', evoking="\n".join(prompts))
    marked = {str(one.prompt): one.mend for one in findings("ours", tmp_path) if "after" in one.place}
    assert marked.keys() == found.keys()
    assert all(words in marked[own] for own, words in found.items())
    ids = [prompt.id for prompt in load("ours", tmp_path).stages[Stage.EVOKING].prompts]
    assert set(afters) <= set(ids)


@pytest.mark.parametrize(
    ("base", "say", "found"),
    [
        ("en", "What do you like about it, and what don't you like so much?", True),
        ("en", "When, where and how would you do that?", True),
        ("en", "You miss it, and you want out. What would that take?", False),
        ("es", "¿Qué le gusta de eso, y qué no le gusta tanto?", True),
        ("es", "¿Cuándo, dónde y cómo lo haría?", True),
        ("es", "Lo extraña, y quiere salir. ¿Qué le haría falta?", False),
    ],
)
@pytest.mark.parametrize("key", ["say", "follow_ups"])
def test_two_questions_in_one_are_found_with_their_line(
    tmp_path: Path, base: str, say: str, found: bool, key: str
) -> None:
    first = {"en": "What is new?", "es": "¿Qué hay de nuevo?"}[base]
    text = MINE.replace("What is new?", say if key == "say" else first)
    text += f'follow_ups = ["{say}"]\n' if key == "follow_ups" else ""
    write(tmp_path, "ours", set=f'extends = "{base}"\n', evoking=text)
    line = {"say": 3, "follow_ups": 6}[key]
    marked = [(one.line, one.place) for one in findings("ours", tmp_path) if "two questions in one" in one.mend]
    assert marked == [(line, f"prompt 'mine', {key}")] * found


@pytest.mark.parametrize("base", ["en", "es"])
@pytest.mark.parametrize(
    ("lines", "told_of"),
    [
        ('core = true\nsay = "Qué … a …"\n', "line 1, prompt 'mine', cue: It has 2 blanks (…) and 0 cues"),
        (
            'core = true\ncue = ["goal"]\nsay = "Qué … a …"\n',
            "line 5, prompt 'mine', cue: It has 2 blanks (…) and 1 cues",
        ),
        ('core = true\ncue = ["goal"]\nsay = "Qué"\n', "line 5, prompt 'mine', cue: It has 1 cues and 0 blanks"),
        ('say = "Qué"\n', "line 1, prompt 'mine', when: Nothing brings it up. Add core = true"),
        (
            'say = "Qué"\nwhen = ["opening", "recap"]\n',
            "when: Nothing brings it up. opening, recap in when is only a label",
        ),
        ('say = "Qué"\nwhen = ["key-question"]\n', "when: Nothing brings it up. key-question in when"),
        ('say = "Qué"\nwhen = ["ruler-importance"]\n', ""),
        ('say = "Qué"\nwhen = ["recap", "change"]\n', ""),
        ('say = "Qué"\nuse_only = true\n', ""),
        (
            'say = "Qué"\ncore = true\nwhen = ["sustane"]\n',
            "when: there is no 'sustane' (did you mean sustain?); it must be one of 'opening', 'sustain'",
        ),
        (
            'say = "Qué"\ncore = true\nneeds = ["change-tlk"]\n',
            "needs: there is no 'change-tlk' (did you mean change-talk?); it must be one of 'change-talk'",
        ),
        (
            'say = "Qué"\ncore = true\ncue = ["goals"]\n',
            "cue: there is no 'goals' (did you mean goal?); it must be one of",
        ),
    ],
)
def test_what_keeps_a_prompt_from_coming_is_found(tmp_path: Path, base: str, lines: str, told_of: str) -> None:
    table = '[[prompt]]\nid = "mine"\nkind = "reflection"\n'
    write(tmp_path, "ours", set=f'extends = "{base}"\n', evoking=table + lines)
    found = told(tmp_path, "ours")
    assert len(found) == bool(told_of)
    assert all(told_of in finding for finding in found)


def test_a_follow_up_is_gone_through_at_its_own_line(tmp_path: Path) -> None:
    follow_ups = 'follow_ups = ["What else?", "Why not a 10?", "You should rest."]\n'
    write(tmp_path, "ours", set='extends = "en"\n', evoking=MINE.replace("What is new?", "You should go?") + follow_ups)
    marked = [
        (one.line, one.place) for one in findings("ours", tmp_path) if "higher" in one.mend or "reflex" in one.mend
    ]
    assert sorted(marked) == [
        (3, "prompt 'mine', say"),
        (6, "prompt 'mine', follow_ups"),
        (6, "prompt 'mine', follow_ups"),
    ]


def test_a_file_no_set_has_and_ids_that_point_nowhere_are_found(tmp_path: Path) -> None:
    write(
        tmp_path,
        "ours",
        set='extends = "en"\n',
        evokng=MINE,
        engaging=f'hide = ["good-att"]\n{MINE}after = "what-bring-you"\n',
    )
    assert [finding.split(":")[0] for finding in told(tmp_path, "ours")] == [
        "ours/'evokng.toml'",
        "ours/engaging.toml, line 1, hide",
        "ours/engaging.toml, line 7, prompt 'mine', after",
    ]


def test_a_missing_translation_is_found(tmp_path: Path) -> None:
    write(tmp_path, "en", engaging=MINE)
    assert told(tmp_path, "en") == []
    assert told(tmp_path, "es") == ["es/engaging.toml: prompt 'mine' of en is not translated; add it, or hide it."]
    write(tmp_path, "es", engaging=MINE)
    assert "it has the same words as in en" in told(tmp_path, "es")[-1]
    write(tmp_path, "es", engaging='hide = ["mine"]\n')
    assert "take it out" in told(tmp_path, "es")[0]
    write(tmp_path, "es", engaging=MINE.replace("What is new?", "¿Qué hay de nuevo?"))
    assert told(tmp_path, "es") == []
    write(tmp_path, "ours-es", set='extends = "es"\ntranslates = "ours"\n')
    assert "the set that it translates cannot be read" in told(tmp_path, "ours-es")[0]
    write(tmp_path, "ours", set='extends = "en"\n', planning=MINE.replace("mine", "other"))
    assert told(tmp_path, "ours-es") == [
        "ours-es/planning.toml: prompt 'other' of ours is not translated; add it, or hide it."
    ]


def test_a_set_that_cannot_be_used_is_told_as_it_is_on_loading(tmp_path: Path) -> None:
    write(tmp_path, "ours", set='extends = "en"\n', engaging="[[prompt", planning="x = 1\n")
    assert [finding.file for finding in findings("ours", tmp_path)] == ["ours/engaging.toml"]
    with pytest.raises(Failed, match="no prompt set theirs"):
        findings("theirs", tmp_path)


def test_a_folder_whose_name_no_set_can_have_is_found(tmp_path: Path) -> None:
    for name in ("My clinic", ".git", "good"):
        (tmp_path / name).mkdir()
    assert [finding.file for finding in misnamed(tmp_path)] == ["'My clinic'"]
    assert misnamed(tmp_path / "nowhere") == []


# -- a new one ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", ["en", "es", "brief-es", "teen"])
def test_a_new_set_is_the_one_it_builds_on_until_it_is_edited(tmp_path: Path, base: str) -> None:
    texts = files("ours", Source.of_shipped(shipped()[base]), prompt_set_words("en"))
    assert set(texts) == set(FILES)
    found = written(tmp_path, "ours", **{name.removesuffix(".toml"): text for name, text in texts.items()})
    below = load(base, None)
    assert dict(found.stages) == dict(below.stages)
    assert (found.safety, found.language) == (below.safety, below.language)
    assert told(tmp_path, "ours") == []


@pytest.mark.parametrize("base", ["en", "es", "brief-es", "teen"])
def test_the_words_that_stand_in_it_as_comments_are_the_shipped_ones(tmp_path: Path, base: str) -> None:
    texts = files("ours", Source.of_shipped(shipped()[base]), prompt_set_words("en"))
    below = load(base, None)
    for stage in Stage:
        text = texts[f"{stage}.toml"]
        tables = text[text.index("# [[prompt]]\n") :].replace("# ", "")
        stand = [(item["id"], item["say"]) for item in tomllib.loads(tables)["prompt"]]
        assert stand == [(item.id, item.say) for item in below.stages[stage].prompts]
    text = texts["safety.toml"]
    assert len(tomllib.loads(text[text.index("# [[line]]") :].replace("# ", ""))["concern"]) == 7


def test_the_example_in_the_documentation_is_a_set_with_nothing_to_mend(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "prompts.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    found = written(tmp_path, "ours", set='extends = "en"\n', evoking=example)
    assert told(tmp_path, "ours") == []
    assert found.prompt("decisional-balance") is None
    assert prompt(found, "cost-money").say == "What would you do with the money?"
    at = ids(found, Stage.EVOKING).index("our-garden")
    assert ids(found, Stage.EVOKING)[at - 1] == "looking-forward-change"


# -- anything ----------------------------------------------------------------------------------------------------------

# What TOML can hold; a name of the format more often than not.
NAMES = st.sampled_from(
    ["prompt", "concern", "line", "go_back", "hide", "aim", "title", "language", "extends", "translates"]
)
NAMES |= st.sampled_from(
    [
        "focus_words",
        "not_words",
        "small_words",
        "core",
        "needs",
        "cue",
        "id",
        "say",
        "kind",
        "evokes",
        "follow_ups",
        "focus",
        "when",
        "after",
        "to",
        "do",
    ]
)
KEYS = NAMES | st.text(st.characters(codec="utf-8"), max_size=5)
TEXTS = st.sampled_from(["en", "opening-role", "overdose", "ruler", "engaging"]) | st.text(
    st.characters(codec="utf-8"), max_size=8
)
VALUES = st.recursive(
    TEXTS | st.integers(-5, 5) | st.booleans() | st.floats(allow_nan=False) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES | st.lists(st.dictionaries(NAMES, VALUES, max_size=5), max_size=3), max_size=4)


@given(
    documents=st.dictionaries(st.sampled_from(FILES), DOCUMENTS, max_size=3), name=st.sampled_from(["en", "es", "ours"])
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_in_the_files_is_a_set_or_is_refused(documents: dict[str, dict[str, Any]], name: str) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / name).mkdir()
        for file, document in documents.items():
            (Path(folder) / name / file).write_bytes(tomli_w.dumps(document).encode())
        refused: tuple[Finding, ...] = ()
        with suppress(Failed):  # no such set, where no file was written
            found = findings(name, Path(folder))
            assert all("\n" not in str(finding) for finding in found)
            try:
                load(name, Path(folder))
            except BadPromptFile as bad:
                refused = bad.findings
            assert not refused or list(refused) == found
