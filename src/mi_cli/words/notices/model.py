"""The shape of the notices on a handoff, with the source of each. This is no legal advice.

The two notices of 42 CFR 2.32 are text of the US government: they stand here, in English, for every language. All other
sentences are this program's own. Where a privacy officer words one otherwise, it is changed in this folder and nowhere
else; `handoff.cover` decides which of them goes on which document.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from mi_cli.words.texts import Texts

NOTICE_VERSION: Final = "2024"


class NoticeWords(Texts):
    """The notices. Braces are placeholders, never for a client's words."""

    # The text of 42 CFR 2.32(a)(2) and (a)(1), the same in every language.
    short: str = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    long: str = (
        "This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR part "
        "2). These rules prohibit you from using or disclosing this record, or testimony that describes the "
        "information contained in this record, in any civil, criminal, administrative, or legislative proceedings "
        "by any Federal, State, or local authority, against the patient, unless authorized by the consent of the "
        "patient, except as provided at 42 CFR 2.12(c)(5) or as authorized by a court in accordance with 42 CFR "
        "2.64 or 2.65. In addition, the Federal rules prohibit you from making any other use or disclosure of "
        "this record unless at least one of the following applies: (i) Further use or disclosure is expressly "
        "permitted by the written consent of the individual whose information is being disclosed in this record "
        "or as otherwise permitted by 42 CFR part 2. (ii) You are a covered entity or business associate and have "
        "received the record for treatment, payment, or health care operations, or (iii) You have received the "
        "record from a covered entity or business associate as permitted by 45 CFR part 164, subparts A and E. A "
        "general authorization for the release of medical or other information is NOT sufficient to meet the "
        "required elements of written consent to further use or redisclose the record (see 42 CFR 2.31)."
    )

    notes_kept_apart: str
    further_under_hipaa: str
    further_as_consented: str
    no_further: str
    further_by_others: str
    within_program: str
    misdirected: str
    sender: str  # stands for {contact} in `misdirected` where no name is known


@dataclass(frozen=True)
class Source:
    """Where a notice comes from: its version, the rule it follows, and the day of that rule.

    `mark` says how the rule was read: V in the rule itself or on a page that quotes it whole, S in secondary sources
    that agree.
    """

    version: str
    rule: str
    dated: date
    mark: str


_RULE_2024: Final = date(2024, 2, 16)

SOURCES: Final[Mapping[str, Source]] = {
    "short": Source(NOTICE_VERSION, "42 CFR 2.32(a)(2), 89 FR 12472", _RULE_2024, "S"),
    "long": Source(NOTICE_VERSION, "42 CFR 2.32(a)(1), 89 FR 12472", _RULE_2024, "S"),
    "notes_kept_apart": Source("1", "42 CFR 2.11, 2.31(b)", _RULE_2024, "V"),
    "further_under_hipaa": Source("1", "42 CFR 2.33(b)(1)", _RULE_2024, "V"),
    "further_as_consented": Source("1", "42 CFR 2.33(b)(2)", _RULE_2024, "V"),
    "no_further": Source("1", "42 CFR 2.32, 2.33", _RULE_2024, "S"),
    "further_by_others": Source("1", "42 CFR 2.32, 2.33", _RULE_2024, "S"),
    "within_program": Source("1", "42 CFR 2.12(c)(3)", _RULE_2024, "S"),
    "misdirected": Source("1", "this program", date(2026, 11, 24), "V"),
}
