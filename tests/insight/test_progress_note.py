"""Each line of a note is walked back to its source, and no word that was not picked is in it, whatever was typed."""

import json
import os
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_cli.cli.note_source import NoteSource, gathered
from mi_cli.handoff.formats import Format, page
from mi_cli.handoff.note_document import note_document, note_text, section_text
from mi_cli.insight.due import PlanEvery
from mi_cli.insight.progress_note import compose, formats
from mi_cli.insight.progress_note.bands import band
from mi_cli.insight.progress_note.facts import NoteFacts, Stay
from mi_cli.insight.progress_note.findings import Beside, Visit, findings, without_note
from mi_cli.insight.progress_note.likeness import ALIKE, OwnText, alike, before, in_order, likeness, that_day
from mi_cli.insight.progress_note.requirements import profile
from mi_cli.insight.progress_note.toml_files import BadNoteFile
from mi_cli.interview.state import InterviewState
from mi_cli.records.plan import Goal, Plan, Progress, Step
from mi_cli.records.progress_note import (
    Amendment,
    NoteLine,
    NoteSection,
    ProgressNote,
    Served,
    Signature,
    content_digest,
    is_as_signed,
)
from mi_cli.records.terms import (
    Act,
    AmendmentKind,
    GoalStatus,
    Kind,
    NoteAuthor,
    NoteBlank,
    NoteFact,
    NoteNeed,
    NoteState,
    Stage,
    StepStatus,
    Technique,
)
from mi_cli.words.days import day_in_words
from mi_cli.words.documents import document_words
from mi_cli.words.languages import counted
from mi_cli.words.note import note_words
from tests.builders import BREAKFAST, CLIENT, NOW, after, an_interview, plan
from tests.conftest import prompts_once
from tests.handoff.test_golden import normalised

WORDS: Final = note_words("en")
# What may be typed. Every % becomes words that stand nowhere else.
LINES: Final = (
    "%", "+d %", "- %", "+- %", "= %", "! %", "? %", "~ %", "> %", ">r %", ">q %", ">r", ">s %", "+", "-", "",
    "/importance 7 %", "/importance 3", "/confidence 0 %", "/confidence @% 5", "/readiness 10 %", "/focus %",
    "/agenda %",
    "/value %", "/trigger %", "/lapse %", "/goal %", "/step %", "/step % @ Friday", "/reason %", "/barrier % -> %",
    "/progress %", "/done #1 %", "/notdone #1 %", "/review 4w", "/planning", "/evoking", "/share 1", "/share 2 3",
    "/undo",
    "/safety", "1", "/next", "/fact medicines %", "/support %: %",
)  # fmt: skip
# Entries whose words the client has let into the plan, or that stand there as a goal, a step or what became of one.
INTO_THE_PLAN: Final = ("/goal", "/step", "/progress", "/done", "/notdone", "/focus", "/confidence @")


def interview(lines: list[str]) -> tuple[InterviewState, list[str]]:
    """Returns a closed interview, and the words of the lines that could get into a note only by picking."""
    number = count(1)
    said, typed = [], []
    for line in lines:
        while "%" in line:
            words = f"zw{next(number)}etschge"
            said += [] if line.startswith(INTO_THE_PLAN) else [words]
            line = line.replace("%", words, 1)  # noqa: PLW2901  # each % in turn
        typed.append(line)
    return after(an_interview(prompts_once()), [*typed, "/end"]), said


def drafted(
    source: NoteSource, name: str = "girp", language: str = "en", own: Path | None = None, **changes: Any
) -> ProgressNote:
    words = note_words(language)
    form = formats.note_format(name, own, words)
    goals = compose.goals_addressed(source.facts)
    note = ProgressNote(
        schema_=ProgressNote.SCHEMA,
        id="note0001",
        created_at=NOW,
        updated_at=NOW,
        revision=1,
        client=CLIENT,
        session=source.facts.session,
        format=name,
        language=language,
        served=source.facts.served,
        written_at=NOW + timedelta(hours=1),
        counselor="A. Counselor",
        credentials="LCDC",
        modality=compose.modality_of(source.facts, words),
        goals=goals,
        sections=compose.sections_of(source.facts, goals, form, words),
    )
    return note.replace(**changes)


def source_of(state: InterviewState) -> NoteSource:
    return gathered(state.session, state.notes, state.plan, state.facts)


