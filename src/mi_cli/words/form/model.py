"""The shape of the consent form's texts, which are plain and in the first person: the client signs them.

The rights follow 42 CFR 2.31(a)(4)(iii), (6), (7) and (10), 2.25 and 2.11 in the version of 2024. This is no legal
advice.
"""

from collections.abc import Mapping
from typing import Final

from mi_cli.records.terms import Category
from mi_cli.words.texts import Texts

# To be raised with every change to what the form says, also to `categories` and `parts` in `words.labels`.
FORM_VERSION: Final = "5"


class FormWords(Texts):
    """The texts on the form, whether it is filled in or blank. Braces are placeholders."""

    title: str
    intro: str
    name: str
    name_and_birth: str
    from_whom: str
    to_whom: str
    to_name: str
    to_organization: str
    to_address: str
    what: str
    categories: Mapping[Category, str]
    nothing_else: str
    purpose: str
    tpo: str
    this_purpose: str
    until: str
    until_day: str
    until_event: str
    no_end: str
    rights: str
    choice: str
    refusal: str
    refusal_more: str
    take_back: str
    take_back_where: str
    further: str
    hipaa: str
    ask: str
    copy: str
    signing: str
    signature: str
    date: str
    for_client: str
    for_name: str
    for_authority: str
    footer: str
    footer_general: str
    page_of: str
