"""Into an interview: who is this, which interview is it, and where did the last one end."""

import gc
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from mi_cli.cli.context import Context
from mi_cli.cli.first_use import first_use
from mi_cli.cli.interruption import interrupted_with
from mi_cli.cli.surroundings import new_id, now
from mi_cli.errors import Damaged, Failed, MiError, WrongUsage
from mi_cli.insight.last_session import last_goal, last_time
from mi_cli.interview.recorder import Recorder
from mi_cli.prompts.pick import Picked, Wishes, again, pick
from mi_cli.records.head import SessionHead
from mi_cli.records.names import checked_name, replace_surrogates
from mi_cli.records.notes import Notes
from mi_cli.records.session import PromptSetUsed, Session, Visit
from mi_cli.records.terms import Protection, Stage, Status
from mi_cli.store.disk.layout import Layout, RecordRef, find_code
from mi_cli.store.records.interviews import begin_interview, hold_interview, read_notes
from mi_cli.store.records.ledger import finish_interrupted_deliveries
from mi_cli.store.upkeep import shared_folder, trash
from mi_cli.terminal import dates
from mi_cli.terminal.conversation import LiveConversation, PipedConversation, ScreenLock, Setting
from mi_cli.terminal.greeting import first_time_page, last_goal_page, last_time_page, open_concerns_page, way_in_page
from mi_cli.terminal.listen import PipeListener, unechoed
from mi_cli.terminal.page import BLANK, Line, Page, Role
from mi_cli.terminal.streams import print_message
from mi_cli.words.interview import interview_words
from mi_cli.words.interview.model import InterviewWords

if TYPE_CHECKING:
    from mi_cli.store.records.json_store import JsonStore


@dataclass(frozen=True)
class Beginning:
    """What `mi session start` was given."""

    client: str | None
    prompt_set: str | None
    language: str | None
    stage: Stage
    counselor: str | None
    started: datetime | None
    ended: datetime | None


def begin(context: Context, given: Beginning) -> int:
    """Begin an interview, or go on with one that is open; the exit code."""
    context = replace(context, counselor_option=given.counselor)
    asked_for = None if given.client is None else checked_name(given.client, "client code")
    clock = _clock(given)
    wishes = _wishes(context, given)
    picked = pick(wishes, context.own_prompts)
    words = interview_words(picked.language)
    made = not Layout(context.root).exists
    context = first_use(context)
    store = context.store
    with interrupted_with("The store is made. Nothing else was saved." if made else ""):
        code, client = _code(context, store, asked_for, words)
    if client and (spoken := _language_of(store, client)) not in (None, picked.language):
        picked = pick(replace(wishes, client_language=spoken), context.own_prompts)
        words = interview_words(picked.language)
    if client is None:
        client = store.add_client(code, picked.language, context.counselor)
    _tell(picked, words)
    store.sweep()
    finish_interrupted_deliveries(store)
    if (
        context.interactive
        and given.started is None
        and (open_one := _offered(context, store, client, picked.language))
    ):
        return go_on(context, open_one)
    session, notes = first_records(store, client, picked, given.stage, given.started or clock())
    earlier = store.layout.sessions([client])
    with begin_interview(store, session, notes) as held:
        recorder = Recorder.start(held, picked.prompts, clock, new_id, first=not earlier)
        extra = words.written_up.format(day=dates.day(session.started_at)) if given.started else ""
        page = way_in(store, recorder, code, earlier, extra)
        if context.interactive and len(list(store.layout.named("sessions"))) == 1 and not trash.items(store):
            page += [BLANK, *first_time_page(words)]
        closes = given.ended is not None
        return _converse(context, recorder, page, picked.language, clock, closes=closes)


def go_on(context: Context, ref: RecordRef) -> int:
    """Go on with an interview that was not closed; the exit code."""
    store = context.store
    store.sweep()
    finish_interrupted_deliveries(store)
    with hold_interview(store, ref) as held:
        session = held.session
        if session.status is Status.CLOSED:
            raise Failed(
                "That interview is closed.", "`mi session amend` adds to it; `mi session start` begins another."
            )
        words = interview_words(session.language)
        picked = again(session.prompt_set.name, session.language, context.own_prompts)
        _tell(picked, words)
        listed = store.layout.sessions([ref.client])
        earlier = listed[listed.index(ref) + 1 :]
        recorder = Recorder.resume(held, picked.prompts, now, new_id, first=not earlier)
        codes = store.layout.code_of(damaged=[])
        extra = words.goes_on.format(day=dates.day(session.started_at))
        page = way_in(store, recorder, codes.get(ref.client, ref.client), earlier, extra)
        page += open_concerns_page(recorder.state.session, words)
        return _converse(context, recorder, page, session.language, now)