def bears_out(source: str, text: str, state: InterviewState, picked: set[int], language: str = "en") -> bool:
    """Whether what a line names as its source is there, and says that."""
    kind, _, key = source.partition(":")
    session, entries = state.session, state.notes.entries
    names, words = document_words(language), note_words(language)
    match kind:
        case "goal":
            goal = state.plan.goal(key)
            assert goal is not None
            text = re.sub(r"^(Goal|Meta) \d\. ", "", text)
            written = sum(each.from_.session == session.id for each in state.plan.goals)
            said = {f"“{goal.words}”", counted(words.goals_written, written), words.plan_changed}
            again = day_in_words(goal.review_on, language) if goal.review_on else None
            said |= {words.review.format(day=again)} if again else set()
            if goal.objective:
                said.add(words.objective.format(by=goal.objective.by, words=goal.objective.words))
            return text in said
        case "visit":
            return names.stages[session.visits[int(key) - 1].stage] in text
        case "reading":
            reading = session.readings[int(key) - 1]
            ruler = names.rulers[reading.ruler]
            return text == words.ruler_asked.format(ruler=ruler) or (ruler in text and str(reading.value) in text)
        case "step":
            [step] = [step for goal in state.plan.goals for step in goal.steps if step.id == key]
            day = step.due if step.is_open else step.on
            when = (step.when or "").replace(str(step.due), "") if step.is_open else ""
            told = [step.outcome, when, day and day_in_words(day, language)]
            return step.words in text and all(each in text for each in told if each)
        case "progress":
            goal_id, _, number = key.partition("/")
            goal = state.plan.goal(goal_id)
            assert goal is not None
            return goal.progress[int(number) - 1].words in text
        case "act":
            marks = Counter(entry.act or "other" for entry in entries if entry.kind is Kind.MINE)
            means = words.acts[Act(key)] if key != "other" else None
            marked = words.marked if means else words.marked_other
            return text == marked.format(technique=means, count=marks[key])
        case "shared":
            copy = state.plan.copy_of(session.id, int(key))
            return copy is not None and copy.words in text
        case "entry":
            entry = state.notes.entry(int(key))
            return int(key) in picked and entry is not None and (entry.words or "") in text
        case "ticked":
            return text == words.ticked.format(technique=words.techniques[Technique(key)])
        case "safety":
            return f"{session.safety[int(key) - 1].at:%H:%M}" in text
    return False


@settings(max_examples=150)
@given(st.lists(st.sampled_from(LINES), max_size=25), st.sampled_from(["girp", "dap", "soap", "birp"]), st.data())
def test_every_line_is_borne_out_and_nothing_unpicked_is_in_it(
    lines: list[str], name: str, data: st.DataObject
) -> None:
    state, said = interview(lines)
    source = source_of(state)
    note, form = drafted(source, name), formats.note_format(name, None, WORDS)
    choices = [line.n for line in source.lines]
    picked = set(data.draw(st.lists(st.sampled_from(choices), max_size=3))) if choices else set()
    for line in source.lines:
        note = compose.pick(note, line, form) if line.n in picked else note
    note = compose.refreshed(note, source.facts, form, WORDS)
    for section in note.sections:
        assert (section.lines is None) is (section.by is NoteAuthor.CLINICIAN)
        for each in section.lines or ():
            assert each.source
            assert all(bears_out(one, each.text, state, picked) for one in each.source.split()), each
    assert compose.picked_in(note) == picked
    let_in = " ".join(entry.words or "" for entry in state.notes.entries if entry.n in picked)
    let_in += " ".join(
        each.words for items in (state.plan.talk, state.plan.values, state.plan.triggers) for each in items
    )
    let_in += " ".join(each.words for items in (state.plan.focus, state.plan.strengths) for each in items)
    everything = json.dumps(note.model_dump(mode="json")) + note_text(note, "J-014", WORDS)
    everything += page(note_document(note, "J-014", WORDS), Format.MARKDOWN).decode()
    for words in said:
        assert words in let_in or words not in everything


@given(st.lists(st.sampled_from(LINES), max_size=15))
def test_what_was_chosen_and_typed_outlasts_going_on(lines: list[str]) -> None:
    source = source_of(interview(lines)[0])
    form = formats.note_format("soap", None, WORDS)
    note = drafted(source, "soap")
    for line in source.lines:
        note = compose.pick(note, line, form)
    note = compose.with_ticked(note, [Technique.AGENDA, Technique.KEY_QUESTION], form, WORDS)
    note = compose.with_blank(note, NoteBlank.RISK, "As assessed\nby a clinician")
    assert compose.refreshed(note, source.facts, form, WORDS) == note
    for line in source.lines:
        note = compose.unpick(note, line.n)
    note = compose.with_blank(compose.with_ticked(note, [], form, WORDS), NoteBlank.RISK, None)
    assert note == drafted(source, "soap")


def test_a_prompt_in_view_is_no_intervention() -> None:
    state = after(an_interview(prompts_once()), ["", "", "/next", "+ words", "/end"])
    [section] = [each for each in drafted(source_of(state)).sections if each.key == "intervention"]
    assert [line.source for line in section.lines or ()] == ["visit:1"]


