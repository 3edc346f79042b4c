"""The wordings the law asks for, as data: each with version, source and how well the source was read. No legal advice.

Marks: V read in the rule or a page that quotes it whole; S from secondary sources that agree. What a privacy officer
words otherwise is changed here and nowhere else. US government text stands in English; our own sentences in both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from mi_cli.records.terms import Basis, ConsentKind, RecipientKind

NOTICE_VERSION: Final = "2024"


@dataclass(frozen=True)
class Wording:
    """A text by language. `dated` is the day of the rule it follows."""

    text: Mapping[str, str]
    version: str
    source: str
    dated: date
    mark: str

    def in_(self, language: str) -> str:
        """In that language; in English where there is none."""
        return self.text.get(language, self.text["en"])


@dataclass(frozen=True)
class Notice:
    """The notice that goes with a disclosure: `full` on the cover, `page` on every page or section."""

    full: str
    page: str
    version: str


_RULE_2024: Final = date(2024, 2, 16)

SHORT: Final = Wording(
    {"en": "42 CFR part 2 prohibits unauthorized use or disclosure of these records."},
    NOTICE_VERSION,
    "42 CFR 2.32(a)(2), 89 FR 12472",
    _RULE_2024,
    "S",
)

LONG: Final = Wording(
    {
        "en": (
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
    },
    NOTICE_VERSION,
    "42 CFR 2.32(a)(1), 89 FR 12472",
    _RULE_2024,
    "S",
)

STANDING: Final = Wording(
    {
        "en": "Counseling notes are never part of a handoff. They are kept apart and are not in this document.",
        "es": (
            "Las notas de consejería nunca forman parte de un traspaso. Se guardan aparte y no están en este documento."
        ),
    },
    "1",
    "42 CFR 2.11, 2.31(b)",
    _RULE_2024,
    "V",
)

WITHIN_HIPAA: Final = Wording(
    {
        "en": (
            "A covered entity or business associate that received this record for treatment, payment or health care "
            "operations may use and disclose it further as HIPAA permits, but not in civil, criminal, administrative "
            "or legislative proceedings against the client."
        ),
        "es": (
            "Una entidad cubierta o un asociado comercial que recibió este expediente para tratamiento, pago u "
            "operaciones de atención médica puede usarlo y divulgarlo de nuevo según lo permite HIPAA, pero no en "
            "procedimientos civiles, penales, administrativos o legislativos contra el cliente."
        ),
    },
    "1",
    "42 CFR 2.33(b)(1)",
    _RULE_2024,
    "V",
)

AS_CONSENTED: Final = Wording(
    {
        "en": (
            "A part 2 program that is neither a covered entity nor a business associate may disclose this record "
            "further only as the client's written consent permits."
        ),
        "es": (
            "Un programa de la parte 2 que no es entidad cubierta ni asociado comercial puede divulgar de nuevo este "
            "expediente solo como lo permite el consentimiento por escrito del cliente."
        ),
    },
    "1",
    "42 CFR 2.33(b)(2)",
    _RULE_2024,
    "V",
)

NOT_FURTHER: Final = Wording(
    {
        "en": (
            "This record may not be passed on unless the client's written consent expressly permits it, or 42 CFR "
            "part 2 permits it otherwise."
        ),
        "es": (
            "Este expediente no se puede pasar a nadie más, salvo que el consentimiento por escrito del cliente lo "
            "permita expresamente o que la parte 2 del título 42 del CFR lo permita de otro modo."
        ),
    },
    "1",
    "42 CFR 2.32, 2.33",
    _RULE_2024,
    "S",
)

IN_PROGRAM: Final = Wording(
    {
        "en": (
            "This record stays within the program, with those who need it to treat the client or to refer the client "
            "for treatment. It leaves the program only with the client's written consent, or as 42 CFR part 2 permits "
            "otherwise."
        ),
        "es": (
            "Este expediente se queda dentro del programa, con quienes lo necesitan para tratar al cliente o para "
            "derivarlo a tratamiento. Sale del programa solo con el consentimiento por escrito del cliente o como la "
            "parte 2 del título 42 del CFR lo permita de otro modo."
        ),
    },
    "1",
    "42 CFR 2.12(c)(3)",
    _RULE_2024,
    "S",
)

MISDIRECTED: Final = Wording(
    {
        "en": "If this has reached you by mistake, please read no further, tell {contact}, and destroy every copy.",
        "es": (
            "Si esto le ha llegado por error, por favor no siga leyendo, avise a {contact} y destruya todas las copias."
        ),
    },
    "1",
    "this program",
    date(2026, 11, 24),
    "V",
)


def redisclosure(basis: Basis, recipient: RecipientKind, consent: ConsentKind | None) -> Wording | None:
    """What the recipient may do with it (42 CFR 2.33(b)); null for the client, who may do anything.

    The wider permissions rest on a consent for treatment, payment and operations; one for a named purpose gives none.
    """
    if basis is Basis.CLIENT_COPY:
        return None
    if basis is Basis.SAME_PROGRAM:
        return IN_PROGRAM
    if consent is ConsentKind.TPO:
        if recipient in (RecipientKind.COVERED_ENTITY, RecipientKind.BUSINESS_ASSOCIATE):
            return WITHIN_HIPAA
        if recipient is RecipientKind.PART2_PROGRAM:
            return AS_CONSENTED
    return NOT_FURTHER
