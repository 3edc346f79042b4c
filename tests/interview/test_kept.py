"""What can be kept beside words and talk: the counselor's part, stars, facts, entries by number; all can be undone."""

from dataclasses import replace

import pytest

from mi_cli.interview.actions import Rejected, Show
from mi_cli.interview.outcome import Applied, Effect, Outcome
from mi_cli.interview.recorder import Recorder
from mi_cli.interview.rulers import NumberQuestion
from mi_cli.records.plan import Plan
from mi_cli.records.terms import Act, Direction, Kind, Stage, Talk
from mi_cli.records.text_keys import LookAlike, Problem
from tests.conftest import Desk


def reply(recorder: Recorder, line: str) -> object:
    return recorder.enter(line).reply


def entered(recorder: Recorder, line: str) -> Outcome:
    outcome = recorder.enter(line)
    assert outcome.error is None
    return outcome


def plan(desk: Desk) -> Plan:
    return desk.store.plan(desk.client)


def number_asked(recorder: Recorder) -> bool:
    return isinstance(recorder.state.view.question, NumberQuestion)


def test_ambivalence_counts_once_on_each_side_and_can_be_shared(desk: Desk) -> None:
    recorder = desk.begin("+- I want to and I don't", "+-", "+", "/share 1")
    tally = desk.notes.tally
    assert (tally.change, tally.sustain) == (3, 2)
    assert [(item.kind, item.words) for item in plan(desk).talk] == [(Kind.AMBIVALENCE, "I want to and I don't")]
    recorder.enter("/pause")
    assert desk.session.tally == tally


def test_the_counselors_part_is_kept_with_what_was_done_and_never_shared(desk: Desk) -> None:
    recorder = desk.begin("> hm", ">r You are tired.", ">q")
    assert [(entry.kind, entry.act, entry.words) for entry in desk.notes.entries] == [
        (Kind.MINE, None, "hm"),
        (Kind.MINE, Act.REFLECTION, "You are tired."),
        (Kind.MINE, Act.QUESTION, None),
    ]
    assert reply(recorder, "/share 2") == Rejected(Problem.NOT_SHAREABLE)
    assert reply(recorder, "/goal 2") == Rejected(Problem.NOT_THEIR_WORDS)


def test_a_star_is_for_the_line_before_that_has_the_clients_words(desk: Desk) -> None:
    recorder = desk.begin()
    assert reply(recorder, "*") == Rejected(Problem.NOTHING_TO_STAR)
    desk.enter(recorder, "+d I want my boat back", ">r It matters.", "= smiles", "+", "*")
    assert [entry.star for entry in desk.notes.entries] == [True, False, False, False]
    assert reply(recorder, "*") == Applied(Effect.STARRED, desk.notes.entries[0])
    for line, problem in (("/star 2", Problem.NOTHING_TO_STAR), ("/star 9", Problem.NO_SUCH_ENTRY)):
        assert reply(recorder, line) == Rejected(problem)
    desk.enter(recorder, "/undo")
    assert not desk.notes.entries[0].star
    desk.enter(recorder, "! steady", "/star 5", "/star 1", "/star -5", "/mark 1 =")
    assert not any(entry.star for entry in desk.notes.entries), "an observation has no star"
    desk.enter(recorder, "/undo")
    assert desk.notes.entries[0].star


def test_any_mark_can_be_given_afterwards_and_taken_off(desk: Desk) -> None:
    recorder = desk.begin("+d words")
    for mark, kind, talk, act in (
        ("-r", Kind.SUSTAIN, Talk.REASON, None),
        ("+-", Kind.AMBIVALENCE, None, None),
        ("!", Kind.STRENGTH, None, None),
        ("?", Kind.PARKED, None, None),
        ("~", Kind.DISCORD, None, None),
        (">r", Kind.MINE, None, Act.REFLECTION),
        ("=", Kind.OBSERVATION, None, None),
        ("said", Kind.SAID, None, None),
        ("+", Kind.CHANGE, None, None),
    ):
        desk.enter(recorder, f"/mark 1 {mark}")
        entry = desk.notes.entries[0]
        assert (entry.kind, entry.talk, entry.act, entry.words) == (kind, talk, act, "words")
    desk.enter(recorder, "-", "/mark 2 +c", "/safety overdose told her")
    assert desk.notes.entries[1].talk is Talk.COMMITMENT
    assert reply(recorder, "/mark 2 !") == Rejected(Problem.NEEDS_WORDS)
    assert reply(recorder, "/mark 3 +") == Rejected(Problem.CANNOT_BE_MARKED)


def test_what_was_shared_moves_with_its_mark_or_leaves_the_plan(desk: Desk) -> None:
    recorder = desk.begin("+d words", "/share 1")
    assert reply(recorder, "/mark 1 !") == Applied(Effect.ENTRY_CHANGED, desk.notes.entries[0])
    assert (plan(desk).talk, [item.kind for item in plan(desk).strengths]) == ((), [Kind.STRENGTH])
    assert reply(recorder, "/mark 1 =") == Applied(Effect.ENTRY_CHANGED, desk.notes.entries[0], unshared=True)
    assert plan(desk).shared == ()
    desk.enter(recorder, "/undo", "/undo")
    assert [(item.kind, item.talk) for item in plan(desk).shared] == [(Kind.CHANGE, Talk.DESIRE)]