def test_a_line_that_rests_on_several_things_stands_there_once_and_names_them_all() -> None:
    state = after(an_interview(prompts_once()), ["/goal Sleep", "/goal Run", "/end"])
    [written] = [
        line
        for each in drafted(source_of(state)).sections
        for line in each.lines or ()
        if line.text == "2 goals were written down in the client's words."
    ]
    assert written.source == " ".join(f"goal:{goal.id}" for goal in state.plan.goals)


def test_only_what_came_of_it_since_the_interview_before_is_in_the_note() -> None:
    def came(days: int) -> Goal:
        day = NOW + timedelta(days=days)
        step = Step(id=f"step{days % 100:04}", words=f"step {days}", status=StepStatus.DONE, on=day.date())
        return BREAKFAST.replace(steps=(step,), progress=(Progress(at=day, words=f"line {days}"),))

    for days, stands in ((-9, False), (-7, True), (-1, True), (0, True), (1, False)):
        facts = NoteFacts("sess0002", plan(came(days)), NOW + timedelta(hours=1), since=NOW - timedelta(days=8))
        text = note_text(drafted(NoteSource(CLIENT, "en", facts)), "J-014", WORDS)
        assert (f"step {days}" in text, f"line {days}" in text) == (stands, stands), days


def test_what_comes_next_is_looked_for_in_the_last_section_alone(whole: ProgressNote) -> None:
    lines = (NoteLine(text="Step: Ring Ana", source="step:step0001"),)
    for there, wanted in ((lines, True), ((), False)):
        changed = [each.replace(lines=there) if each.key == "plan" else each for each in whole.sections]
        said = found(whole.replace(sections=tuple(changed)), plan(BREAKFAST))
        assert any("what comes next" in one for one in said) is not wanted


def test_readings_of_different_targets_are_never_one_line() -> None:
    lines = ["/fact target the drinking", "/importance 7", "/importance @driving 2", "/importance @driving 4", "/end"]
    sections = drafted(source_of(after(an_interview(prompts_once()), lines))).sections
    [response] = [each for each in sections if each.key == "response"]
    found = [line for line in response.lines or () if (line.source or "").startswith("reading:")]
    assert [line.source for line in found] == ["reading:1", "reading:2 reading:3"]
    assert [("7" in line.text, "2" in line.text and "4" in line.text, "driving" in line.text) for line in found] == [
        (True, False, False), (False, True, True),
    ]  # fmt: skip


def test_a_goal_of_an_earlier_interview_was_not_written_down_in_this_one() -> None:
    stays = (Stay(1, Stage.ENGAGING, at(14, 2), at(14, 47)),)
    for session, written in ((BREAKFAST.from_.session, True), ("sess9999", False)):
        facts = NoteFacts(session, plan(BREAKFAST), at(14, 2), stays=stays)
        note = drafted(NoteSource(CLIENT, "en", facts), goals=(BREAKFAST.id,))
        texts = [line.text for section in note.sections for line in section.lines or ()]
        assert (WORDS.goals_written[0] in texts) is written
        assert (BREAKFAST.id in compose.goals_addressed(facts)) is written


def test_where_a_note_is_about_several_goals_each_line_names_its_own() -> None:
    lines = ["/goal Two evenings", "/step Walk @ Friday", "/review 4w", "/goal Pay the rent", "/step Ask Jo",
             "/step Call Ana", "/notdone #1 was away", "/progress Rang her", "/confidence 3", "/end"]  # fmt: skip
    source = source_of(after(an_interview(prompts_once()), lines))
    note = drafted(source)
    texts = [line.text for section in note.sections for line in section.lines or ()]
    of_goals = [text for text in texts if text.startswith("Goal ")]
    assert [text[:7] for text in of_goals] == [
        "Goal 1.",
        "Goal 2.",
        "Goal 2.",
        "Goal 2.",
        "Goal 1.",
        "Goal 1.",
        "Goal 2.",
    ]
    told = ("Two evenings", "Pay the rent", "was away", "Rang her", "Walk", "Review", "Call Ana")
    assert all(words in text for words, text in zip(told, of_goals, strict=True))
    form, own = formats.note_format("girp", None, WORDS), note.goals[1:]
    alone = [
        line.text for section in compose.sections_of(source.facts, own, form, WORDS) for line in section.lines or ()
    ]
    assert not [text for text in alone if text.startswith("Goal ")]


