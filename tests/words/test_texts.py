"""The texts of a subject: all of them are there, none else, and none is changed."""

import pytest

from mi_cli.words.texts import Texts


class Two(Texts):
    one: str
    other: str = "there is one already"


def test_each_text_is_given_once_by_its_name() -> None:
    texts = Two(one="a")
    assert (texts.one, texts.other) == ("a", "there is one already")
    assert Two(one="a", other="b").other == "b"


@pytest.mark.parametrize("given", [{}, {"other": "b"}, {"one": "a", "more": "b"}])
def test_a_text_that_is_missing_or_unknown_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(TypeError, match=r"Two: (one|more)"):
        Two(**given)


def test_a_text_is_never_changed() -> None:
    with pytest.raises(AttributeError):
        setattr(Two(one="a"), "one", "b")  # noqa: B010
