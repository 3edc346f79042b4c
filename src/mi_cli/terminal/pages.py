"""What an interview shows, page by page. Each function takes data and the companion's words, and returns lines.

Nothing here reads the disk, the clock or the terminal, and nothing decides what may be done in an interview.
"""

import errno
import re
from collections import Counter
from collections.abc import Sequence

from mi_cli.errors import Damaged, InUse, MiError
from mi_cli.insight.recap import Recap, recap
from mi_cli.interview.actions import AddEntry, Overview, Rejected, Show, Star
from mi_cli.interview.commands import command_named, command_names
from mi_cli.interview.marks import TALLIED
from mi_cli.interview.outcome import Applied, Effect
from mi_cli.interview.rulers import NumberQuestion, RulerQuestion
from mi_cli.interview.state import InterviewState, View
from mi_cli.prompts.model import Prompt, SafetyCard, StageGuide
from mi_cli.records.notes import Entry
from mi_cli.records.terms import FactName, Stage, StepStatus
from mi_cli.records.text_keys import Cue, FollowUp, Problem
from mi_cli.terminal import plan_pages, share_pages
from mi_cli.terminal.entry_labels import STAR_MARK, entry_kind, question_text, shown_day
from mi_cli.terminal.page import BLANK, Line, Page, Role
from mi_cli.words.interview.model import InterviewWords
from mi_cli.words.typed_names import typed_names

# The blanks that are filled with the client's own words; all others are filled with what the counselor noted.
_VERBATIM_CUES = frozenset(
    {Cue.CHANGE_TALK, Cue.SUSTAIN_TALK, Cue.SAID, Cue.FOCUS, Cue.VALUE, Cue.GOAL, Cue.REASON, Cue.STEP, Cue.WHEN,
     Cue.EARLIER_TALK, Cue.EARLIER_FOCUS}
)  # fmt: skip


def view_page(view: View, words: InterviewWords) -> Page:
    """Returns the stage and why this came, then the prompt or a ruler's question between blank lines.

    Beneath it are, dim, the client's words that may fill its blanks, and what to listen for. Where no prompt is held up
    the page says what to do instead.
    """
    if isinstance(view.question, NumberQuestion):
        return _number_page(view.question, _cue_lines(view, words), words)
    if view.question:
        return _question_page(view.question, words)
    stage = words.stages[view.stage]
    title = Line(f"{stage} · {words.rules[view.rule]}" if view.rule else stage, Role.TITLE, " ")
    if view.prompt is None and view.hold:
        return [BLANK, title, BLANK, Line(words.holds[view.hold], Role.TEXT, "   "), BLANK]
    if view.prompt is None:
        return [BLANK, title, BLANK, Line(words.no_more_prompts, Role.TEXT, "   "),
                Line(words.no_more_prompts_hint, Role.DIM, "   "), BLANK]  # fmt: skip
    page = [BLANK, title, BLANK, Line(view.prompt.say, Role.SAY, "   ")]
    page += [*_cue_lines(view, words), BLANK]
    if view.prompt.listen_for:
        page.append(Line(words.listen_for.format(words=view.prompt.listen_for), Role.DIM, "   "))
    if view.prompt.note:
        page.append(Line(words.prompt_note.format(words=view.prompt.note), Role.DIM, "   "))
    return [*page, BLANK]


def view_beneath(view: View, words: InterviewWords) -> Page:
    """Returns what is in view in as few lines as it takes, to stand beneath a page that was asked for."""
    return [line for line in view_page(view, words) if line.role in (Role.TITLE, Role.SAY, Role.TEXT) and line.text]


def _cue_lines(view: View, words: InterviewWords) -> list[Line]:
    forms = [(words.cue if cue in _VERBATIM_CUES else words.cue_as_noted, cue, text) for cue, text in view.cues]
    return [Line(form.format(name=words.cues[cue], words=text), Role.DIM, "     ") for form, cue, text in forms]


def _number_page(question: NumberQuestion, cues: list[Line], words: InterviewWords) -> Page:
    ruler = words.rulers[question.ruler]
    title = f"{ruler}: {question.target}" if question.target else ruler
    say = question.prompt.say if question.prompt else words.ruler_questions[question.ruler]
    page = [BLANK, Line(title, Role.TITLE, " "), BLANK, Line(say, Role.SAY, "   ")]
    page += [*(cues if question.prompt else []), BLANK]
    if question.prompt and question.prompt.note:
        page.append(Line(words.prompt_note.format(words=question.prompt.note), Role.DIM, "   "))
    return [*page, Line(words.question_number_hint, Role.DIM, "   "), BLANK]


