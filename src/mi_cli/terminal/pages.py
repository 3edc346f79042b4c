"""What an interview shows, page by page. Each function takes data and the companion's words, and returns lines.

Nothing here reads the disk, the clock or the terminal, and nothing decides what may be done in an interview.
"""

import errno
from collections.abc import Sequence

from mi_cli.errors import Damaged, InUse, MiError
from mi_cli.insight.recap import recap
from mi_cli.interview.actions import Overview, Rejected, Show
from mi_cli.interview.grammar import command_named
from mi_cli.interview.rulers import RulerQuestion
from mi_cli.interview.state import Applied, Effect, InterviewState, View
from mi_cli.prompts.model import Prompt, SafetyCard, StageGuide
from mi_cli.records.notes import Entry, Notes
from mi_cli.records.session import SafetyConcern
from mi_cli.records.terms import Stage
from mi_cli.records.text_keys import FollowUp, Problem
from mi_cli.terminal import plan_pages
from mi_cli.terminal.page import BLANK, Line, Page, Role
from mi_cli.words.interview.model import InterviewWords


def view_page(view: View, words: InterviewWords) -> Page:
    """Returns the stage, then the prompt or a ruler's question between blank lines, then what to listen for."""
    if view.question:
        return _question_page(view.question, words)
    title = words.stages[view.stage]
    if view.prompt is None:
        return [BLANK, Line(title, Role.TITLE, " "), BLANK, Line(words.no_more_prompts, Role.TEXT, "   "),
                Line(words.no_more_prompts_hint, Role.DIM, "   "), BLANK]  # fmt: skip
    count = words.prompt_count.format(number=view.number, of=view.of) if view.number else words.prompt_elsewhere
    page = [BLANK, Line(f"{title} · {count}", Role.TITLE, " "), BLANK, Line(view.prompt.say, Role.SAY, "   "), BLANK]
    if view.prompt.listen_for:
        page.append(Line(words.listen_for.format(words=view.prompt.listen_for), Role.DIM, "   "))
    if view.prompt.note:
        page.append(Line(words.prompt_note.format(words=view.prompt.note), Role.DIM, "   "))
    return [*page, BLANK]


def question_text(question: RulerQuestion, words: InterviewWords) -> str:
    """Returns the question that a ruler asks next."""
    return words.questions[question.follow_up].format(value=question.reading.value)


def _question_page(question: RulerQuestion, words: InterviewWords) -> Page:
    title = f"{words.rulers[question.reading.ruler]} {question.reading.value}"
    hint = words.question_why_hint if question.follow_up is FollowUp.WHY_NOT_LOWER else words.question_hint
    say = question_text(question, words)
    return [BLANK, Line(title, Role.TITLE, " "), BLANK, Line(say, Role.SAY, "   "), BLANK,
            Line(hint, Role.DIM, "   "), BLANK]  # fmt: skip


def applied_text(done: Applied, words: InterviewWords) -> str:
    """Returns in a few words what was just saved. It never repeats the client's words, since the client may see it."""
    entry = done.entry
    match done.effect:
        case Effect.ENTRY if entry and entry.words is None:
            return words.saved_mark.format(n=entry.n, kind=entry_kind(entry, words))
        case Effect.ENTRY if entry:
            return words.saved_entry.format(n=entry.n, kind=entry_kind(entry, words))
        case Effect.READING:
            rulers = {ruler.value: name for ruler, name in words.rulers.items()}
            return words.saved_reading.format(ruler=rulers[done.name].lower(), value=done.n)
        case Effect.GOAL:
            return words.saved_goal.format(n=done.n)
        case Effect.GOAL_PART:
            return words.saved_part.format(part=words.goal_parts[done.name])
        case Effect.GOAL_SELECTED:
            return words.goal_selected.format(n=done.n)
        case Effect.SHARED:
            return words.saved_shared.format(n=done.n)
        case Effect.UNSHARED:
            return words.saved_unshared.format(n=done.n)
        case Effect.ENTRY_CHANGED if entry:
            return words.saved_changed.format(n=entry.n, kind=entry_kind(entry, words))
        case Effect.UNDONE if entry:
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


def rejected_text(problem: Rejected, words: InterviewWords) -> str:
    """Returns why a line did nothing, and what would work."""
    if problem.problem is Problem.NO_SUCH_COMMAND and problem.hint:
        return f"{problem.hint} …?"
    return words.problems[problem.problem].format(hint=problem.hint)


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


def concern_names(concerns: Sequence[SafetyConcern], words: InterviewWords) -> str:
    """Returns the names of the concerns, such as `suicide, overdose`."""
    return ", ".join(words.concerns[concern.concern] for concern in concerns)


def entry_kind(entry: Entry, words: InterviewWords) -> str:
    """Returns what kind of entry it is, such as `change talk, desire`."""
    kind = words.kinds[entry.kind]
    return f"{kind}, {words.talk[entry.talk]}" if entry.talk else kind


