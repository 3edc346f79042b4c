"""The texts around what is due in Spanish."""

from typing import Final

from mi_cli.records.text_keys import DueKind
from mi_cli.words.due.model import DueWords

ES: Final = DueWords(
    kinds={
        DueKind.SAFETY: "preocupación de seguridad sin resolver",
        DueKind.NOTE: "nota sin firmar",
        DueKind.PLAN: "plan por revisar",
        DueKind.REVIEW: "meta por revisar",
        DueKind.STEP: "paso cuyo día ya pasó",
        DueKind.APPOINTMENT: "cita hoy",
        DueKind.CONSENT_ENDS: "consentimiento por vencer",
        DueKind.CONSENT_TAKEN_BACK: "consentimiento revocado, y alguien tiene el documento",
        DueKind.NOT_SEEN: "sin entrevista ni contacto",
        DueKind.PAUSED: "entrevista sin cerrar",
        DueKind.BACKUP: "sin copia de seguridad en la última semana",
    },
    counts={
        DueKind.SAFETY: "Preocupaciones de seguridad sin resolver: {n}",
        DueKind.NOTE: "Notas sin firmar: {n}",
        DueKind.PLAN: "Planes por revisar: {n}",
        DueKind.REVIEW: "Metas por revisar: {n}",
        DueKind.STEP: "Pasos cuyo día ya pasó: {n}",
        DueKind.APPOINTMENT: "Citas hoy: {n}",
        DueKind.CONSENT_ENDS: "Consentimientos que vencen en 30 días o menos: {n}",
        DueKind.CONSENT_TAKEN_BACK: "Consentimientos revocados cuyo documento alguien tiene: {n}",
        DueKind.NOT_SEEN: "Clientes sin entrevista ni contacto desde hace tiempo: {n}",
        DueKind.PAUSED: "Entrevistas sin cerrar: {n}",
        DueKind.BACKUP: "Copias de seguridad por hacer: {n}",
    },
    no_backup_yet="todavía sin copia de seguridad",
    file="ARCHIVO",
    header=("QUÉ", "CÓDIGO", "DÍA", "DESDE", "COMANDO"),
    today="hoy",
    one_day="1 día",
    days="{n} días",
    in_one_day="en 1 día",
    in_days="en {n} días",
    nothing="No hay nada pendiente.",
    due="Pendiente:",
    due_row="pendiente",
    locked="El almacén está bloqueado. `mi today` pide la contraseña y muestra lo pendiente.",
    no_store="Todavía no hay un almacén. La primera entrevista lo crea.",
    begins="empieza una entrevista; J-014 es el código del cliente",
    shows_all="lo pendiente, con el comando para cada cosa",
    asks_all="qué más hay, por tarea",
    tries="un cliente inventado, para probarlo todo",
    ask_done="¿Qué se hizo y a quién se avisó? Enter omite la pregunta:",
    dealt_with="Preocupación de seguridad atendida: {concerns}.",
    settled="Anotado como atendido en la entrevista {id}: {concerns}.",
)
