"""A config file, or a file of prompts, that cannot be read in whatever way: it is named, and the interview begins."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Mi = Callable[..., Ran]

BROKEN = {
    "a big number": b"auto_lock = " + b"9" * 5000,
    "deep nesting": b"a = " + b"[" * 5000,
    "deep tables": b"[" + b"a." * 5000 + b"a]",
    "dotted keys": b"a." * 1500 + b"a = 1",
    "UTF-16": 'counselor = "A."\n'.encode("utf-16"),
    "UTF-32": 'counselor = "A."\n'.encode("utf-32"),
    "UTF-16 without a mark": 'counselor = "A."\n'.encode("utf-16-le"),
    "Windows-1252": b'counselor = "Jos\xe9"\n',
    "a PDF": b"%PDF-1.7\n\xe2\xe3",
    "no TOML": b"counselor = A. Counselor\n",
    "curly quotation marks": "counselor = “A.”\n".encode(),
    "a lone surrogate": b'counselor = "\\ud800"\n',
    "an unknown setting": b'councelor = "A."\n',
    "a wrong value": b'auto_lock = "five"\n',
    "a wrong list": b"safety.contacts = [1, 2]\n",
    "a table for a value": b"[counselor]\nname = 'A.'\n",
    "too long a file": b"# words\n" * 200_000,
}


@pytest.fixture
def config(mi: Mi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the config file is; beside a store."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert mi("store", "init", "--unprotected").code == 0
    file = Path(mi("config", "path").out.strip())
    file.parent.mkdir(parents=True)
    return file


def begins(mi: Mi) -> Ran:
    """Holds an interview, which must begin."""
    ran = mi("session", "start", "J-014", lines="+ one\n/end\n")
    assert "fault" not in ran.err
    assert (ran.code, "Closed" in ran.out) == (0, True), ran.err
    return ran


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_an_interview_begins_without_a_config_that_cannot_be_read(mi: Mi, config: Path, data: bytes) -> None:
    config.write_bytes(data)
    told = begins(mi).err
    assert told.count("The config file") == 1
    assert "without any of the settings" in told
    for command in (("doctor",), ("session", "list"), ("session", "list", "--json"), ("client", "list")):
        ran = mi(*command)
        assert (ran.code, "config file" in ran.out + ran.err, "fault" in ran.err) == (0, True, False)
    assert mi("goals", "export", "J-014", "--to", "A. Therapist", "--basis", "same-program", "-o", "-").code == 1


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_no_store_is_made_while_the_config_cannot_be_read(
    mi: Mi, config: Path, tmp_path: Path, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.write_bytes(data)
    monkeypatch.setenv("MI_STORE", str(tmp_path / "another"))
    for command in (
        ("session", "start", "J-014"),
        ("store", "init"),
        ("store", "init", "--unprotected"),
        ("client", "add", "J-014"),
    ):
        ran = mi(*command, lines="one\n")
        assert ran.code in (1, 2, 4)
        assert "config file" in ran.err
        assert "fault" not in ran.err
    assert not (tmp_path / "another").exists()


@pytest.mark.parametrize("what", ["a folder", "a pipe", "a link to nothing round", "no access"])
def test_a_config_that_is_no_ordinary_file_is_named_too(mi: Mi, config: Path, what: str) -> None:
    match what:
        case "a folder":
            config.mkdir()
        case "a pipe":
            os.mkfifo(config)
        case "a link to nothing round":
            config.symlink_to(config)
        case _:
            if os.geteuid() == 0:
                pytest.skip("root may read anything")
            config.touch(mode=0)
    assert "config file cannot be read" in begins(mi).err
    assert mi("doctor").code == 0


def test_a_mark_at_the_beginning_is_no_trouble_and_goes_with_the_next_change(mi: Mi, config: Path) -> None:
    config.write_bytes("\ufeffcounselor = 'A. Counselor'\r\n".encode())
    assert begins(mi).err == ""
    assert mi("config", "get", "counselor").out == "A. Counselor\n"
    assert mi("config", "set", "show_tally", "true").code == 0
    assert not config.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("data", "mend"),
    [
        ('auto_lock = "five"\n', ("set", "auto_lock", "5")),
        ("safety.contacts = [1]\n", ("set", "safety.contacts", "A; B")),
        ('councelor = "A."\n', ("unset", "councelor")),
        ("protection = true\n", ("unset", "protection")),
        ("[own]\nname = 1\n", ("unset", "own.name")),
    ],
)
def test_config_set_and_unset_mend_what_they_are_told_to(
    mi: Mi, config: Path, data: str, mend: tuple[str, ...]
) -> None:
    config.write_text(f'{data}[program]\nname = "Ours"\n', encoding="utf-8")
    assert "config file" in mi("session", "list").err
    assert mi("config", *mend).code == 0
    assert begins(mi).err == ""
    assert mi("config", "get", "program.name").out == "Ours\n"


@pytest.mark.parametrize("data", [BROKEN["UTF-16"], BROKEN["a big number"], BROKEN["no TOML"]])
def test_what_they_cannot_mend_stays_and_they_say_where_it_is(mi: Mi, config: Path, data: bytes) -> None:
    config.write_bytes(data)
    ran = mi("config", "set", "counselor", "B.")
    assert (ran.code, ran.out) == (1, "")
    assert str(config) in ran.err
    assert config.read_bytes() == data


@pytest.mark.parametrize("key", ["counselor", "safety.contacts", "store", "prompt_set", "program.name", "notice.text"])
def test_bytes_that_are_not_utf8_are_read_as_windows_1252_in_a_setting(mi: Mi, config: Path, key: str) -> None:
    assert mi("config", "set", key, "Jos\udce9 \udc81").code == 0
    assert mi("config", "get", key).out == "José �\n"


@pytest.mark.parametrize("file", ["set.toml", "evoking.toml", "safety.toml"])
@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_an_interview_begins_without_prompts_that_cannot_be_read(mi: Mi, config: Path, data: bytes, file: str) -> None:
    own = config.parent / "prompts" / "ours"
    own.mkdir(parents=True)
    (own / "set.toml").write_text('extends = "en"\ntitle = "Ours"\nlanguage = "en"\nversion = "1"\n', encoding="utf-8")
    assert mi("config", "set", "prompt_set", "ours").code == 0
    (own / file).write_bytes(data)
    assert "the shipped ones" in begins(mi).err
    for command in (("doctor",), ("prompts", "list"), ("prompts", "check", "ours")):
        assert "fault" not in mi(*command).err
    assert "ours" in mi("doctor").out


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("set.toml", 'extends = "ours"\n'),
        ("set.toml", 'extends = "../../etc"\n'),
        ("set.toml", 'extends = ["en"]\n'),
        ("set.toml", 'extends = "en"\ntitle = 2026-01-01\n'),
        ("set.toml", 'extends = "en"\nversion = nan\n'),
        ("set.toml", 'extends = "en"\nextends = "es"\n'),
        ("set.toml", 'extends = "en"\n[focus_words.alcohol]\na = 1\n'),
        ("evoking.toml", "prompt = [1, 2]\n"),
        ("evoking.toml", 'prompt.id = "x"\n'),
        ("evoking.toml", '[[prompt]]\nid = "../a"\nsay = "What is new?"\n'),
        ("evoking.toml", '[[prompt]]\nid = "good-at"\nwhen = [["sustain"]]\n'),
        ("evoking.toml", '[[prompt]]\nid = "good-at"\nsay = inf\n'),
        ("evoking.toml", 'hide = [["x"]]\n'),
        ("evoking.toml", '"\\u001b[2J" = 1\n'),
        ("evoking.toml", f"{'a' * 100_000} = 1\n"),
        ("safety.toml", "line = [{}]\n"),
        ("safety.toml", '[[concern]]\nid = "overdose"\ndo = [[]]\n'),
    ],
)
def test_an_interview_begins_without_prompts_of_wrong_types_or_names(
    mi: Mi, config: Path, file: str, text: str
) -> None:
    own = config.parent / "prompts" / "ours"
    own.mkdir(parents=True)
    (own / "set.toml").write_text('extends = "en"\n', encoding="utf-8")
    assert mi("config", "set", "prompt_set", "ours").code == 0
    (own / file).write_text(text, encoding="utf-8")
    told = begins(mi).err
    assert "the shipped ones" in told
    assert f"ours/{file}" in told
    assert "\x1b" not in told
    assert len(told) < 1000
    ran = mi("prompts", "check", "ours")
    assert (ran.code, "fault" in ran.err) == (1, False)


@pytest.mark.parametrize(
    "what", ["a folder", "a pipe", "a link round", "a link to nothing", "an endless device", "gone"]
)
def test_an_interview_begins_without_a_prompt_file_that_is_no_ordinary_file(mi: Mi, config: Path, what: str) -> None:
    file = config.parent / "prompts" / "ours" / "set.toml"
    file.parent.mkdir(parents=True)
    file.write_text('extends = "en"\n', encoding="utf-8")
    assert mi("config", "set", "prompt_set", "ours").code == 0
    file.unlink()
    match what:
        case "a folder":
            file.mkdir()
        case "a pipe":
            os.mkfifo(file)
        case "a link round":
            file.symlink_to(file)
        case "a link to nothing":
            file.symlink_to("nowhere")
        case "an endless device":
            file.symlink_to("/dev/zero")
        case _:
            file.parent.rmdir()
    assert "the shipped ones" in begins(mi).err
    assert "ours" in mi("doctor").out


@pytest.mark.parametrize("name", ["ours", "../../etc", "/etc", "e\x1b[2Jn", "en/", ".", "OURS ", "\u202een"])
def test_a_set_that_is_named_and_is_not_there_is_told(mi: Mi, config: Path, name: str) -> None:
    assert mi("config", "set", "prompt_set", name).code == 0
    begun, ran = begins(mi), mi("doctor")
    assert ran.code == 0
    for told in (begun.err, ran.out):
        assert ("There is no prompt set ours" if name == "ours" else "prompt set name") in told
        assert not {"\x1b", "\u202e"} & set(told)
    assert "the shipped ones" in begun.err


def test_a_mark_at_the_beginning_of_a_prompt_file_is_no_trouble(mi: Mi, config: Path) -> None:
    own = config.parent / "prompts" / "ours"
    own.mkdir(parents=True)
    (own / "set.toml").write_bytes(
        b'\xef\xbb\xbfextends = "en"\r\ntitle = "Ours"\r\nlanguage = "en"\r\nversion = "1"\r\n'
    )
    assert mi("config", "set", "prompt_set", "ours").code == 0
    assert begins(mi).err == ""
    assert mi("prompts", "check", "ours").code == 0


@pytest.mark.parametrize("name", ["evoking.toml.txt", "Evoking.TOML.docx", "evoking (1).toml", "safety.toml.rtf"])
def test_a_file_of_a_set_with_a_hidden_ending_is_named(mi: Mi, config: Path, name: str) -> None:
    own = config.parent / "prompts" / "ours"
    own.mkdir(parents=True)
    (own / "set.toml").write_text('extends = "en"\n', encoding="utf-8")
    (own / name).write_text("", encoding="utf-8")
    assert name in mi("prompts", "check", "ours").out
    (own / name).rename(own / "evoking.toml.bak")
    assert "evoking.toml.bak" not in mi("prompts", "check", "ours").out