def _converse(
    context: Context,
    recorder: Recorder,
    page: Page,
    language: str,
    clock: Callable[[], datetime],
    *,
    closes: bool = False,
) -> int:
    settings = context.settings
    words = interview_words(language)
    setting = Setting(words, clock, settings.show_tally, settings.contacts, _lock(context), closes)
    context.screen.show(page)
    if shared := shared_folder.look(context.root):
        context.screen.show([Line(words.shared_folders[shared], Role.WARN, " ")])
    gc.freeze()
    gc.enable()
    if context.interactive:
        with unechoed():
            return LiveConversation(recorder, context.screen, setting).run()
    source = PipeListener(sys.stdin.buffer)
    return PipedConversation(recorder, context.screen, setting, source).run()


def _lock(context: Context) -> ScreenLock | None:
    after = context.settings.auto_lock * 60
    if not after:
        return None
    if Layout(context.root).protection is Protection.NONE:
        return ScreenLock(after)
    from mi_cli.store.keys.keyfile import KeyFile

    return ScreenLock(after, KeyFile.read(context.root).is_opened_by)


def _wishes(context: Context, given: Beginning) -> Wishes:
    settings = context.settings
    asked = None if given.language is None else replace_surrogates(given.language)
    return Wishes(given.prompt_set, asked, None, settings.prompt_set, settings.language, context.locale_language)


def _language_of(store: "JsonStore", client: str) -> str | None:
    """The client's language; null where the record does not tell, or cannot be read."""
    try:
        language = store.layout.read_client(client)["language"]
    except Damaged:
        return None
    return language if isinstance(language, str) else None


def _tell(picked: Picked, words: InterviewWords) -> None:
    """Say, where it is so, why the interview has the shipped prompts."""
    if picked.trouble:
        print_message(words.prompts_instead, picked.trouble.message)


def _code(context: Context, store: "JsonStore", code: str | None, words: InterviewWords) -> tuple[str, str | None]:
    """The client's code as the store has it, and the id; null for a client who is new."""
    codes = store.codes()
    if code is None:
        code = (_asked_code(context, words) if context.interactive else "") or _made_up(codes)
    return find_code(codes, code) or (code, None)


def _asked_code(context: Context, words: InterviewWords) -> str:
    """A code from the terminal, asked for until it is one; empty if one is to be made up."""
    while asked := context.ask(words.ask_code, instead=""):
        try:
            return checked_name(asked, "client code")
        except WrongUsage as error:
            context.screen.show([Line(f"{error.message} {error.hint}", Role.WARN)])
    return ""


def _made_up(codes: dict[str, str]) -> str:
    """A code that says nothing about anybody and is not taken."""
    while True:
        code = f"{secrets.choice('ABCDEFGHJKLMNPQRSTUVWXYZ')}-{secrets.randbelow(900) + 100}"
        if find_code(codes, code) is None:
            return code


def _offered(context: Context, store: "JsonStore", client: str, language: str) -> RecordRef | None:
    """The client's latest interview, if it is not closed and the counselor wants to go on with it."""
    refs = store.layout.sessions([client])[:1]
    for head in store.layout.heads(refs):
        if isinstance(head, SessionHead) and head.status is not Status.CLOSED:
            when = dates.day_and_time(head.started_at)
            if context.asker(language).yes(interview_words(language).ask_open.format(when=when), enter=True):
                return refs[0]
    return None


def first_records(
    store: "JsonStore", client: str, picked: Picked, stage: Stage, started: datetime
) -> tuple[Session, Notes]:
    """The records of an interview that begins, with nothing in them yet."""
    prompts = picked.prompts
    session = Session(
        **store.new_head(Session),
        client=client,
        counselor=store.who,
        language=picked.language,
        prompt_set=PromptSetUsed(name=prompts.name, version=prompts.version, digest=prompts.digest),
        status=Status.OPEN,
        started_at=started,
        visits=(Visit(stage=stage, from_=started),),
    )
    return session, Notes(**store.new_head(Notes, session.id), session=session.id)


def way_in(store: "JsonStore", recorder: Recorder, code: str, earlier: list[RecordRef], extra: str = "") -> list[Line]:
    """Who this is, which interview it is, and where the last one ended."""
    words = interview_words(recorder.state.session.language)
    page = way_in_page(words, code, len(earlier) + 1, extra)
    for ref in earlier[:1]:
        try:
            page += last_time_page(last_time(store.session(ref), read_notes(store, ref)), words)
        except MiError as error:  # not being able to say where the last one ended is no reason not to begin
            what = error.what if isinstance(error, Damaged) else ref.id
            print_message(words.last_unreadable.format(what=what))
    last = last_goal(recorder.state.plan)
    return [*page, *last_goal_page(last, words)] if last else page


def _clock(given: Beginning) -> Callable[[], datetime]:
    """The clock; for an interview written up afterwards it stands at its end."""
    if given.started is None and given.ended is None:
        return now
    if given.started is None or given.ended is None:
        raise WrongUsage("To write an interview up, both times are needed.", "--started TIME --ended TIME")
    ended = given.ended
    if not given.started <= ended <= now():
        raise WrongUsage("An interview ends after it began, and not in the future.", "--started TIME --ended TIME")
    return lambda: ended
