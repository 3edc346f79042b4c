"""The texts of the consent form in English."""

from typing import Final

from mi_cli.records.terms import Category
from mi_cli.words.form.model import FormWords

EN: Final = FormWords(
    title="My consent to share",
    intro="This paper says what may be shared about me, with whom, and for how long. I decide, line by line.",
    name="My name",
    name_and_birth="My name and birth date",
    from_whom="Who may share it",
    to_whom="Who may get it",
    to_name="Name",
    to_organization="Organization",
    to_address="Address or telephone",
    what="What may be shared: only what has an X",
    categories={
        Category.GOAL_PLAN: "my goals and my change plan",
        Category.READINGS: "importance, confidence and readiness",
        Category.SHARED_WORDS: "what I chose to share of what was said",
        Category.PARKED_MATTERS: "matters that I chose to share",
        Category.INTERVIEWS: "our interviews",
        Category.SAFETY_RAISED: "a safety concern",
        Category.PROGRESS_NOTES: "the progress notes in my record",
    },
    nothing_else="Nothing else. The notes of what I say in counseling are kept apart and never shared with this paper.",
    purpose="What for",
    tpo="for my treatment, for payment, and for health care operations",
    this_purpose="for this purpose:",
    until="Until when",
    until_day="up to and including this day:",
    until_event="until this happens:",
    no_end="no end: until I take it back",
    rights="My rights",
    choice="Signing is my choice.",
    refusal="If I do not sign, nothing is shared with those named above, and they plan their part without it.",
    refusal_more="What else follows if I do not sign:",
    take_back=(
        "I can take this back at any time, in writing or in the way that stands here. From then on nothing more is "
        "shared. What was shared before cannot be called back."
    ),
    take_back_where="To take it back:",
    further="Whoever gets it could share it again, and it may then no longer be protected by this law (42 CFR part 2).",
    hipaa=(
        "If those who get it follow the health privacy law HIPAA and get it for treatment, payment or health care "
        "operations, they may use and share it again as HIPAA allows. They may not use it against me in civil, "
        "criminal, administrative or legislative proceedings."
    ),
    ask="I can ask with whom it was shared in the last three years.",
    copy="I get a copy of this paper.",
    signing="My signature",
    signature="Signature",
    date="Date",
    for_client="If somebody signs for me",
    for_name="Their name",
    for_authority="Who they are to me, and why they may sign",
    footer="Consent form, version {version}, for 42 CFR 2.31",
    footer_general="Consent form, version {version}",
    page_of="{page} of {pages}",
)