def overview_page(show: Show, state: InterviewState, words: InterviewWords, contacts: Sequence[str]) -> Page:
    """Returns the page that a command asked for. `contacts` are the counselor's own, for the safety card."""
    match show.overview:
        case Overview.PROMPTS:
            return prompts_page(state.guide, state.view.prompt, words)
        case Overview.CHECKS:
            return checks_page(state.guide, words)
        case Overview.RECAP:
            return recap_page(state.notes, words)
        case Overview.ENTRIES:
            return entries_page(state.notes.entries, words)
        case Overview.GOALS:
            return plan_pages.goals_page(state.plan, state.goal_in_hand, words)
        case Overview.SHAREABLE:
            return plan_pages.shareable_page(state, words)
        case Overview.SAFETY:
            return safety_page(state.prompts.safety, words, contacts)
        case Overview.STAGES:
            return stages_page(state.stage, words)
        case Overview.HELP:
            return help_page(show.topic, words)


def help_page(topic: str, words: InterviewWords) -> Page:
    """Returns the line grammar on one screen, or a line about one command or mark of it."""
    if not topic:
        return [BLANK, *(Line(row) for row in words.help_page.split("\n")), BLANK]
    if topic in words.help_topics:
        return [Line(words.help_topics[topic], lead=" ")]
    commands = [name for name in command_named(topic) if name in words.help_topics]
    if not commands:
        return [Line(words.problems[Problem.NO_SUCH_HELP], Role.WARN, " ")]
    return [Line(words.help_topics[name], lead=" ") for name in commands]


def stages_page(current: Stage, words: InterviewWords) -> Page:
    """Returns the four stages, each with the command that enters it."""
    rows = [
        Line(words.stages[stage], Role.SAY if stage is current else Role.TEXT, f"   /{stage:<10} ") for stage in Stage
    ]
    return [BLANK, Line(words.stages_title, Role.TITLE, " "), *rows, BLANK]


def prompts_page(guide: StageGuide, current: Prompt | None, words: InterviewWords) -> Page:
    """Returns all prompts of a stage, numbered for `/use`."""
    title = words.prompts_title.format(stage=words.stages[guide.stage])
    rows = [
        Line(prompt.say, Role.SAY if prompt == current else Role.TEXT, f" {number:>3}  ")
        for number, prompt in enumerate(guide.prompts, 1)
    ]
    return [BLANK, Line(title, Role.TITLE, " "), *rows, Line(words.prompts_hint, Role.DIM, " "), BLANK]


def checks_page(guide: StageGuide, words: InterviewWords) -> Page:
    """Returns the checks of a stage: questions, signs and traps for the counselor, never to be said to the client.

    The questions come last, because the end of a page that is longer than the screen is what stays in view.
    """
    title = words.checks_title.format(stage=words.stages[guide.stage], aim=guide.aim)
    go_back = tuple(f"{sign.sign} → /{sign.to}" for sign in guide.go_back)
    page = [BLANK, Line(title, Role.TITLE, " ")]
    for heading, rows in (
        (words.traps, guide.traps),
        (words.go_back, go_back),
        (words.move_on, guide.move_on),
        (words.checks, guide.checks),
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
    kind = entry_kind(entry, words)
    return Line(kind if entry.words is None else f"{kind}: {entry.words}", lead=f" {entry.n:>3}  ")


def recap_page(notes: Notes, words: InterviewWords) -> Page:
    """Returns a summary that can be read aloud as it stands. Only dim lines are for the counselor alone."""
    summary = recap(notes)
    page = [BLANK, Line(words.recap_title, Role.TITLE, " ")]
    if not summary.change:
        page.append(Line(words.recap_none, Role.DIM, "   "))
    for opening, entries, form in (
        (words.recap_preparing, summary.preparing, "“{}”"),
        (words.recap_mobilizing, summary.mobilizing, "“{}”"),
        (words.recap_strengths, summary.strengths, "{}"),  # Mostly the counselor's own words, so not quoted.
        (words.recap_values, summary.values, "“{}”"),
    ):
        if entries:
            page += [BLANK, Line(opening, lead="   ")]
            page += [Line(form.format(entry.words), lead="     ") for entry in entries]
    if summary.sustain:
        page += [BLANK, Line(words.recap_ambivalence, lead="   ")]
    if summary.change:
        page += [BLANK, Line(words.recap_key_question, Role.SAY, "   ")]
    if summary.change_marks or summary.sustain:
        counts = words.recap_counts.format(change=summary.change_marks, sustain=summary.sustain)
        page += [BLANK, Line(counts, Role.DIM, "   ")]
    return [*page, BLANK]


def safety_page(card: SafetyCard, words: InterviewWords, contacts: Sequence[str]) -> Page:
    """Returns the safety card: what to do now, and whom to reach. It does not assess anything."""
    reach = words.safety_contacts.format(contacts="; ".join(contacts)) if contacts else card.contacts_none
    page = [Line(card.title, Role.WARN, " "), *(Line(row, Role.SAY, " ") for row in card.lead)]
    page.append(Line(reach, Role.TEXT, " "))
    page += [
        Line(words.safety_lines.format(country=line.country, name=line.name, reach=line.reach), lead=" ")
        for line in card.lines
    ]
    for concern in card.concerns:
        page.append(Line(concern.title, Role.TITLE, " "))
        page.append(Line(" ".join(concern.do), lead="   "))
    return [*page, Line(card.limits, Role.DIM, " ")]
