"""No character that was typed gets lost, and none that was not typed gets into the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

from mi_cli.terminal import key_parser
from mi_cli.terminal.key_parser import KeyParser

BEGIN, END = "\x1b[200~", "\x1b[201~"


def keys_of(*parts: str, flushed: bool = True) -> list[KeyPress]:
    """Returns the keys that the parser makes of what was sent in these parts."""
    keys: list[KeyPress] = []
    parser = KeyParser(keys.append)
    for part in parts:
        parser.feed(part)
    if flushed:
        parser.flush()
    return keys


def text(keys: list[KeyPress]) -> str:
    """Returns what was typed or pasted."""
    return "".join(key.data for key in keys if key.key == Keys.BracketedPaste or not isinstance(key.key, Keys))


@pytest.mark.parametrize(
    "sent",
    [
        "\x1b[I",
        "\x1b[O",
        "\x1b[13;2u",
        "\x1b[?62;22c",
        "\x1b[<64;126;-3M",
        "\x1b[M !!",
        "\x1b[12;3R",
        END,
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
        "\x1bP1$r0m\x1b\\",
        "\x1bOz",
        "\x1b#",
        "\x1b.",
        "\x1b\r",
        "\x1b",
        "\x1b[19;5~",
        "\x1b[[A",
    ],
)
def test_a_sequence_is_dropped_whole(sent: str) -> None:
    assert text(keys_of(f"one{sent}", " two")) == "one two"


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ("\x1b[19~", Keys.F8),
        ("\x1b\x1b[19~", Keys.F8),
        ("\x1bOD", Keys.Left),
        ("\x1bb", Keys.ControlLeft),
        ("\x1b[1;3D", Keys.ControlLeft),
        ("\x1b\x7f", Keys.ControlW),
        ("\x1bOM", Keys.ControlM),
    ],
)
@pytest.mark.parametrize("cut", [False, True])
def test_a_key_is_a_key_also_when_it_comes_in_two_parts(sent: str, key: Keys, cut: bool) -> None:
    keys = keys_of(*sent) if cut and len(sent) > 2 else keys_of(sent)
    assert [press.key for press in keys if press.key != Keys.Escape] == [key]


def test_the_keypad_types_digits() -> None:
    assert text(keys_of("/importance \x1bOw")) == "/importance 7"


def test_escape_takes_no_letter_with_it() -> None:
    assert text(keys_of("one", "\x1b", "two")) == "onetwo"


def test_what_only_begins_like_an_answer_was_typed() -> None:
    assert text(keys_of("one\x1b]two")) == "onetwo"
    assert text(keys_of("one\x1b]11;two")) == "one11;two"


@given(st.text(st.characters(exclude_characters="\x1b", exclude_categories=["Cs"])), st.data())
def test_a_paste_is_one_however_it_is_cut(pasted: str, data: st.DataObject) -> None:
    sent = f"a{BEGIN}{pasted}{END}b"
    cuts = sorted(data.draw(st.sets(st.integers(0, len(sent)), max_size=8)))
    keys = keys_of(*(sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True)))
    assert [key.data for key in keys] == ["a", pasted, "b"]
    assert keys[1].key == Keys.BracketedPaste


def test_a_second_start_of_a_paste_is_dropped() -> None:
    assert text(keys_of(f"{BEGIN}one{BEGIN}two{END}")) == "onetwo"
    assert text(keys_of(f"{BEGIN}one\x1b[20", f"0~two{END}")) == "onetwo"


def test_a_paste_without_an_end_ends_once_nothing_comes_for_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[KeyPress] = []
    now = 0.0
    monkeypatch.setattr(key_parser, "monotonic", lambda: now)
    parser = KeyParser(keys.append)
    parser.feed(f"{BEGIN}one")
    now = 0.9
    parser.feed(" two")
    now = 1.5
    parser.flush()
    assert keys == []
    assert parser.pasting
    now = 1.9
    parser.flush()
    assert [(key.key, key.data) for key in keys] == [(Keys.BracketedPaste, "one two")]
    parser.feed(f"\x1b[19~{END}x")
    assert [key.key for key in keys[1:]] == [Keys.F8, "x"]


@given(st.text(st.characters(max_codepoint=0x17F)), st.lists(st.integers(0, 40), max_size=6))
def test_no_word_is_lost_between_sequences(words: str, places: list[int]) -> None:
    """Whatever is typed, with unknown sequences in between: the characters come out, each once and in their order."""
    typed = "".join(sign for sign in words if sign.isprintable() and sign not in "[]OP")
    at, sent = 0, ""
    for place in sorted(places):
        sent += typed[at:place] + "\x1b[57414;2u"
        at = max(at, place)
    assert text(keys_of(sent + typed[at:])) == typed
