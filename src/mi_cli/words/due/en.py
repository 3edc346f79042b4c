"""The texts around what is due in English."""

from typing import Final

from mi_cli.records.text_keys import DueKind
from mi_cli.words.due.model import DueWords

EN: Final = DueWords(
    kinds={
        DueKind.SAFETY: "safety concern open",
        DueKind.NOTE: "note not signed",
        DueKind.PLAN: "plan to look at again",
        DueKind.REVIEW: "goal to look at again",
        DueKind.STEP: "step whose day has passed",
        DueKind.APPOINTMENT: "appointment today",
        DueKind.CONSENT_ENDS: "consent ends",
        DueKind.CONSENT_TAKEN_BACK: "consent taken back, and somebody has the document",
        DueKind.NOT_SEEN: "not seen, and no contact",
        DueKind.PAUSED: "interview not closed",
        DueKind.BACKUP: "no backup in the last week",
    },
    counts={
        DueKind.SAFETY: "Safety concerns open: {n}",
        DueKind.NOTE: "Notes not signed: {n}",
        DueKind.PLAN: "Plans to look at again: {n}",
        DueKind.REVIEW: "Goals to look at again: {n}",
        DueKind.STEP: "Steps whose day has passed: {n}",
        DueKind.APPOINTMENT: "Appointments today: {n}",
        DueKind.CONSENT_ENDS: "Consents that end within 30 days: {n}",
        DueKind.CONSENT_TAKEN_BACK: "Consents taken back while somebody has the document: {n}",
        DueKind.NOT_SEEN: "Clients not seen for long, and no contact: {n}",
        DueKind.PAUSED: "Interviews not closed: {n}",
        DueKind.BACKUP: "Backups to make: {n}",
    },
    no_backup_yet="no backup yet",
    file="FILE",
    header=("WHAT", "CLIENT", "DAY", "SINCE", "COMMAND"),
    today="today",
    one_day="1 day",
    days="{n} days",
    in_one_day="in 1 day",
    in_days="in {n} days",
    nothing="Nothing is due.",
    due="Due:",
    due_row="due",
    locked="The store is locked. `mi today` asks for the passphrase and shows what is due.",
    no_store="There is no store yet. The first interview makes it.",
    begins="begins an interview; J-014 is the client's code",
    shows_all="what is due, with the command that deals with each",
    asks_all="what else there is, by task",
    tries="an invented client, to try everything on",
    ask_done="What was done, and who was told? Enter skips the question:",
    dealt_with="Safety concern dealt with: {concerns}.",
    settled="Noted as dealt with, in interview {id}: {concerns}.",
)
