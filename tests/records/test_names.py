"""Codes, ids and set names: nothing that is a path, a device or a word with a meaning."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.errors import WrongUsage
from mi_cli.records.names import MAX_LENGTH, checked_name, is_id, is_id_start
from mi_cli.records.outside_keys import NameOf
from mi_cli.words.told import in_one_line, told


@pytest.mark.parametrize(
    "name", ["J-014", "j", "0", "a.b", "a_b-c.d", "Ünal-7", "конь", "lastly", "console", "com", "a" * 64]
)
def test_these_may_be_codes(name: str) -> None:
    assert checked_name(name, NameOf.CLIENT) == name


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", "../x", "x/..", "a..b", "/etc/passwd", "\\\\host\\share", "C:\\x", "C:", "a/b", "a\\b", "~",
        "a b", " a", "a ", "-a", "a-", ".a", "a.", "a\0", "a\n", "\x1b[31m", "a\x7f", "a\u202eb", "a\u200bb", "a:b",
        "*", "?", "a" * 65, "last", "LAST", "Last", "con", "CON", "con.json", "nul", "aux.x.y", "prn", "com1", "COM¹",
        "LPT1.txt", "lpt9", "conin$", "$(id)", "`id`", "a;b", "a'b", "🍺", "a\tb", "a\udcffb", "ä" * 65, "~root",
        "$HOME", "%TEMP%", ".hidden", "/tmp/x",
        "\u3164", "a\u3164b", "\u115fa", "a\uffa0", "a\u1160", "a\u00ad1", "a\u2060",
    ],
)  # fmt: skip
def test_these_may_not(name: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        checked_name(name, NameOf.CLIENT)
    if len(name) > 2 and name.lower() != "last":
        assert name not in in_one_line(refused.value, "en") + in_one_line(refused.value, "es")
    assert all(told(refused.value, "es"))


def test_the_same_letters_are_the_same_code() -> None:
    assert checked_name(unicodedata.normalize("NFD", "Ünal"), NameOf.CLIENT) == unicodedata.normalize("NFC", "Ünal")


@given(st.text())
def test_what_is_taken_can_be_a_file_name_anywhere(name: str) -> None:
    try:
        taken = checked_name(name, NameOf.CLIENT)
    except WrongUsage:
        return
    assert 0 < len(taken) <= MAX_LENGTH
    assert not set(taken) & set('/\\:*?"<>|~$ \0')
    assert taken.isprintable()
    assert taken.strip(".") == taken


def test_ids() -> None:
    assert is_id("7k3q9xab")
    assert not any(is_id(text) for text in ("", "7k3q9xa", "7k3q9xabc", "7K3Q9XAB", "../../..", "7k3q9xa\n", "٣" * 8))
    assert is_id_start("7k")
    assert not any(is_id_start(text) for text in ("", "7K", "7k3q9xabc", "7-"))
