"""`mi note show --to`: a signed note for somebody outside of the record, through the gate, and logged.

No consent form names progress notes yet: a consent permits the parts of a handoff that its form named, and a note holds
more, such as a diagnosis. So a note goes only to a member of the program, for treatment (42 CFR 2.12(c)(3)), whatever
consents there are; a member whose own consent was revoked gets nothing, as the gate says.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.members import name_members_in_config, program_with_members
from mi_cli.cli.surroundings import located, now
from mi_cli.errors import Damaged, Failed, Refused
from mi_cli.handoff.cover import cover_blocks, cover_for
from mi_cli.handoff.document import Document, NewPage
from mi_cli.handoff.formats import Format, page
from mi_cli.handoff.gate import Request, permit
from mi_cli.records.consent import Consent
from mi_cli.records.permit import Permit
from mi_cli.records.progress_note import ProgressNote
from mi_cli.records.terms import Basis, Category
from mi_cli.store.records.consents import consents
from mi_cli.store.records.disclosures import Outgoing, deliver, print_out, sources
from mi_cli.store.records.outside import is_there, target_outside
from mi_cli.terminal.page import Line
from mi_cli.terminal.streams import print_message
from mi_cli.words.documents import document_words
from mi_cli.words.note.model import NoteWords
from mi_cli.words.said import listed

_CATEGORY_OF: Final = {
    "goal": Category.GOAL_PLAN,
    "step": Category.GOAL_PLAN,
    "progress": Category.GOAL_PLAN,
    "reading": Category.READINGS,
    "entry": Category.SHARED_WORDS,
    "shared": Category.SHARED_WORDS,
    "safety": Category.SAFETY_RAISED,
}


def categories_in(note: ProgressNote) -> frozenset[Category]:
    """Returns the categories that the log of disclosures names for a note, by the sources of its lines."""
    lines = (line for section in note.sections for line in section.lines or ())
    kinds = {source.partition(":")[0] for line in lines for source in (line.source or "").split()}
    return frozenset({Category.INTERVIEWS, *(_CATEGORY_OF[kind] for kind in kinds if kind in _CATEGORY_OF)})


def pass_on(
    context: Context, note: ProgressNote, document: Document, to: str, out: str | None, words: NoteWords, *, yes: bool
) -> None:
    """Makes the document of a signed note for that recipient: as a file, else as Markdown on standard output.

    Raises Failed for a draft, Refused where nothing permits it; WrongUsage, InUse, Damaged, SaveFailed.
    """
    if note.signed is None:
        raise Failed(words.draft_stays, words.draft_stays_how.format(id=note.id))
    store = context.store
    made_of = sources(store, note.client)
    code = next(code for code, client in store.codes().items() if client == note.client)
    identity = store.identity(note.client)
    request = Request(
        note.client, code, recipient=to, basis=Basis.SAME_PROGRAM, noted_name=identity.name if identity else None
    )
    damaged: list[Damaged] = []
    on_file = consents(store, note.client, damaged)
    unread = bool(damaged)
    program_with_members(context, damaged)  # to name what speaks against them
    output.warn_damaged(damaged)
    name_members_in_config(context)

    def judge(consents: Sequence[Consent], *, unread: bool) -> Permit:
        try:
            return permit(request, consents, program_with_members(context, []), now(), unread=unread)
        except Refused as refused:
            raise Refused(listed(refused.message, [words.program_alone]), refused.hint) from None

    permitted = judge(on_file, unread=unread)
    target = target_outside(context.root, located(out)) if out is not None else None
    overwrite = target is not None and is_there(target)
    if overwrite:
        context.confirm(words.over, yes=yes)
    cover = cover_for(permitted, context.sound_settings.program, context.counselor, now(), words.language)
    assert cover is not None, "there is a recipient"
    front = document_words(words.language)
    covered = replace(
        document,
        notice=cover.notice.page,
        notice_language="en" if words.language != "en" else None,
        cover=front.cover,
        blocks=(*cover_blocks(cover, categories_in(note), front), NewPage(), *document.blocks),
    )
    wanted = Format(Path(out).suffix.lower().removeprefix(".")) if out is not None else Format.MARKDOWN
    outgoing = Outgoing(
        page(covered, wanted),
        wanted,
        categories_in(note),
        note.goals,
        cover.notice.version,
        content_sha256=note.signed.sha256,
        made_of=made_of,
    )
    if target:
        deliver(store, permitted, judge, outgoing, target, overwrite=overwrite)
        context.screen.show([Line(words.passed.format(name=to, path=target))])
    else:
        print_out(store, permitted, judge, outgoing, sys.stdout.buffer.write)
        sys.stdout.flush()
        print_message(words.passed_out.format(name=to))
