"""How `mi session start` and `mi session resume` come to an interview: whose it is, which prompts, which clock.

1. The client's code is given, asked for, or made up. A client who is new is set up.
2. The prompt set follows what was asked for, the client, the settings and the system (`mi_cli.prompts.pick`).
3. At a terminal, an interview with this client that is still open can be resumed instead.
4. The interview is held in the store (`begin_interview`, `hold_interview`), so that no other process writes to it, and
   the conversation runs on it (`mi_cli.terminal.live`, `piped`).

An interview that is written up afterwards has a clock that stands at its end.
"""

import gc
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from mi_cli.cli.context import Context
from mi_cli.cli.first_use import ask_counselor, first_use
from mi_cli.cli.interruption import interrupted_with
from mi_cli.cli.new_codes import is_meant, require_meant
from mi_cli.cli.outside_text import refusal
from mi_cli.cli.surroundings import new_id, now
from mi_cli.errors import Damaged, Failed, MiError, WrongUsage
from mi_cli.insight.last_time import last_return, last_time, notes_before
from mi_cli.interview.recorder import Recorder
from mi_cli.interview.session_start import can_be_written_up, first_records
from mi_cli.interview.situation import Earlier
from mi_cli.prompts.pick import Picked, Wishes, pick, pick_again
from mi_cli.records.head import SessionHead
from mi_cli.records.look_alikes import look_alike
from mi_cli.records.names import checked_name, replace_surrogates
from mi_cli.records.outside_keys import NameOf
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import Protection, Stage, Status
from mi_cli.records.utf8 import NotText
from mi_cli.store.records.catalog import Catalog, find_code
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.interviews import begin_interview, hold_interview, read_notes
from mi_cli.store.records.ledger import finish_interrupted_deliveries
from mi_cli.store.upkeep import shared_folder
from mi_cli.terminal.asking import GoBack, ask_in_turn, with_back
from mi_cli.terminal.conversation import ScreenLock, Setting
from mi_cli.terminal.entry_labels import shown_day
from mi_cli.terminal.greeting import (
    first_time_page,
    goals_begun_page,
    last_return_page,
    last_time_page,
    open_concerns_page,
    title_page,
)
from mi_cli.terminal.listen import PipeReader
from mi_cli.terminal.page import BLANK, Line, Page, Role
from mi_cli.terminal.streams import print_message
from mi_cli.terminal.system import without_echo
from mi_cli.words.contacts import contact_words
from mi_cli.words.days import time_in_words
from mi_cli.words.interview import interview_words
from mi_cli.words.interview.model import InterviewWords
from mi_cli.words.protection import protection_words
from mi_cli.words.said import said
from mi_cli.words.sessions import session_words
from mi_cli.words.sessions.model import SessionWords
from mi_cli.words.told import in_one_line, told

if TYPE_CHECKING:
    from mi_cli.store.records.json_store import JsonStore


@dataclass(frozen=True)
class StartOptions:
    """What `mi session start` was given. `started` and `ended` are those of an interview to write up.

    `is_new` says that the client is new, even if the code looks like one that exists.
    """

    client: str | None
    prompt_set: str | None
    language: str | None
    stage: Stage
    counselor: str | None
    started: datetime | None
    ended: datetime | None
    is_new: bool


def start_interview(context: Context, options: StartOptions) -> int:
    """Begins an interview, or resumes one that is open, and runs it. Returns the exit code."""
    context = replace(context, counselor_option=options.counselor)
    given_code = None if options.client is None else checked_name(options.client, NameOf.CLIENT)
    clock = _clock(options)
    wishes = _wishes(context, options)
    picked = pick(wishes, context.own_prompts)
    words = interview_words(picked.language)
    source = _piped_lines(context, picked.language)
    is_new_store = not Catalog(context.root).exists
    context = first_use(context)
    found: list[tuple[str, str | None]] = []

    def find_client() -> None:
        found[:] = [_code_and_id(context, context.store, given_code, words, is_new=options.is_new)]

    with interrupted_with(protection_words(context.language).made_alone if is_new_store else ""):
        who = [partial(ask_counselor, context, again=True)] if is_new_store else []
        ask_in_turn([*who, find_client], len(who))
    context = replace(context, made_keys=context.keys)  # the counselor may have another name now
    [(code, client)], store = found, context.store
    if client and (client_language := _language_of(store, client)) not in (None, picked.language):
        picked = pick(replace(wishes, client_language=client_language), context.own_prompts)
        words = interview_words(picked.language)
    if client is None:
        client = add_client(store, code, picked.language, context.counselor)
    _warn_of_shipped_prompts(picked, picked.language)
    store.sweep()
    finish_interrupted_deliveries(store)
    if context.interactive and options.started is None:
        open_interview = _open_interview_to_resume(context, store, client, picked.language)
        if open_interview:
            return resume_interview(context, open_interview)
    session, notes = first_records(
        store.new_head,
        picked.prompts,
        client=client,
        counselor=store.who,
        language=picked.language,
        stage=options.stage,
        started=options.started or clock(),
    )
    earlier = store.catalog.sessions([client])
    for read in (store.client_facts, store.plan):
        read(client)  # before there is an interview, which would be left behind if one of them cannot be read
    with begin_interview(store, session, notes) as held:
        left = Earlier.of(notes_before(store, held.ref))
        recorder = Recorder.start(held, picked.prompts, clock, new_id, first=not earlier, earlier=left)
        written_up = words.written_up.format(day=shown_day(session.started_at, words)) if options.started else ""
        page = opening_page(store, recorder, code, earlier, written_up)
        if context.interactive and _is_the_very_first(store):
            page += [BLANK, *first_time_page(words)]
        return _converse(context, recorder, page, picked.language, clock, source, closes=options.ended is not None)