def test_a_stage_that_was_only_passed_through_was_not_held() -> None:
    def held(*minutes: float) -> tuple[list[str], str]:
        at_time, stays = at(14, 2), []
        for n, (stage, length) in enumerate(zip(Stage, minutes, strict=False), 1):
            stays.append(Stay(n, stage, at_time, at_time + timedelta(minutes=length)))
            at_time = stays[-1].to
        facts = NoteFacts("sess0001", plan(), at(14, 2), stays=tuple(stays))
        note = drafted(NoteSource(CLIENT, "en", facts))
        lines = [line for each in note.sections for line in each.lines or ()]
        return [line.text for line in lines if (line.source or "").startswith("visit:")], note.modality or ""

    assert held(20, 0.9, 1) == (
        ["Stage engaging: 20 min.", "Stage evoking: 1 min."], "Motivational interviewing (engaging, evoking)",
    )  # fmt: skip
    assert held(0.5, 0.2)[0] == ["Stage engaging: 0 min.", "Stage focusing: 0 min."]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("14:02:00", "14:47:00", "14:02 to 14:47 (45 min)"),
        ("14:02:10", "14:47:50", "14:02 to 14:47 (45 min)"),
        ("14:02:50", "14:47:10", "14:02:50 to 14:47:10 (44 min)"),
        ("14:02:50", "14:03:10", "14:02:50 to 14:03:10 (0 min)"),
    ],
)
def test_the_minutes_are_those_that_the_times_make(start: str, end: str, said: str) -> None:
    day = "2026-11-20T{}+00:00"
    served = Served(from_=datetime.fromisoformat(day.format(start)), to=datetime.fromisoformat(day.format(end)))
    note = drafted(source_of(interview([])[0]), served=(served,))
    assert f"November 20, 2026, {said}" in note_text(note, "J-014", WORDS)


def test_nothing_is_recorded_is_not_said_above_a_blank_that_is_filled_in() -> None:
    note = drafted(source_of(interview([])[0]))
    [plan_section] = [each for each in note.sections if each.key == "plan"]
    filled = compose.with_blank(note, NoteBlank.NEXT_APPOINTMENT, "Friday at two")
    assert section_text(note, plan_section, WORDS).startswith(WORDS.nothing)
    assert section_text(filled, plan_section, WORDS).startswith("Next appointment: Friday at two\n[clinician:")
    pages = [page(note_document(each, "J-014", WORDS), Format.MARKDOWN).decode() for each in (note, filled)]
    assert pages[0].count(WORDS.nothing) == pages[1].count(WORDS.nothing) + 1


def test_sustain_talk_and_parked_matters_go_in_by_picking_alone_also_where_they_were_shared() -> None:
    lines = ["- it calms me", "? the divorce", "+d to be home", "/share 1 2 3", "/end"]
    text = note_text(drafted(source_of(after(an_interview(prompts_once()), lines))), "J-014", WORDS)
    assert ("it calms me" in text, "the divorce" in text, "to be home" in text) == (False, False, True)


def test_what_was_shared_in_another_interview_is_not_in_the_note() -> None:
    source = source_of(after(an_interview(prompts_once()), ["+d words", "/share 1", "/end"]))
    of_another = replace(source, facts=replace(source.facts, session="another1"))
    for made, stands in ((source, True), (of_another, False)):
        sources = [line.source or "" for each in drafted(made).sections for line in each.lines or ()]
        assert any(each.startswith("shared:") for each in sources) is stands


def test_what_was_marked_needs_no_tick_and_stands_there_once() -> None:
    source = source_of(after(an_interview(prompts_once()), [">r words", ">r", "/end"]))
    form = formats.note_format("girp", None, WORDS)
    note = compose.with_ticked(drafted(source), [Technique.REFLECTION, Technique.SUMMARY], form, WORDS)
    assert (compose.marked_in(note), compose.ticked_in(note)) == ([Technique.REFLECTION], [Technique.SUMMARY])


# The reference's table: which fact stands in which section of which format.
TABLE: Final = {
    "girp": {
        "goal": "goals",
        "intervention": "acts techniques",
        "response": "readings steps words observations safety",
    },
    "dap": {"data": "goals acts techniques readings steps words observations safety"},
    "soap": {"subjective": "goals readings steps words", "objective": "acts techniques observations safety"},
    "birp": {
        "behavior": "goals observations safety",
        "intervention": "acts techniques",
        "response": "readings steps words",
    },
}


@pytest.mark.parametrize("name", TABLE)
def test_the_table_of_formats(name: str) -> None:
    form = formats.note_format(name, None, WORDS)
    assert {each.key: " ".join(each.facts) for each in form.sections if each.facts} == {**TABLE[name], "plan": "next"}
    assert {fact for each in form.sections for fact in each.facts} == set(NoteFact)
    held = {blank for each in form.sections for blank in each.blanks} | {
        each.key for each in form.sections if each.by is NoteAuthor.CLINICIAN
    }
    assert held == set(NoteBlank)


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 20, hour, minute, tzinfo=UTC)


