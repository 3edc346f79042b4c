"""The texts of the consent form in Spanish."""

from typing import Final

from mi_cli.records.terms import Category
from mi_cli.words.form.model import FormWords

ES: Final = FormWords(
    title="Mi consentimiento para compartir",
    intro="Este papel dice qué se puede compartir sobre mí, con quién y hasta cuándo. Yo decido, línea por línea.",
    name="Mi nombre",
    name_and_birth="Mi nombre y fecha de nacimiento",
    from_whom="Quién puede compartirlo",
    to_whom="Quién puede recibirlo",
    to_name="Nombre",
    to_organization="Organización",
    to_address="Dirección o teléfono",
    what="Qué se puede compartir: solo lo que tiene una X",
    categories={
        Category.GOAL_PLAN: "mis metas y mi plan de cambio",
        Category.READINGS: "importancia, confianza y disposición",
        Category.SHARED_WORDS: "lo que elegí compartir de lo que se dijo",
        Category.PARKED_MATTERS: "asuntos que elegí compartir",
        Category.INTERVIEWS: "nuestras entrevistas",
        Category.SAFETY_RAISED: "una preocupación de seguridad",
        Category.PROGRESS_NOTES: "las notas de progreso de mi expediente",
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
        "Puedo revocar este consentimiento en cualquier momento, por escrito o de la manera que aquí se indica. Desde "
        "entonces no se comparte nada más. Lo que ya se compartió no se puede recuperar."
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