def _is_the_very_first(store: "JsonStore") -> bool:
    """Whether the interview that has just begun is the only one that this store has ever held."""
    if len(list(store.catalog.named("sessions"))) > 1:
        return False
    from mi_cli.store.upkeep import trash  # here, because it loads much, and is asked once in the life of a store

    with suppress(Damaged):  # a trash that cannot be listed is no reason to end the interview
        return not trash.items(store)
    return False


def resume_interview(context: Context, ref: RecordRef) -> int:
    """Goes on with an interview that was not closed. Returns the exit code. Raises Failed for one that was."""
    source = _piped_lines(context, context.language)
    store = context.store
    closed = Failed(
        said(session_words, lambda words: words.is_closed), said(session_words, lambda words: words.closed_instead)
    )
    if any(isinstance(head, SessionHead) and head.status is Status.CLOSED for head in store.catalog.heads([ref])):
        raise closed  # before it is held: the log tells of what was done, and nothing was
    store.sweep()
    finish_interrupted_deliveries(store)
    with hold_interview(store, ref) as held:
        context.say_doubts(held.doubts)
        session = held.session
        if session.status is Status.CLOSED:  # another process has closed it meanwhile
            raise closed
        words = interview_words(session.language)
        picked = pick_again(session.prompt_set.name, session.language, context.own_prompts)
        _warn_of_shipped_prompts(picked, picked.language)
        newest_first = store.catalog.sessions([ref.client])
        earlier = newest_first[newest_first.index(ref) + 1 :]
        left = Earlier.of(notes_before(store, ref))
        recorder = Recorder.resume(held, picked.prompts, now, new_id, first=not earlier, earlier=left)
        codes = store.catalog.code_of(damaged=[])
        resumed = words.resumed_from.format(day=shown_day(session.started_at, words))
        page = opening_page(store, recorder, codes.get(ref.client, ref.client), earlier, resumed)
        page += open_concerns_page(recorder.state.session, words)
        return _converse(context, recorder, page, session.language, now, source)


def opening_page(
    store: "JsonStore", recorder: Recorder, code: str, earlier: list[RecordRef], remark: str = ""
) -> list[Line]:
    """Returns the page before the first prompt: who this is, which interview it is, and where the last one ended.

    `earlier` are the client's interviews before this one, newest first. `remark` stands beside the code.
    """
    words = interview_words(recorder.state.session.language)
    page = title_page(words, code, len(earlier) + 1, remark)
    for ref in earlier[:1]:
        try:
            page += last_time_page(last_time(store.session(ref), read_notes(store, ref)), words)
        except MiError as error:  # The new interview can begin without the end of the last one.
            what = error.what if isinstance(error, Damaged) else ref.id
            print_message(words.last_unreadable.format(what=what))
    session = recorder.state.session
    if answer := last_return(store, session.client, next(iter(earlier), None)):
        page += last_return_page(answer, contact_words(session.language))
    return [*page, *goals_begun_page(recorder.state.plan, words)]


def _converse(
    context: Context,
    recorder: Recorder,
    page: Page,
    language: str,
    clock: Callable[[], datetime],
    source: PipeReader | None,
    *,
    closes: bool = False,
) -> int:
    settings = context.settings
    words = interview_words(language)
    setting = Setting(words, clock, settings.show_tally, settings.contacts, _screen_lock(context), closes)
    if shared := shared_folder.look(context.root):
        page = [*page, Line(words.shared_folders[shared], Role.WARN, " ")]
    # `mi_cli.__main__` turned the garbage collector off for the start.
    gc.freeze()
    gc.enable()
    if source is None:
        from mi_cli.terminal.live import LiveConversation  # here, as an interview is of one of two kinds

        with without_echo():
            return LiveConversation(recorder, context.screen, setting, page).run()
    from mi_cli.terminal.piped import PipedConversation

    context.screen.show(page)
    return PipedConversation(recorder, context.screen, setting, source).run()