def test_pauses_part_the_service_and_stages_do_not() -> None:
    stays = (
        Stay(1, Stage.ENGAGING, at(14, 2), at(14, 20)),
        Stay(2, Stage.EVOKING, at(14, 20), at(14, 47)),
        Stay(3, Stage.EVOKING, at(15, 0), at(15, 11)),
    )
    facts = NoteFacts("session1", plan(), at(14, 2), stays=stays)
    assert [(each.from_, each.to) for each in facts.served] == [(at(14, 2), at(14, 47)), (at(15, 0), at(15, 11))]
    assert drafted(NoteSource(CLIENT, "en", facts)).minutes == 56


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "under 16"), (15, "under 16"), (16, "16–37"), (37, "16–37"), (38, "38–52"), (52, "38–52"), (53, "53 or more")],
)
def test_the_band_is_said_and_the_minutes_stay_exact(minutes: int, said: str) -> None:
    assert band(minutes, WORDS).startswith(f"{minutes} min: ")
    assert said in band(minutes, WORDS)


@pytest.mark.parametrize(
    ("outcome", "end"), [("Up at the second.", "second."), ("Up at the second", "second."), ("Was it?", "it?")]
)
def test_what_was_noted_of_a_step_ends_with_one_sign(outcome: str, end: str) -> None:
    step = BREAKFAST.steps[0].replace(outcome=outcome, status=StepStatus.DONE, on=NOW.date())
    facts = NoteFacts("session1", plan(BREAKFAST.replace(steps=(step,))), NOW)
    note = drafted(NoteSource(CLIENT, "en", facts))
    (line,) = (each.text for section in note.sections for each in section.lines or () if outcome in each.text)
    assert line.endswith(end)


# -- what is missing ---------------------------------------------------------------------------------------------------

WORDING: Final = """she he client spoke about evenings drinking sister brother weekend calmer tired hopeful worried
family cards rent breakfast court letter tense relaxed named offered plans Friday Saturday alone together agreed wants
sees reasons doubts steps walking music work boss children meetings cravings anxious steady oriented denied reported"""
TYPED: Final = "She spoke at length about the hard hour on Friday and what her sister had offered."


def with_own_text(note: ProgressNote, text: str, **changes: Any) -> ProgressNote:
    return compose.with_blank(note, NoteBlank.ASSESSMENT, text).replace(**changes)


def found(note: ProgressNote, the_plan: Plan, days: int = 0, **beside: Any) -> list[str]:
    last, of_others = (list(map(OwnText.of, beside.get(name, ()))) for name in ("before", "that_day"))
    compared = Beside(the_plan, OwnText.of(note), beside.get("times"), last, of_others)
    return list(findings(note, compared, profile("us-il", None, WORDS), NOW + timedelta(days=days), WORDS))


@pytest.fixture
def whole() -> ProgressNote:
    facts = NoteFacts(
        BREAKFAST.from_.session, plan(BREAKFAST), at(14, 2), stays=(Stay(1, Stage.ENGAGING, at(14, 2), at(14, 47)),)
    )
    note = drafted(NoteSource(CLIENT, "en", facts), place="office")
    signature = Signature(by="A. Counselor", credentials="LCDC", at=at(16, 0), sha256="")
    return note.replace(state=NoteState.SIGNED, signed=signature)


def test_a_whole_note_lacks_nothing_and_each_thing_that_is_taken_away_is_named(whole: ProgressNote) -> None:
    the_plan = plan(BREAKFAST)
    response = [one for one in found(whole, the_plan) if "response" in one]
    assert found(whole, the_plan) == response
    cases: list[tuple[dict[str, Any], str]] = [
        ({"served": ()}, "start and end"),
        ({"modality": None}, "the kind of service"),
        ({"place": None}, "the place"),
        ({"goals": ()}, "an active goal"),
        ({"sections": ()}, "what was done"),
        ({"signed": None, "state": NoteState.DRAFT}, "Not signed"),
        ({"signed": Signature(by="x", at=at(16, 0), sha256="")}, "credentials"),
        ({"signed": Signature(by="x", credentials="y", at=at(16, 0) + timedelta(days=12), sha256="")}, "9 days late"),
        ({"signed": Signature(by="x", credentials="y", at=at(16, 0) + timedelta(days=4), sha256="")}, "1 day late"),
        ({"goals": ("gone0001",)}, "gone0001"),
    ]
    for changes, said in cases:
        assert any(said in one for one in found(whole.replace(**changes), the_plan)), said
    dropped = plan(BREAKFAST.replace(status=GoalStatus.DROPPED))
    assert any("not active" in one for one in found(whole, dropped))
    for days, is_due in ((0, True), (-1, False)):  # NOW is three days later; the day itself counts
        review = plan(BREAKFAST.replace(review_on=NOW.date() - timedelta(days=days)))
        assert any("is due: " in one for one in found(whole, review)) is is_due
    assert any("in the future" in one for one in found(whole, the_plan, days=-9))


