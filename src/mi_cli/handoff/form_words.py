"""The words of the consent form, in English and Spanish: plain, and in the client's own voice.

The rights follow 42 CFR 2.31(a)(4)(iii), (6), (7) and (10), 2.25 and 2.11 in the version of 2024. No legal advice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mi_cli.records.terms import Category

# It goes up with every change to what the form says, also to the parts that `handoff.scope` names.
FORM_VERSION: Final = "2"


@dataclass(frozen=True, eq=False, repr=False)
class FormWords:
    """What stands on the form, whether filled in or not. Braces are filled in."""

    title: str
    intro: str
    name: str
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


EN: Final = FormWords(
    title="My consent to share",
    intro="This paper says what may be shared about me, with whom, and for how long. I decide, line by line.",
    name="My name",
    from_whom="Who may share it",
    to_whom="Who may get it",
    to_name="Name",
    to_organization="Organization",
    to_address="Address or telephone",
    what="What may be shared: only what has a cross",
    categories={
        Category.GOAL_PLAN: "my goals and my change plan",
        Category.READINGS: "importance, confidence and readiness",
        Category.SHARED_WORDS: "what I chose to share of what was said",
        Category.PARKED_MATTERS: "matters that I chose to share",
        Category.INTERVIEWS: "our interviews",
        Category.SAFETY_RAISED: "a safety concern",
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
        "I can take this back at any time, in writing. From then on nothing more is shared. What was shared before "
        "cannot be called back."
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

ES: Final = FormWords(
    title="Mi consentimiento para compartir",
    intro="Este papel dice qué se puede compartir sobre mí, con quién y hasta cuándo. Yo decido, línea por línea.",
    name="Mi nombre",
    from_whom="Quién puede compartirlo",
    to_whom="Quién puede recibirlo",
    to_name="Nombre",
    to_organization="Organización",
    to_address="Dirección o teléfono",
    what="Qué se puede compartir: solo lo que tiene una cruz",
    categories={
        Category.GOAL_PLAN: "mis metas y mi plan de cambio",
        Category.READINGS: "importancia, confianza y disposición",
        Category.SHARED_WORDS: "lo que elegí compartir de lo que se dijo",
        Category.PARKED_MATTERS: "asuntos que elegí compartir",
        Category.INTERVIEWS: "nuestras entrevistas",
        Category.SAFETY_RAISED: "una preocupación de seguridad",
    },
    nothing_else=(
        "Nada más. Las notas de lo que digo en consejería se guardan aparte y nunca se comparten con este papel."
    ),
    purpose="Para qué",
    tpo="para mi tratamiento, para el pago y para operaciones de atención médica",
    this_purpose="para este propósito:",
    until="Hasta cuándo",
    until_day="hasta este día, inclusive:",
    until_event="hasta que ocurra esto:",
    no_end="sin fecha final: hasta que yo lo revoque",
    rights="Mis derechos",
    choice="Firmar es decisión mía.",
    refusal=(
        "Si no firmo, no se comparte nada con quienes se nombran arriba, y ellos planean su parte sin esta información."
    ),
    refusal_more="Qué más pasa si no firmo:",
    take_back=(
        "Puedo revocar este consentimiento en cualquier momento, por escrito. Desde entonces no se comparte nada más. "
        "Lo que ya se compartió no se puede recuperar."
    ),
    take_back_where="Para revocarlo:",
    further=(
        "Quien lo recibe podría compartirlo de nuevo, y entonces es posible que esta ley ya no lo proteja (parte 2 "
        "del título 42 del CFR)."
    ),
    hipaa=(
        "Si quienes lo reciben siguen la ley de privacidad médica HIPAA y lo reciben para tratamiento, pago u "
        "operaciones de atención médica, pueden usarlo y compartirlo de nuevo según lo permite HIPAA. No pueden "
        "usarlo en mi contra en procedimientos civiles, penales, administrativos o legislativos."
    ),
    ask="Puedo preguntar con quién se compartió en los últimos tres años.",
    copy="Recibo una copia de este papel.",
    signing="Mi firma",
    signature="Firma",
    date="Fecha",
    for_client="Si otra persona firma por mí",
    for_name="Su nombre",
    for_authority="Quién es para mí y por qué puede firmar",
    footer="Formulario de consentimiento, versión {version}, para 42 CFR 2.31",
    footer_general="Formulario de consentimiento, versión {version}",
    page_of="{page} de {pages}",
)


def form_words(language: str) -> FormWords:
    """The words for a language; English where there are none."""
    return ES if language == "es" else EN
