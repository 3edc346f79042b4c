"""A sentence made in an inner room is English to a program, and speaks the language of whoever reads it."""

from mi_cli.errors import Damaged, Failed
from mi_cli.words.disk import disk_words
from mi_cli.words.said import listed, said, spoken
from mi_cli.words.store import store_words
from mi_cli.words.told import in_one_line, told


def test_it_is_its_english_sentence() -> None:
    gone = said(store_words, lambda words: words.gone)
    assert gone == store_words("en").gone
    assert {gone} == {store_words("en").gone}


def test_it_is_spoken_with_its_parts_and_out_of_an_exception() -> None:
    reason = said(disk_words, lambda words: words.system_refused)
    error = ValueError(said(disk_words, lambda words: words.not_saved, reason=reason))
    assert spoken(str(error), "es") == disk_words("es").not_saved.format(reason=disk_words("es").system_refused)
    assert spoken("{as it is}", "es") == "{as it is}"


def test_braces_in_a_value_stay() -> None:
    words = said(disk_words, lambda words: words.no_such_folder, parent="{reason} {")
    assert words.endswith("{reason} {")
    assert spoken(words, "es-MX").endswith("{reason} {")


def test_a_list_is_spoken_item_by_item() -> None:
    head, item = said(store_words, lambda words: words.gone), said(store_words, lambda words: words.not_json)
    assert listed(head, [item, "{x}"]) == f"{head}\n- {item}\n- {{x}}"
    assert (
        spoken(listed(head, [item, "{x}"]), "es")
        == f"{store_words('es').gone}\n- {store_words('es').not_json}\n- {{x}}"
    )


def test_an_error_is_told_in_a_language() -> None:
    error = Damaged("plan.json", said(store_words, lambda words: words.gone))
    assert told(error, "es")[0] == "No se puede leer plan.json: ya no está."
    assert told(error, "en")[0] == "plan.json cannot be read: it is gone."
    assert told(error, None)[1].startswith("It is kept as it is")
    assert in_one_line(Failed("One.", "Two."), "es") == "One. Two."