@pytest.mark.parametrize("judged", list(NoteBlank))
def test_in_illinois_a_judgment_needs_the_behavior_behind_it(whole: ProgressNote, judged: NoteBlank) -> None:
    factual = judged in (NoteBlank.USE_SINCE, NoteBlank.TEST_RESULTS, NoteBlank.NEXT_APPOINTMENT, NoteBlank.REFERRALS)

    def lacks(note: ProgressNote) -> bool:
        return any("the behavior behind a judgment" in one for one in found(note, plan(BREAKFAST)))

    bare = whole.replace(
        sections=tuple(each.replace(lines=each.lines and ()) for each in whole.sections)
    )  # nothing is recorded in it
    note = compose.with_blank(bare, judged, "Anxious.")
    assert (lacks(bare), lacks(note)) == (False, not factual)
    for source, is_behavior in (
        ("entry:3", True), ("step:step0001", True), ("contact:cont0001", True), ("reading:1", False),
        ("act:reflection", False), ("goal:goal0001", False), ("reading:1 entry:3", True), ("ticked:agenda", False),
        (None, False),
    ):  # fmt: skip
        [first, *others] = note.sections
        line = NoteLine(text="Paced the room.", source=source)
        beside = note.replace(sections=(first.replace(lines=(*(first.lines or ()), line)), *others))
        assert lacks(beside) is not (factual or is_behavior), source


def test_what_a_profile_says_of_the_plan_is_checked_and_general_says_nothing(tmp_path: Path) -> None:
    assert profile("us-nh", None, WORDS).plan == PlanEvery(4, 4)
    assert [profile(name, None, WORDS).plan for name in ("general", "us-ok", "us-il")] == [None] * 3
    for name in ("general", "us-ok", "us-il", "us-nh"):
        assert all(line.source and line.read_on for line in profile(name, None, WORDS).lines)
    line = '[[line]]\nneeds = "{needs}"\nsource = "x"\nread_on = 2026-11-26\n{more}\n'
    for needs, more in (
        ("plan-update", ""), ("plan-update", "interviews = 4"), ("plan-update", "interviews = 4\nweeks = -1"),
        ("plan-update", "interviews = true\nweeks = 4"), ("times", "interviews = 4\nweeks = 4"),
    ):  # fmt: skip
        (tmp_path / "ours.toml").write_text(line.format(needs=needs, more=more))
        with pytest.raises(BadNoteFile):
            profile("ours", tmp_path, WORDS)


def test_a_late_amendment_is_named_with_its_days(whole: ProgressNote) -> None:
    late = Amendment(
        kind=AmendmentKind.ADDENDUM, at=at(9, 0) + timedelta(days=47), by="A. Counselor", reason="r", text="t"
    )
    in_time = late.replace(at=at(9, 0) + timedelta(days=45))
    said = found(whole.replace(amendments=(in_time, late)), plan(BREAKFAST), days=50)
    assert [one for one in said if "amendment" in one] == [
        "The amendment of January 6, 2027 is 2 days late (Ala. Admin. Code 560-X-1-.21)."
    ]


def test_only_the_own_text_is_compared_and_one_that_is_long_enough_to_tell(whole: ProgressNote) -> None:
    first = with_own_text(whole, TYPED)
    same = with_own_text(whole, TYPED.upper(), id="note0002")
    the_plan = plan(BREAKFAST)
    said = [one for one in found(first, the_plan, before=[same]) if "note0002" in one]
    assert len(said) == 1
    assert "100 %" in said[0]
    assert "80 %" in said[0]  # as docs/cli.md says
    assert any("another client's note note0002" in one for one in found(first, the_plan, that_day=[same]))
    assert not [one for one in found(whole, the_plan, before=[whole, whole], that_day=[whole]) if "%" in one]
    short = with_own_text(whole, "Friday at two")
    assert not [one for one in found(short, the_plan, before=[short]) if "%" in one]