def _question_page(question: RulerQuestion, words: InterviewWords) -> Page:
    title = f"{words.rulers[question.reading.ruler]} {question.reading.value}"
    hint = words.question_why_hint if question.follow_up is FollowUp.WHY_NOT_LOWER else words.question_hint
    say = question_text(question, words)
    return [BLANK, Line(title, Role.TITLE, " "), BLANK, Line(say, Role.SAY, "   "), BLANK,
            Line(hint, Role.DIM, "   "), BLANK]  # fmt: skip


def applied_text(done: Applied, words: InterviewWords) -> str:
    """Returns in a few words what was just saved, and where it is now or is no longer.

    It never repeats the client's words, since the client may see it.
    """
    notes = (words.out_of_plan if done.unshared else "", words.in_facts if done.in_facts else "")
    return " · ".join(text for text in (_effect_text(done, words), *notes) if text)


def _effect_text(done: Applied, words: InterviewWords) -> str:
    entry = done.entry
    match done.effect:
        case Effect.ENTRY if entry and entry.words is None and entry.kind in TALLIED:
            return words.saved_mark.format(n=entry.n, kind=entry_kind(entry, words))
        case Effect.ENTRY if entry:
            return words.saved_entry.format(n=entry.n, kind=entry_kind(entry, words))
        case Effect.ENTRIES:
            return words.saved_entries.format(n=done.n)
        case Effect.READING:
            rulers = {ruler.value: name for ruler, name in words.rulers.items()}
            return words.saved_reading.format(ruler=rulers[done.name].lower(), value=done.n)
        case Effect.GOAL:
            return words.saved_goal.format(n=done.n)
        case Effect.GOAL_PART if done.on:
            return words.saved_day.format(part=words.goal_parts[done.name], day=shown_day(done.on, words))
        case Effect.GOAL_PART:
            return words.saved_part.format(part=words.goal_parts[done.name])
        case Effect.STEP:
            return words.saved_step.format(n=done.n, status=words.plan.step_statuses[StepStatus(done.name)])
        case Effect.GOAL_SELECTED:
            return words.goal_selected.format(n=done.n)
        case Effect.SHARED:
            return words.saved_shared.format(n=done.n)
        case Effect.UNSHARED:
            return words.saved_unshared.format(n=done.n)
        case Effect.ENTRY_CHANGED if entry:
            return words.saved_changed.format(n=entry.n, kind=entry_kind(entry, words))
        case Effect.STARRED if entry:
            return (words.saved_star if entry.star else words.star_off).format(n=entry.n)
        case Effect.FACT:
            return words.saved_fact.format(fact=words.facts[FactName(done.name)])
        case Effect.UNDONE if done.name:
            rulers = {ruler.value: name for ruler, name in words.rulers.items()}
            return words.undone_reading.format(ruler=rulers[done.name].lower(), value=done.n)
        case Effect.UNDONE | Effect.ENTRY_TAKEN_BACK if entry:
            return words.undone_entry.format(n=entry.n, kind=entry_kind(entry, words))
        case Effect.CONCERN:
            concerns = {concern.value: name for concern, name in words.concerns.items()}
            return words.saved_concern.format(concern=concerns[done.name])
        case Effect.CONCERNS_CLOSED:
            return words.concerns_closed
        case Effect.NOTE_OPEN:
            return words.note_open
        case _:
            return words.undone


def pasted_question(n: int, entries: Sequence[AddEntry | Star], words: InterviewWords) -> str:
    """Returns the question what to make of `n` pasted lines, with what they would be if each were an entry."""
    kinds = Counter(entry.kind for entry in entries if isinstance(entry, AddEntry))
    counts = ", ".join(f"{count} {words.kinds[kind]}" for kind, count in kinds.items())
    return words.ask_keep_paste.format(n=n, counts=counts or 0)


