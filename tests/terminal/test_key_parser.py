"""No character that was typed gets lost, and none that was not typed gets into the line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

from mi_cli.terminal import key_parser
from mi_cli.terminal.key_parser import KeyParser

BEGIN, END = "\x1b[200~", "\x1b[201~"


def keys_of(*parts: str, flushed: bool = True, gap: float = 0) -> list[KeyPress]:
    """Returns the keys that the parser makes of what was sent in these parts, each `gap` seconds after the other."""
    keys: list[KeyPress] = []
    now = 0.0
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(key_parser, "monotonic", lambda: now)
        parser = KeyParser(keys.append)
        for part in parts:
            parser.feed(part)
            now += gap
        if flushed:
            parser.flush()
    return keys


def text(keys: list[KeyPress]) -> str:
    """Returns what was typed or pasted."""
    return "".join(key.data for key in keys if key.key == Keys.BracketedPaste or not isinstance(key.key, Keys))


# What terminals send that is no key of ours, as it was recorded.
RECORDED = {
    "focus gained": "\x1b[I",
    "focus lost": "\x1b[O",
    "Shift-Enter, CSI-u": "\x1b[13;2u",
    "Shift-Enter, modifyOtherKeys": "\x1b[27;2;13~",
    "Ctrl-Enter, modifyOtherKeys": "\x1b[27;5;13~",
    "a key with its events and its text, kitty": "\x1b[97:65;2:1;65u",
    "a key's release, kitty": "\x1b[57414;1:3u",
    "flags of the keyboard, kitty": "\x1b[?31u",
    "a picture, kitty": "\x1b_Gi=31;OK\x1b\\",
    "a key of win32-input-mode": "\x1b[65;30;97;1;0;1_",
    "an old mouse report": "\x1b[M !!",
    "a mouse report": "\x1b[<64;126;-3M",
    "a mouse released": "\x1b[<0;12;3m",
    "a mouse report of urxvt": "\x1b[32;12;34M",
    "where the cursor is": "\x1b[12;3R",
    "device attributes": "\x1b[?62;22c",
    "second device attributes": "\x1b[>41;388;0c",
    "third device attributes": "\x1bP!|7E565445\x1b\\",
    "a mode": "\x1b[?2026;2$y",
    "the size of the window": "\x1b[8;30;100t",
    "the title of the window": "\x1b]lbash\x1b\\",
    "the background": "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "the background, with BEL": "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    "a color of the palette": "\x1b]4;7;rgb:e5e5/e5e5/e5e5\x07",
    "the clipboard": "\x1b]52;c;Y2xpcA==\x1b\\",
    "the size of a cell, iTerm": "\x1b]1337;ReportCellSize=17.0;8.0;2.0\x1b\\",
    "a setting": "\x1bP1$r0m\x1b\\",
    "a capability": "\x1bP1+r544e=787465726d\x1b\\",
    "the name of the terminal": "\x1bP>|XTerm(388)\x1b\\",
    "the name of the terminal, kitty": "\x1bP>|kitty(0.35.2)\x1b\\",
    "the name of the terminal, iTerm": "\x1bP>|iTerm2 3.5.0\x1b\\",
    "the name of the terminal, tmux": "\x1bP>|tmux 3.4\x1b\\",
    "second device attributes, tmux": "\x1b[>84;0;0c",
    "device attributes, Windows": "\x1b[?1;0c",
    "second device attributes, Windows Terminal": "\x1b[>0;10;1c",
    "device attributes, mosh": "\x1b[?62c",
    "second device attributes, mosh": "\x1b[>1;10;0c",
    "what tmux passes on": "\x1bPtmux;\x1b\x1b]11;rgb:1e1e/1e1e/1e1e\x07\x1b\\",
    "a private message": "\x1b^message\x1b\\",
    "a string": "\x1bXstring\x1b\\",
    "the late end of a paste": END,
    "F1": "\x1bOP",
    "Shift-F1, with SS3": "\x1bO2P",
    "Ctrl-F8": "\x1b[19;5~",
    "F1 of the Linux console": "\x1b[[A",
    "a color": "\x1b[38:2::30:30:30m",
}
TYPED_TOO = ("\x1b^m", "\x1bXs", "\x1b]l")  # A person might type these as well: Alt with a sign, and then words.
recorded = pytest.mark.parametrize("sent", RECORDED.values(), ids=RECORDED.keys())


@pytest.mark.parametrize("sent", [*RECORDED.values(), "\x1bOz", "\x1b#", "\x1b.", "\x1b\r", "\x1b"])
def test_a_sequence_is_dropped_whole(sent: str) -> None:
    assert text(keys_of(f"one{sent}", " two")) == "one two"


@recorded
def test_it_is_dropped_also_when_it_comes_in_parts(sent: str) -> None:
    assert text(keys_of("one", *sent, "two")) == "onetwo"
    for cut in range(1, len(sent)):
        assert text(keys_of("one", sent[:cut], sent[cut:], "two")) == "onetwo", cut
        assert text(keys_of(f"one{sent[:cut]}", f"{sent[cut:]}two")) == "onetwo", cut


@pytest.mark.parametrize("byte", [0, 0xDC00], ids=["as UTF-8", "as a byte"])
@recorded
def test_it_is_dropped_with_controls_of_eight_bits(sent: str, byte: int) -> None:
    eight_bit = re.sub(r"\A\x1b([O[\]P])|\x1b(\\)\Z", lambda at: chr(ord(at[1] or at[2]) + 0x40 + byte), sent)
    if "tmux;" in sent:
        pytest.skip("tmux sends seven bits")
    assert text(keys_of("one", eight_bit, "two")) == "onetwo"
    for cut in range(1, len(eight_bit)):
        assert text(keys_of("one", eight_bit[:cut], eight_bit[cut:], "two")) == "onetwo", cut


@pytest.mark.parametrize(
    "sent", ["\x9b19;5~", "\x9b?62;22c", "\x9b<64;12;3M", "\x9d11;rgb:1e1e/1e1e/1e1e\x9c", "\x90x\x9c"]
)
def test_so_is_one_between_words_that_were_read_with_it(sent: str) -> None:
    assert text(keys_of(f"one{sent}two")) == "onetwo"


@recorded
def test_of_one_that_is_cut_off_nothing_is_typed(sent: str) -> None:
    for cut in range(1, len(sent)):
        if sent[:3] in TYPED_TOO and cut > 2:
            break
        assert text(keys_of("one", sent[:cut])) == "one", cut
        assert text(keys_of("one", sent[:cut], "two", gap=0.6)) == "onetwo", cut
        assert text(keys_of("one", f"{sent[:cut]}\r", "two")) in ("one\rtwo", "onetwo"), cut
        if cut > 1 and sent[:3] != "\x1b[M":
            assert text(keys_of("one", f"{sent[:cut]} two")) == "one two", cut


@pytest.mark.parametrize("sent", [RECORDED["the background"], RECORDED["a color of the palette"]])
def test_nor_of_one_that_came_a_byte_at_a_time(sent: str) -> None:
    for cut in range(3, len(sent) - 1):
        assert text(keys_of("one", *sent[:cut])) == "one", cut


@recorded
def test_none_of_them_enters_the_line(sent: str) -> None:
    assert not {Keys.ControlM, Keys.ControlJ} & {press.key for press in keys_of(sent)}


@recorded
def test_the_safety_card_comes_at_once_also_after_one_that_is_cut_off(sent: str) -> None:
    for cut in range(1, len(sent)):
        keys = keys_of(sent[:cut], "\x1b[19~", flushed=False)
        assert [press.key for press in keys if press.key != Keys.Escape][-1:] == [Keys.F8], cut
        keys = keys_of(f"{sent[:cut]}\x1b[19~", flushed=False)
        assert [press.key for press in keys if press.key != Keys.Escape][-1:] == [Keys.F8], cut


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
    assert text(keys_of(*(f"\x1bO{sign}" for sign in "pqrstuvwxyjklmnoX "))) == "0123456789*+,-./= "


def test_escape_takes_no_letter_with_it() -> None:
    assert text(keys_of("one", "\x1b", "two")) == "onetwo"


def test_what_only_begins_like_an_answer_was_typed() -> None:
    assert text(keys_of("one\x1b]two")) == "onetwo"
    assert text(keys_of("one\x1b^two\r")) == "onetwo"
    assert text(keys_of("one", "\x1b", "Parents", " two")) == "oneParents two"
    assert text(keys_of("one", "\x1b", "X", " two", gap=0.6)) == "oneX two"
    assert text(keys_of("one", "\x1b]11;", "two", gap=0.6)) == "onetwo"
    assert re.sub("[\x80-\x9f]", "", text(keys_of("one \x9btwo \x9b5 \x8fthree \x9d0"))) == "one two 5 three 0"


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


def test_what_was_pasted_has_no_half_of_an_end() -> None:
    for cut in range(len(END)):
        keys = keys_of(f"{BEGIN}one", f" two{END[:cut]}", gap=1)
        assert [(press.key, press.data) for press in keys] == [(Keys.BracketedPaste, "one two")]


@pytest.mark.parametrize("parts", [["\x1b[19~"], ["\x1b", "[19~"], ["\x1b[1", "9~"], list("\x1b[19~")])
def test_the_safety_card_does_not_wait_for_the_end_of_a_paste(parts: list[str]) -> None:
    keys = keys_of(f"{BEGIN}one", " two", *parts, "x", flushed=False)
    assert [press.key for press in keys] == [Keys.BracketedPaste, Keys.F8, "x"]
    assert keys[0].data == "one two"


_WORDS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=["Cc"]), min_size=1)
_SENT = st.lists(st.one_of(_WORDS, st.sampled_from(list(RECORDED.values()))), max_size=20)


@given(_SENT, st.data())
def test_no_word_is_lost_and_none_is_added_wherever_reads_are_cut(parts: list[str], data: st.DataObject) -> None:
    sent = "".join(parts)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(sent)), max_size=12)))
    reads = [sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    assert text(keys_of(*reads)) == "".join(part for part in parts if part not in RECORDED.values())


@given(st.lists(st.text(max_size=12), max_size=12), st.floats(0, 2))
def test_whatever_comes_is_over_once_nothing_more_comes(reads: list[str], gap: float) -> None:
    keys = keys_of(*reads, "\x1b\\", END, gap=gap)
    assert "\x1b" not in [key.key for key in keys]
    keys = keys_of(*reads, "\x1b[19~", "one", gap=1.5)
    assert [(key.key, key.data) for key in keys][-2:] == [(Keys.F8, "\x1b[19~"), ("o", "one")]