def test_a_note_is_compared_with_the_last_three_and_with_those_of_others_that_day(whole: ProgressNote) -> None:
    def text(number: int, day: int, client: str = CLIENT) -> OwnText:
        times = tuple(
            each.replace(from_=each.from_.replace(day=day), to=each.to.replace(day=day)) for each in whole.served
        )
        return OwnText.of(whole.replace(id=f"note{number:04}", client=client, served=times))

    own = [text(number, day) for number, day in ((1, 2), (2, 3), (3, 4), (4, 5), (5, 5), (6, 9))]
    in_their_order = in_order(reversed(own))
    assert [[each.note[-1] for each in before(one, in_their_order)] for one in own] == [
        [], ["1"], ["1", "2"], ["2", "3", "5"], ["2", "3", "4"], ["3", "4", "5"],
    ]  # fmt: skip
    many = in_order([text(number, 5, f"client{number % 7}") for number in range(1200)])
    for place in (0, 600, 1199):
        around = that_day(many[place], many)
        assert 200 <= len(around) < 500
        assert all(each.client != many[place].client for each in around)
        assert min(abs(many.index(each) - place) for each in around) == 1
    assert len(that_day(many[3], many[:100])) == sum(each.client != many[3].client for each in many[:100])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_what_is_worded_alike_is_found_among_what_is_not(data: st.DataObject) -> None:
    """Every word may be changed, left out or added: whatever is still alike by the letters is named."""
    any_word = st.sampled_from(WORDING.split())
    words = data.draw(st.lists(any_word, min_size=30, max_size=60))
    changes = data.draw(
        st.lists(st.tuples(st.integers(0, 59), st.sampled_from(["drop", "other", "more"])), max_size=12)
    )
    changed = list(words)
    for place, what in changes:
        at_place = place % len(changed)
        changed[at_place : at_place + 1] = {
            "drop": [], "other": [data.draw(any_word)], "more": [changed[at_place], data.draw(any_word)],
        }[what]  # fmt: skip
    blank = NoteSection(key="x", label="X", by=NoteAuthor.CLINICIAN)
    empty = drafted(source_of(interview([])[0]), sections=(blank,))
    one, other = (
        OwnText.of(empty.replace(sections=(blank.replace(lines=(NoteLine(text=" ".join(each)),)),)))
        for each in (words, changed)
    )
    share = likeness(one.text, other.text)
    assert list(alike(one, [OwnText.of(empty), other])) == ([(other, share)] if share >= ALIKE else [])


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_share_and_never_fails(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 100
    section = NoteSection(key="x", label="X", by=NoteAuthor.CLINICIAN)
    assert OwnText.of(drafted(source_of(interview([])[0]), sections=(section,))).text == ""


# Each row of the reference's table of what a rule asks for, and the line of the profile that holds it; null: none does,
# since no program can see it, or the rule does not ask for it, as the head of the profile's file says.
ASKED: Final = {
    "us-nh": {
        "date": NoteNeed.TIMES, "duration": NoteNeed.TIMES, "modality": NoteNeed.SERVICE,
        "signature": NoteNeed.SIGNATURE, "credentials": NoteNeed.CREDENTIALS,
        "every 4 sessions or 4 weeks": NoteNeed.PLAN_UPDATE, "location": None, "missed": None,
    },
    "us-il": {
        "date": NoteNeed.TIMES, "time": NoteNeed.TIMES, "duration": NoteNeed.TIMES, "each service": NoteNeed.SERVICE,
        "location": NoteNeed.PLACE, "consistent with the plan": NoteNeed.GOAL, "response": NoteNeed.RESPONSE,
        "change in behavior": NoteNeed.RESPONSE, "actual behavior": NoteNeed.BEHAVIOR, "name": NoteNeed.SIGNATURE,
        "credentials": NoteNeed.CREDENTIALS, "missed": None,
    },
    "us-ok": {
        "date": NoteNeed.TIMES, "start and stop": NoteNeed.TIMES, "type of service": NoteNeed.SERVICE,
        "specific goals addressed": NoteNeed.GOAL, "services provided": NoteNeed.INTERVENTION,
        "progress or barriers": NoteNeed.RESPONSE, "new needs": NoteNeed.RESPONSE, "response": NoteNeed.RESPONSE,
        "signature": NoteNeed.SIGNATURE, "credentials": NoteNeed.CREDENTIALS, "location": None,
        "including missed appointments": NoteNeed.EVERY_VISIT,
    },
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_each_thing_that_a_rule_asks_for_stands_in_a_line_of_its_profile(name: str) -> None:
    own = {line.needs: line.source for line in profile(name, None, WORDS).lines}
    general = {line.needs: line.source for line in profile("general", None, WORDS).lines}
    for asked, need in ASKED[name].items():
        if need is None:
            assert not [source for source in own.values() if asked in source], asked
        else:
            assert asked in own[need], asked
            assert own[need] != general.get(need)
    assert general.keys() <= own.keys()  # a state's profile lies over the general one


@pytest.mark.parametrize("name", ["general", *ASKED])
def test_a_note_of_a_missed_visit_is_asked_for_nothing_that_only_an_interview_has(name: str) -> None:
    facts = NoteFacts(None, plan(BREAKFAST), at(14, 2), contact="cont0001", contact_kind="missed")
    note = drafted(NoteSource(CLIENT, "en", facts), contact="cont0001", credentials=None)
    lacks = list(findings(note, Beside(plan(BREAKFAST), OwnText.of(note)), profile(name, None, WORDS), NOW, WORDS))
    assert [one for one in lacks if one.startswith("Missing")] == [one for one in lacks if "credentials" in one]
    assert any(one.startswith("Not signed") for one in lacks)


def test_every_visit_without_a_note_is_named_where_the_profile_wants_one() -> None:
    day = NOW.date()
    visits = [Visit("sess0001", day), Visit("sess0002", day), Visit("cont0001", day, missed=True)]
    for name in ("general", "us-il", "us-nh"):
        assert list(without_note(visits, (), profile(name, None, WORDS), WORDS)) == []
    oklahoma = profile("us-ok", None, WORDS)
    said = list(without_note(visits, {"sess0001"}, oklahoma, WORDS))
    assert [any(each.id in one for one in said) for each in visits] == [False, True, True]
    assert "including missed appointments" in said[0]
    assert "`mi note write --contact cont0001`" in said[2]
    assert list(without_note(visits, {each.id for each in visits}, oklahoma, WORDS)) == []


# -- golden notes ------------------------------------------------------------------------------------------------------

GOLDEN: Final = Path(__file__).parent / "golden"


def signed_example(name: str, language: str) -> ProgressNote:
    """A note of an invented interview, with everything that can stand in one, signed and amended."""
    words = note_words(language)
    lines = [
        "+d I want to be there for breakfast", "= looked tired", ">r you want to be there", ">q", "/importance 7",
        "/goal Be at Saturday breakfast", "/step Ring my sister @ Friday six", "/confidence 4", "/confidence 6",
        "/review 2027-01-31", "/end",
    ]  # fmt: skip
    source = source_of(after(an_interview(prompts_once()), lines))
    stays = (Stay(1, Stage.ENGAGING, at(14, 2), at(14, 20)), Stay(2, Stage.PLANNING, at(14, 20), at(14, 47)))
    source = replace(source, facts=replace(source.facts, stays=stays, safety=(at(14, 12),)))
    form = formats.note_format(name, None, words)
    note = drafted(source, name, language, place="office", present="client alone")
    for line in source.lines:
        note = compose.pick(note, line, form)
    note = compose.with_ticked(note, [Technique.KEY_QUESTION], form, words)
    note = compose.with_blank(note, NoteBlank.NEXT_APPOINTMENT, "Friday at two")
    stamp = NOW + timedelta(hours=2)
    signature = Signature(by="A. Counselor", credentials="LCDC", at=stamp, sha256="0" * 64)
    added = Amendment(
        kind=AmendmentKind.LATE_ENTRY,
        at=stamp + timedelta(days=1),
        by="A. Counselor",
        reason="left out",
        text="She rang.",
    )
    return note.replace(state=NoteState.SIGNED, signed=signature, amendments=(added,))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", ["girp", "dap", "soap", "birp"])
def test_golden_notes(name: str, language: str) -> None:
    words = note_words(language)
    note = signed_example(name, language)
    document = note_document(note, "J-014", words, band(note.minutes, words))
    files = {"txt": note_text(note, "J-014", words, band(note.minutes, words))}
    files["md"] = page(document, Format.MARKDOWN).decode()
    if name == "girp":
        files |= {f"{wanted}.txt": normalised(page(document, wanted), wanted) for wanted in (Format.PDF, Format.WORD)}
    for ending, text in files.items():
        file = GOLDEN / f"note-{name}-{language}.{ending}"
        if os.environ.get("GOLDEN"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")


def test_the_digest_covers_all_of_the_note_but_what_is_about_its_signature() -> None:
    note = signed_example("girp", "en")
    about_it = {"state", "signed", "amendments", "updated_at", "revision"}
    for name in set(ProgressNote.model_fields) - {"schema_", "id", "created_at", "typing"} - about_it:
        changed = note.model_copy(update={name: None})
        assert (content_digest(changed) != content_digest(note)) is (getattr(note, name) is not None), name
    assert content_digest(note) == content_digest(note.replace(amendments=()))


def test_a_note_that_was_signed_before_a_wording_changed_is_as_signed() -> None:
    line = NoteLine(text="Pregunta clave (según el consejero).", source="ticked:key-question")
    note = ProgressNote(
        schema_=ProgressNote.SCHEMA,
        revision=1,
        id="note0001",
        created_at=NOW,
        updated_at=NOW,
        client="c1",
        format="girp",
        language="es",
        written_at=NOW,
        counselor="A. Counselor",
        sections=(NoteSection(key="intervention", label="Intervención", lines=(line,)),),
    )
    assert content_digest(note) == "a41974624403cb782df5086ea9954331d1770e60113b69a8fe73cb9e23db23ce"
    signed = note.replace(
        state=NoteState.SIGNED, signed=Signature(by="A. Counselor", at=NOW, sha256=content_digest(note))
    )
    read_again = ProgressNote.from_bytes(signed.to_bytes())
    assert is_as_signed(read_again)
    assert "Consejero o consejera: A. Counselor" in note_text(read_again, "J-014", note_words("es"), None)