def _piped_lines(context: Context, language: str) -> PipeReader | None:
    """Returns the reader of a pipe or a file, once its first line is there; null at a terminal.

    Raises Failed for what is no text or no interview: then nothing has been made yet.
    """
    if context.interactive:
        return None
    source = PipeReader(context.input_bytes, context.encoding)
    try:
        source.require_interview()
    except (NotText, OSError) as error:
        raise refusal(error, language) from None
    return source


def _screen_lock(context: Context) -> ScreenLock | None:
    seconds = context.settings.auto_lock * 60
    if not seconds:
        return None
    if Catalog(context.root).protection is Protection.NONE:
        return ScreenLock(seconds)
    from mi_cli.store.keys.keyfile import KeyFile  # here, because an interview in a plain store needs no cryptography

    return ScreenLock(seconds, KeyFile.read(context.root).is_opened_by, context.end_unlocked)


def _wishes(context: Context, options: StartOptions) -> Wishes:
    settings = context.settings
    language = None if options.language is None else replace_surrogates(options.language)
    return Wishes(options.prompt_set, language, None, settings.prompt_set, settings.language, context.locale_language)


def _language_of(store: "JsonStore", client: str) -> str | None:
    """Returns the client's language, or None where the record has none or cannot be read."""
    try:
        language = store.catalog.read_client(client)["language"]
    except Damaged:
        return None
    return language if isinstance(language, str) else None


def _warn_of_shipped_prompts(picked: Picked, language: str) -> None:
    """Says why the interview has the shipped prompts, where it should have had others."""
    if picked.trouble:
        print_message(interview_words(language).own_prompts_unusable, told(picked.trouble, language)[0])


def _code_and_id(
    context: Context, store: "JsonStore", given: str | None, words: InterviewWords, *, is_new: bool
) -> tuple[str, str | None]:
    """Returns the client's code as the store has it, and the id; None for a client who is new.

    A new code that could be a slip for one that exists is asked about. Raises Declined, WrongUsage, Interrupted, and
    GoBack for `b` in place of a code.
    """
    codes = store.codes()
    if given is not None:
        if not (known := find_code(codes, given)):
            require_meant(context, given, codes, insists=is_new)
        return known or (given, None)
    while True:
        code = (_ask_code(context, words) if context.interactive else "") or _unused_code(codes)
        known = find_code(codes, code)
        with suppress(GoBack):
            if known or is_meant(context, code, codes, insists=is_new, in_series=True):
                return known or (code, None)


def _ask_code(context: Context, words: InterviewWords) -> str:
    """Asks for a code until it is one. Returns an empty text if a code is to be made up. Raises GoBack."""
    read = with_back(context.line_reader(""))
    while answer := read(words.ask_code):
        try:
            return checked_name(answer, NameOf.CLIENT)
        except WrongUsage as error:
            context.screen.show([Line(in_one_line(error, context.language), Role.WARN)])
    return ""


def _unused_code(codes: dict[str, str]) -> str:
    """Returns a random code, which says nothing about the client, and is not easily confused with one in use."""
    while True:
        code = f"{secrets.choice('ABCDEFGHJKLMNPQRSTUVWXYZ')}-{secrets.randbelow(900) + 100}"
        if find_code(codes, code) is None and look_alike(code, codes) is None:
            return code


def _open_interview_to_resume(context: Context, store: "JsonStore", client: str, language: str) -> RecordRef | None:
    """Returns the client's latest interview, if it is not closed and the counselor wants to go on with it."""
    refs = store.catalog.sessions([client])[:1]
    for head in store.catalog.heads(refs):
        if isinstance(head, SessionHead) and head.status is not Status.CLOSED:
            when = time_in_words(head.started_at, language)
            if context.asker(language).yes(interview_words(language).ask_open.format(when=when), enter=True):
                return refs[0]
    return None


def _clock(options: StartOptions) -> Callable[[], datetime]:
    """Returns the clock of the interview; that of one to write up stands at its end. Raises WrongUsage."""
    started, ended = options.started, options.ended
    if started is None and ended is None:
        return now
    if started is None or ended is None:
        raise _wrong_times(lambda words: words.both_times)
    if not can_be_written_up(started, ended, now()):
        raise _wrong_times(lambda words: words.end_after_start)
    return lambda: ended


def _wrong_times(choose: Callable[[SessionWords], str]) -> WrongUsage:
    return WrongUsage(said(session_words, choose), said(session_words, lambda words: words.give_times))
