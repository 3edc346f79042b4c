"""`mi note show --to`: a signed note for somebody outside of the record, through the gate, and logged.

A note holds more than a handoff, such as a diagnosis. So it goes out under a consent only if that names progress notes
(`Category.PROGRESS_NOTES`), which those to an earlier form do not. A member of the program gets it for treatment
(42 CFR 2.12(c)(3)), whatever consents there are, unless the member's own consent was revoked, as the gate says.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.ending_event import ask_about_event
from mi_cli.cli.members import name_members_in_config, program_with_members
from mi_cli.cli.passing import Passing
from mi_cli.cli.surroundings import now
from mi_cli.cli.targets import may_write_over, target_of
from mi_cli.errors import Damaged, Failed
from mi_cli.handoff.cover import consent_blocks, consent_lines, cover_blocks, cover_for
from mi_cli.handoff.document import Block, Document, NewPage
from mi_cli.handoff.formats import Format, page
from mi_cli.handoff.objections import Request
from mi_cli.records.name_matching import same_name
from mi_cli.records.permit import Permit
from mi_cli.records.progress_note import ProgressNote
from mi_cli.records.terms import Basis, Category
from mi_cli.store.records.disclosures import Outgoing, sources
from mi_cli.terminal.page import Line
from mi_cli.terminal.streams import print_message
from mi_cli.words.documents import document_words
from mi_cli.words.documents.model import DocumentWords
from mi_cli.words.note.model import NoteWords

_HELD: Final = frozenset({Category.PROGRESS_NOTES})


def pass_on(
    context: Context, note: ProgressNote, document: Document, to: str, out: str | None, words: NoteWords, *, yes: bool
) -> None:
    """Makes the document of a signed note for that recipient: as a file, else as Markdown on standard output.

    Raises Failed for a draft, Refused where nothing permits it; WrongUsage, InUse, Damaged, SaveFailed.
    """
    if note.signed is None:
        raise Failed(words.draft_stays, words.draft_stays_how.format(id=note.id))
    made_of = sources(context.store, note.client)
    identity = context.store.identity(note.client)
    damaged: list[Damaged] = []
    members = program_with_members(context, damaged).members
    request = Request(
        note.client,
        context.code_of(note.client),
        what=_HELD,
        recipient=to,
        basis=Basis.SAME_PROGRAM if any(same_name(name, to) for name in members) else Basis.CONSENT,
        noted_name=identity.name if identity else None,
    )
    passing = Passing.of(context, request, damaged)
    output.warn_damaged(damaged)
    name_members_in_config(context)
    permitted = passing.permit()
    ask_about_event(context, permitted.consent, yes=yes)
    target = target_of(context, out) if out is not None else None
    overwrite = target is not None and may_write_over(context, target, yes=yes)
    cover = cover_for(permitted, context.sound_settings.program, context.counselor, now(), words.language)
    assert cover is not None, "there is a recipient"
    front = document_words(words.language)
    covered = replace(
        document,
        notice=cover.notice.page,
        notice_language="en" if words.language != "en" else None,
        cover=front.cover,
        blocks=(*cover_blocks(cover, _HELD, front), *_as_consented(permitted, front), NewPage(), *document.blocks),
    )
    wanted = Format(Path(out).suffix.lower().removeprefix(".")) if out is not None else Format.MARKDOWN
    outgoing = Outgoing(
        page(covered, wanted),
        wanted,
        _HELD,
        note.goals,
        cover.notice.version,
        content_sha256=note.signed.sha256,
        made_of=made_of,
    )
    passing.pass_on(permitted, outgoing, target, overwrite=overwrite)
    if target:
        context.screen.show([Line(words.passed.format(name=to, path=target))])
    else:
        print_message(words.passed_out.format(name=to))


def _as_consented(permitted: Permit, words: DocumentWords) -> Iterable[Block]:
    """Returns the consent that it rests on, as the recipient is told of it; nothing on another basis."""
    if permitted.consent is None:
        return ()
    return consent_blocks(consent_lines(permitted.consent, words.language), words)