def test_an_entry_becomes_a_goal_a_step_or_a_reason_as_it_stands(desk: Desk) -> None:
    recorder = desk.begin("I'd like to be there  for breakfast ", "+r my girl @ home", "+", "! strong")
    desk.enter(recorder, "/goal 1", "/reason 2", "/step 2")
    goal = plan(desk).goals[0]
    assert (goal.words, goal.from_.entry, goal.reasons) == (desk.words[0], 1, ("my girl @ home",))
    assert [(step.words, step.when) for step in goal.steps] == [("my girl @ home", None)]
    for line, problem in (
        ("/goal 3", Problem.NOT_THEIR_WORDS),
        ("/goal 4", Problem.NOT_THEIR_WORDS),
        ("/step 9", Problem.NO_SUCH_ENTRY),
    ):
        assert reply(recorder, line) == Rejected(problem)
    desk.enter(recorder, "/undo", "/undo", "/undo")
    assert plan(desk).goals == ()


def test_an_older_entry_is_taken_back_with_its_share_and_as_an_answer(desk: Desk) -> None:
    recorder = desk.begin("+d one", "/importance 6 two", "three", "/share 1 2", "four")
    before = (desk.notes.entries, desk.session.readings, plan(desk).talk)
    assert before[1][0].why == 2
    outcome = entered(recorder, "/undo entry 2")
    assert outcome.reply == Applied(Effect.ENTRY_TAKEN_BACK, before[0][1], unshared=True)
    assert [entry.n for entry in desk.notes.entries] == [1, 3, 4]
    reading = desk.session.readings[0]
    assert (reading.why, reading.raise_) == (None, 3)
    assert [item.from_.n for item in plan(desk).talk] == [1]
    desk.crash()
    recorder = desk.resume()
    desk.enter(recorder, "/undo")
    after = (desk.notes.entries, desk.session.readings, plan(desk).talk)
    assert after[:2] == before[:2]
    assert sorted(item.from_.n for item in after[2]) == [1, 2]
    desk.enter(recorder, "/undo")
    assert [entry.n for entry in desk.notes.entries] == [1, 2, 3]


def test_an_entry_that_a_goal_came_from_stays(desk: Desk) -> None:
    recorder = desk.begin("be there", "/goal 1", "other", "/goal typed after it")
    assert reply(recorder, "/undo entry 1") == Rejected(Problem.GOAL_CAME_FROM_IT, "1")
    assert isinstance(reply(recorder, "/undo entry 2"), Applied)
    assert reply(recorder, "/undo entry 2") == Rejected(Problem.NO_SUCH_ENTRY)


def test_a_ruler_without_a_number_asks_for_one(desk: Desk) -> None:
    recorder = desk.begin("one", stage=Stage.EVOKING)
    outcome = entered(recorder, "/importance")
    assert outcome.show_view
    question = recorder.state.view.question
    assert isinstance(question, NumberQuestion)
    assert question.prompt is not None
    assert question.prompt.id == "importance-ruler"
    assert reply(recorder, "11") == Rejected(Problem.NOT_ON_THE_RULER, "importance")
    assert number_asked(recorder)
    desk.enter(recorder, "Hm, let me think.")
    assert number_asked(recorder), "words do not change what is in view"
    assert desk.notes.entries[-1].prompt == "importance-ruler"
    assert reply(recorder, " 7 ") == Applied(Effect.READING, n=7, name="importance")
    desk.enter(recorder, "8")
    assert desk.words == ["one", "Hm, let me think.", "8"], "under the why a number is words"
    assert (desk.notes.entries[-1].kind, desk.notes.entries[-1].talk) == (Kind.CHANGE, Talk.REASON)


@pytest.mark.parametrize("line", ["", "+d I want to", "/checks"])
def test_a_question_for_a_number_is_passed_over_or_dropped(desk: Desk, line: str) -> None:
    recorder = desk.begin("/readiness", line, "7")
    assert not number_asked(recorder)
    assert desk.session.readings == ()
    assert desk.words[-1] == "7"


def test_again_leaves_the_question_in_view(desk: Desk) -> None:
    recorder = desk.begin("/readiness")
    assert entered(recorder, "/again").show_view
    assert number_asked(recorder)
    desk.enter(recorder, "4", "/again", "because")
    assert desk.session.readings[0].why == 1


def test_a_set_without_a_rulers_prompt_leaves_it_to_the_companion(desk: Desk) -> None:
    recorder = desk.begin()
    stages = {
        stage: replace(guide, prompts=guide.prompts[:1]) for stage, guide in recorder.state.prompts.stages.items()
    }
    recorder.state = replace(recorder.state, prompts=replace(recorder.state.prompts, stages=stages))
    desk.enter(recorder, "/confidence")
    question = recorder.state.view.question
    assert isinstance(question, NumberQuestion)
    assert question.prompt is None
    desk.enter(recorder, "0")
    assert desk.session.readings[0].value == 0


