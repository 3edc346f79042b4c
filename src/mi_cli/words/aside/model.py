"""The shape of the texts about records that were set aside."""

from mi_cli.words.texts import Texts


class AsideWords(Texts):
    """Heads of the list, and what is said instead of it. Braces are placeholders, never for what a client said."""

    when: str
    client: str
    name: str
    nothing: str
    not_found: str
    how_to_list: str
    several: str
    name_more: str
    title: str