def quiet_lines(done: Applied, words: InterviewWords) -> Page:
    """Returns the quiet lines that a reply calls for.

    They are about stopping at once, a goal not in the client's voice, and words that look like a mark.
    """
    texts = [words.medical_review] if done.medical_review else []
    texts += [words.ask_client_voice] if done.ask_voice else []
    texts += [words.look_alikes[done.look_alike].format(hint=done.hint)] if done.look_alike else []
    return [Line(text, Role.DIM, " ") for text in texts]


def rejected_text(problem: Rejected, words: InterviewWords) -> str:
    """Returns why a line did nothing, and what would work."""
    if problem.problem is Problem.NO_SUCH_COMMAND and problem.hint:
        return words.nearest_command.format(nearest=problem.hint)
    example = typed_names(words.plan.language).command_shown(problem.hint)
    return words.problems[problem.problem].format(hint=example)


def not_saved_text(trouble: MiError, words: InterviewWords) -> str:
    """Returns why something could not be saved, and that it is not lost."""
    return words.not_saved.format(trouble=not_saved_reason(trouble, words))


def not_saved_reason(trouble: MiError, words: InterviewWords) -> str:
    """Returns why something could not be saved."""
    match trouble:
        case InUse():
            return words.not_saved_in_use
        case Damaged():
            return words.not_saved_damaged
    cause = trouble.__cause__
    code = (cause.errno or 0) if isinstance(cause, OSError) else 0
    return words.not_saved_disk.format(reason=disk_reason(code, words))


def disk_reason(code: int, words: InterviewWords) -> str:
    """Returns why the system refused something, by its errno."""
    return words.disk.reasons.get(code) or words.disk_error_code.format(code=errno.errorcode.get(code, code))


def overview_page(show: Show, state: InterviewState, words: InterviewWords, contacts: Sequence[str]) -> Page:
    """Returns the page that a command asked for. `contacts` are the counselor's own, for the safety card."""
    match show.overview:
        case Overview.PROMPTS:
            return prompts_page(state.guide, state.view.prompt, words)
        case Overview.CHECKS:
            return checks_page(state.guide, words)
        case Overview.RECAP:
            summary = recap(state.notes, state.session.readings, state.earlier.talk)
            return recap_page(summary, words)
        case Overview.ENTRIES:
            return entries_page(state.notes.entries, words)
        case Overview.GOALS:
            return plan_pages.goals_page(state.plan, state.goal_in_hand, words)
        case Overview.SHAREABLE:
            return share_pages.shareable_page(state, words)
        case Overview.SAFETY:
            return safety_page(state.prompts.safety, words, contacts)
        case Overview.STAGES:
            return stages_page(state.stage, words)
        case Overview.HELP:
            return help_page(show.topic, words, state.session.language)


def help_page(topic: str, words: InterviewWords, language: str = "en") -> Page:
    """Returns the line grammar on one screen, or a line about one command or mark of it."""
    if not topic:
        return [Line(row, grid=True) for row in words.help_page.split("\n")]
    if topic in words.help_topics:
        return [Line(help_text(topic, words, language), lead=" ")]
    commands = [name for name in command_named(topic, language) if name in words.help_topics]
    if not commands:
        return [Line(words.problems[Problem.NO_SUCH_HELP], Role.WARN, " ")]
    return [Line(help_text(name, words, language), lead=" ") for name in commands]


def help_text(topic: str, words: InterviewWords, language: str) -> str:
    """Returns the help on a mark or a command, with the names of it that the text does not use."""
    text = words.help_topics[topic]
    other = [name for name in command_names(topic, language) if not re.match(rf"/{name}\b", text)]
    names = " ".join(f"/{name}" for name in ([topic, *other] if command_names(topic, language) else []))
    return f"{text} ({words.help_other_names.format(names=names)})" if names else text


def stages_page(current: Stage, words: InterviewWords) -> Page:
    """Returns the four stages, each with the command that enters it."""
    shown = typed_names(words.plan.language).command_shown
    rows = [
        Line(words.stages[stage], Role.SAY if stage is current else Role.TEXT, f"   /{shown(stage):<10} ")
        for stage in Stage
    ]
    return [BLANK, Line(words.stages_title, Role.TITLE, " "), *rows, BLANK]