def test_a_number_answers_a_rulers_prompt_that_is_in_view_once(desk: Desk) -> None:
    recorder = desk.begin(stage=Stage.EVOKING)
    number = next(n for n, prompt in enumerate(recorder.state.guide.prompts, 1) if prompt.id == "confidence-ruler")
    desk.enter(recorder, f"/use {number}", "4", "", "", "5")
    assert [(reading.ruler, reading.value) for reading in desk.session.readings] == [("confidence", 4)]
    assert desk.words == ["5"]


def test_a_page_is_followed_by_what_is_in_view(desk: Desk) -> None:
    recorder = desk.begin("one")
    for line in ("/help", "/entries", "/goal", "/prompts", "/checks", "/stage", "/share"):
        outcome = entered(recorder, line)
        assert isinstance(outcome.reply, Show)
        assert outcome.show_view
    assert not entered(recorder, "/recap").show_view, "after a recap comes silence"
    assert not entered(recorder, "/safety").show_view, "whom to reach stands next to the line"


def test_a_focus_names_a_target_that_is_taken_up_again(desk: Desk) -> None:
    recorder = desk.begin("before", "/focus drinking")
    assert reply(recorder, "/focus driving after a pint") == Applied(
        Effect.ENTRY, desk.notes.entries[-1], in_facts=True
    )
    desk.enter(recorder, "+d now", "/goal get home", "/confidence 5 two", "/focus  Drinking", "after", "/importance 3")
    facts = desk.store.client_facts(desk.client)
    drinking, driving = (target.id for target in facts.targets)
    assert [target.name for target in facts.targets] == ["drinking", "driving after a pint"]
    assert [entry.target for entry in desk.notes.entries] == [
        None, drinking, driving, driving, driving, drinking, drinking,
    ]  # fmt: skip
    assert [reading.target for reading in desk.session.readings] == [driving, drinking]
    assert plan(desk).goals[0].target == driving


def test_a_reading_can_be_about_another_target(desk: Desk) -> None:
    recorder = desk.begin("/focus drinking", "/importance @driving 7 my licence", "", "/confidence @DRIVING", "4")
    facts = desk.store.client_facts(desk.client)
    driving = facts.targets[1].id
    assert [(reading.value, reading.target) for reading in desk.session.readings] == [(7, driving), (4, driving)]
    assert desk.notes.entries[-1].target == driving, "what answers is about the same"
    desk.enter(recorder, "/undo", "/undo")
    assert [target.name for target in desk.store.client_facts(desk.client).targets] == ["drinking"]


def test_facts_are_noted_and_taken_back(desk: Desk) -> None:
    recorder = desk.begin()
    assert reply(recorder, "/mandated") == Applied(Effect.FACT, name="mandate")
    assert reply(recorder, "/mandated the court") == Applied(Effect.FACT, name="mandate", in_facts=True)
    assert reply(recorder, "/fact medicines insulin") == Applied(Effect.FACT, name="medicines", in_facts=True)
    assert reply(recorder, "/fact direction less") == Rejected(Problem.WHICH_TARGET)
    desk.enter(recorder, "/focus drinking", "/fact direction le")
    assert reply(recorder, "/fact direction up") == Rejected(Problem.NO_SUCH_DIRECTION)
    facts = desk.store.client_facts(desk.client)
    assert facts.mandate is not None
    assert facts.medicines is not None
    assert (facts.mandate.by, facts.medicines.words) == ("the court", "insulin")
    assert facts.targets[0].direction is Direction.LESS
    desk.crash()
    recorder = desk.resume()
    desk.enter(recorder, "/undo", "/undo", "/undo", "/undo")
    facts = desk.store.client_facts(desk.client)
    assert facts.mandate is not None
    assert (facts.mandate.by, facts.medicines, facts.targets) == (None, None, ())
    desk.enter(recorder, "/undo")
    assert desk.store.client_facts(desk.client).mandate is None


def test_a_lapse_is_an_event_with_or_without_words(desk: Desk) -> None:
    recorder = desk.begin("/lapse", "/lapse two pints on Friday")
    assert [(entry.kind, entry.words) for entry in desk.notes.entries] == [
        (Kind.LAPSE, None),
        (Kind.LAPSE, "two pints on Friday"),
    ]
    assert reply(recorder, "/share 2") == Rejected(Problem.NOT_SHAREABLE)


def test_what_looks_like_a_mark_is_kept_and_pointed_out(desk: Desk) -> None:
    recorder = desk.begin()
    for line, look_alike, hint in (
        ("+x words", LookAlike.TYPE, ""),
        ("quit", LookAlike.LEAVING, ""),
        ("help", LookAlike.COMMAND, "help"),
    ):
        done = reply(recorder, line)
        assert isinstance(done, Applied)
        assert (done.look_alike, done.hint) == (look_alike, hint)
    assert desk.words == ["+x words", "quit", "help"]