def prompts_page(guide: StageGuide, current: Prompt | None, words: InterviewWords) -> Page:
    """Returns all prompts of a stage, numbered for `/use`: the usual order, then those for a moment."""
    title = words.prompts_title.format(stage=words.stages[guide.stage])
    rows = {
        prompt.id: Line(prompt.say, Role.SAY if prompt == current else Role.TEXT, f" {number:>3}  ")
        for number, prompt in enumerate(guide.prompts, 1)
    }
    usual = [prompt for prompt in guide.prompts if prompt.core]
    others = [prompt for prompt in guide.prompts if not prompt.core]
    page = [BLANK, Line(title, Role.TITLE, " "), Line(words.prompts_hint, Role.DIM, " ")]
    page += [Line(words.prompts_usual, Role.TITLE, " "), *(rows[prompt.id] for prompt in usual)] if usual else []
    page += [Line(words.prompts_others, Role.TITLE, " ")] if usual and others else []
    return [*page, *(rows[prompt.id] for prompt in others), BLANK]


def checks_page(guide: StageGuide, words: InterviewWords) -> Page:
    """Returns the checks of a stage: questions, signs and traps for the counselor, never to be said to the client."""
    title = words.checks_title.format(stage=words.stages[guide.stage], aim=guide.aim)
    go_back = tuple(f"{sign.sign} → /{sign.to}" for sign in guide.go_back)
    page = [BLANK, Line(title, Role.TITLE, " ")]
    for heading, rows in (
        (words.checks, guide.checks),
        (words.move_on, guide.move_on),
        (words.go_back, go_back),
        (words.traps, guide.traps),
    ):
        if rows:
            page += [Line(heading, Role.SAY, " "), *(Line(row, lead="   ") for row in rows)]
    return [*page, BLANK]


def entries_page(entries: Sequence[Entry], words: InterviewWords) -> Page:
    """Returns the entries, each with its number."""
    if not entries:
        return [Line(words.entries_none, Role.DIM, " ")]
    return [BLANK, Line(words.entries_title, Role.TITLE, " "), *(entry_line(entry, words) for entry in entries), BLANK]


def entry_line(entry: Entry, words: InterviewWords) -> Line:
    """Returns an entry as `  12  change talk, desire: …`."""
    kind = f"{entry_kind(entry, words)}{STAR_MARK if entry.star else ''}"
    return Line(kind if entry.words is None else f"{kind}: {entry.words}", lead=f" {entry.n:>3}  ")


def recap_page(summary: Recap, words: InterviewWords) -> Page:
    """Returns a summary to read back: each line a stem to say and the client's words. Dim lines are not to be said."""
    page = [BLANK, Line(words.recap_title, Role.TITLE, " "), BLANK]
    if summary.doubt:
        page += [Line(words.recap_doubt, lead="   "), BLANK]
    if not summary.lines:
        page.append(Line(words.recap_none, Role.DIM, "   "))
    rows = [(words.recap_stems[line.theme], f"“{line.entry.words}”") for line in summary.lines]
    rows += [(words.recap_values, f"“{entry.words}”") for entry in summary.values]
    rows += [(words.recap_strengths, entry.words or "") for entry in summary.strengths]  # the counselor's own words
    width = max((len(stem) for stem, _ in rows), default=0)
    page += [Line(text, lead=f"   {stem:<{width}}  ") for stem, text in rows]
    if summary.lines:
        page += [BLANK, Line(words.recap_missed, lead="   "), Line(words.recap_key_question, Role.SAY, "   ")]
    if summary.change_marks or summary.sustain or summary.left_out:
        counts = words.recap_counts.format(left=summary.left_out, change=summary.change_marks, sustain=summary.sustain)
        page += [BLANK, Line(counts, Role.DIM, "   ")]
    return [*page, BLANK]


def safety_page(card: SafetyCard, words: InterviewWords, contacts: Sequence[str]) -> Page:
    """Returns the safety card: what to do now, and whom to reach. It does not assess anything.

    The numbers stand last, nearest to the line one types on.
    """
    reach = words.safety_contacts.format(contacts="; ".join(contacts)) if contacts else card.contacts_none
    page = [Line(card.title, Role.WARN, " "), *(Line(row, Role.SAY, " ") for row in card.lead)]
    page += [Line(" ".join(concern.do), lead=" - ", title=f"{concern.title}.") for concern in card.concerns]
    page += [Line(card.limits, Role.DIM, " "), Line(reach, lead=" ")]
    return page + [
        Line(words.safety_lines.format(country=line.country, name=line.name, reach=line.reach), lead=" ")
        for line in card.lines
    ]
