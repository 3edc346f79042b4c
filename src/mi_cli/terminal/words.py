"""Every word the companion says during an interview, once per language. mypy sees to it that none is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from mi_cli.interview.actions import Problem
from mi_cli.interview.rulers import Asks
from mi_cli.records.terms import Kind, Ruler, Stage, Talk


@dataclass(frozen=True)
class Words:
    """The companion's own words. Braces are filled in; nothing in them is ever a client's words."""

    stages: Mapping[Stage, str]
    kinds: Mapping[Kind, str]
    talk: Mapping[Talk, str]
    rulers: Mapping[Ruler, str]
    goal_parts: Mapping[str, str]
    questions: Mapping[Asks, str]
    problems: Mapping[Problem, str]
    help_page: str
    help_topics: Mapping[str, str]

    prompt_count: str
    listen_for: str
    mind: str
    past_last: str
    past_last_hint: str
    question_hint: str
    question_why_hint: str

    first_interview: str
    interview_number: str
    last_time: str
    written_up: str
    goes_on: str
    draft_back: str

    bar_minutes: str
    bar_tally: str
    bar_keys: str
    bar_question_keys: str
    bar_note_keys: str
    bar_unsaved: str

    saved_entry: str
    saved_mark: str
    saved_reading: str
    saved_goal: str
    saved_part: str
    saved_shared: str
    saved_changed: str
    taken_up: str
    taken_back: str
    taken_back_entry: str
    note_open: str
    not_saved: str

    checks_title: str
    checks: str
    move_on: str
    go_back: str
    traps: str
    prompts_title: str
    prompts_hint: str
    stages_title: str
    entries_title: str
    entries_none: str
    goals_title: str
    goals_none: str
    goal_in_hand: str
    reasons: str
    steps: str
    supports: str
    barriers: str
    signs: str
    review: str
    progress: str
    shareable_title: str
    shareable_none: str
    shareable_hint: str
    already_shared: str
    shared_title: str

    recap_title: str
    recap_none: str
    recap_unmarked: str
    recap_marks: str
    recap_sustain: str
    recap_strengths: str
    recap_values: str
    recap_key_question: str

    safety_contacts: str
    safety_lines: str

    paste_offer: str
    end_offer: str
    next_step: str
    clear_offer: str
    leave_unsaved: str
    closed: str
    paused: str
    paused_hint: str
    hidden: str


EN = Words(
    stages={
        Stage.ENGAGING: "Engaging",
        Stage.FOCUSING: "Focusing",
        Stage.EVOKING: "Evoking",
        Stage.PLANNING: "Planning",
    },
    kinds={
        Kind.SAID: "said",
        Kind.CHANGE: "change talk",
        Kind.SUSTAIN: "sustain talk",
        Kind.DISCORD: "discord",
        Kind.OBSERVATION: "observation",
        Kind.STRENGTH: "strength",
        Kind.VALUE: "value",
        Kind.TRIGGER: "trigger",
        Kind.PARKED: "parked",
        Kind.FOCUS: "focus",
        Kind.AGENDA: "agenda",
        Kind.NEXT: "next step",
        Kind.SAFETY: "safety",
        Kind.AMENDMENT: "amendment",
    },
    talk={
        Talk.DESIRE: "desire",
        Talk.ABILITY: "ability",
        Talk.REASON: "reason",
        Talk.NEED: "need",
        Talk.COMMITMENT: "commitment",
        Talk.ACTIVATION: "activation",
        Talk.TAKING: "taking steps",
    },
    rulers={Ruler.IMPORTANCE: "Importance", Ruler.CONFIDENCE: "Confidence", Ruler.READINESS: "Readiness"},
    goal_parts={
        "reasons": "reason",
        "steps": "step",
        "supports": "support",
        "barriers": "barrier",
        "signs": "sign",
        "review": "review date",
        "progress": "progress",
    },
    questions={
        Asks.WHY_NOT_LOWER: "Why a {value}, and not a lower number?",
        Asks.WHAT_WOULD_MAKE_IT_ONE: "What would have to be different for it to be a 1?",
        Asks.WHAT_WOULD_RAISE_IT: "What would raise it?",
    },
    problems={
        Problem.NO_SUCH_COMMAND: "There is no such command. /help lists them; \\ before a line keeps it as words.",
        Problem.NEEDS_WORDS: "Words are needed after it.",
        Problem.NEEDS_NOTHING: "That command stands alone. \\ before a line keeps it as words.",
        Problem.NO_SUCH_STAGE: "The stages are engaging, focusing, evoking and planning.",
        Problem.NOT_ON_THE_RULER: "The ruler goes from 0 to 10: /{hint} 7",
        Problem.NOT_A_DATE: "A date such as 2027-01-31, or 4w for four weeks from now.",
        Problem.NO_SUCH_PROMPT: "No prompt here has that number. /prompts shows them.",
        Problem.NO_SUCH_ENTRY: "No entry has that number. /entries shows them.",
        Problem.NO_SUCH_GOAL: "No goal has that number. /goal shows them.",
        Problem.NO_GOAL_YET: "There is no goal yet. /goal and the client's words make one.",
        Problem.WHICH_GOAL: "Which goal? /goal shows them, /goal #2 takes up the second.",
        Problem.NEEDS_NUMBERS: "A number is needed: {hint}",
        Problem.NEEDS_TYPE: "Say what it is: /mark 9 +d, with + or - and one of d a r n c ac t.",
        Problem.NOT_SHAREABLE: "Change and sustain talk, focus, values, strengths, triggers and parked matters can be "
        "shared. /mark gives words a type first.",
        Problem.HAS_NO_TALK: "Only what the client said can be change or sustain talk.",
        Problem.NOTHING_TO_UNDO: "There is nothing to take back.",
        Problem.NO_SUCH_HELP: "There is no help on that. /help lists the commands.",
    },
    help_page="""\
words         what the client said            \\words   kept as words, whatever they are
+ words       change talk: +d desire  +a ability  +r reason  +n need
                           +c commitment  +ac activation  +t taking steps
- words       sustain talk, the same types    + or - alone   one more, no words
! words       a strength                      ? words  parked, for CBT
= words       your own observation            ~ words  discord
Enter         next prompt                     /next /back /prompts  /use 3
/stage        /engaging /focusing /evoking /planning: any order, any time
/checks       questions to ask yourself, signs to move on, traps
/importance 7 words   /confidence 4   /readiness 6
/focus /agenda /value /trigger words
/goal words   then /reason  /step what @ when  /support who: how
              /barrier what -> response  /sign  /review 4w  /progress
/share 7 8    the client agrees: into the plan      /mark 9 +d   type an entry
/recap /entries   /undo   /edit 9 words   /note … .   several lines
/safety (F8)  /hide (F9)  /pause (Ctrl-D)  /end next step
/help share   more on one of them""",
    help_topics={
        "+": "+ words is change talk. A type may follow the mark: +d +a +r +n +c +ac +t. + alone counts one more.",
        "-": "- words is sustain talk, with the same types. - alone counts one more.",
        "=": "= words is your own observation. It is never shared.",
        "!": "! words is a strength, something to affirm.",
        "?": "? words is a parked matter: something for CBT or another therapy, as told.",
        "~": "~ words, or ~ alone, is discord: friction between the two of you. The cue to re-engage.",
        "\\": "\\ before a line keeps it as words, whatever it begins with.",
        "next": "/next, or an empty line: the next prompt of this stage.",
        "back": "/back: the prompt before.",
        "stage": "/stage evoking, or /evoking: to any stage, in any order. Your place in each is kept.",
        "engaging": "/engaging: to engaging. Your place there is kept.",
        "focusing": "/focusing: to focusing. Your place there is kept.",
        "evoking": "/evoking: to evoking. Your place there is kept.",
        "planning": "/planning: to planning. Your place there is kept.",
        "prompts": "/prompts: everything this stage offers, numbered. /use 3 takes the third.",
        "use": "/use 3: take the third of /prompts out of turn.",
        "checks": "/checks: questions to ask yourself here, signs that it is time to move on, traps.",
        "importance": "/importance 7 words: a reading from 0 to 10. The words answer why not a lower number.",
        "confidence": "/confidence 4 words: a reading from 0 to 10. The words answer why not a lower number.",
        "readiness": "/readiness 6 words: a reading from 0 to 10. The words answer why not a lower number.",
        "focus": "/focus words: what this is about, as the client put it.",
        "agenda": "/agenda words: what else is on the table.",
        "value": "/value words: what matters to the client.",
        "trigger": "/trigger words: a high-risk situation, as told.",
        "goal": "/goal words: a goal, in the client's words, into the plan. /goal lists them, /goal #2 takes one up.",
        "reason": "/reason words: why, for the goal in hand.",
        "step": "/step what @ when: a step toward the goal in hand.",
        "support": "/support who: how. Who can help with the goal in hand, and how.",
        "barrier": "/barrier what -> response: what could get in the way, and what the client would do then.",
        "sign": "/sign words: how the client will know that it works.",
        "review": "/review 2027-01-31 or /review 4w: when to look at the goal again.",
        "progress": "/progress words: what came of it, with today's date.",
        "share": "/share 7 8: the client agrees that these entries may stand in the plan. /share lists what could.",
        "mark": "/mark 9 +d: makes entry 9 change talk, desire. - for sustain talk.",
        "recap": "/recap: the client's own change talk, to read back.",
        "undo": "/undo: takes back the last line that changed something, again and again.",
        "edit": "/edit 9 words: puts these words in entry 9.",
        "entries": "/entries: what was kept so far, numbered.",
        "note": "/note: several lines as one entry, up to a line with a dot alone.",
        "safety": "/safety, or F8: the safety card. With F8 a half-typed line is kept.",
        "hide": "/hide, or F9: an empty screen until the next key.",
        "pause": "/pause, or Ctrl-D: stop for now. mi session resume goes on here.",
        "end": "/end words: close the interview. The words are the next step agreed.",
        "help": "/help, or /help and a command.",
    },
    prompt_count="{number} of {of}",
    listen_for="listen for: {words}",
    mind="mind: {words}",
    past_last="That was the last prompt of this stage.",
    past_last_hint="/prompts shows them again; any stage is open: /engaging /focusing /evoking /planning",
    question_hint="An unmarked line answers. Enter passes over it.",
    question_why_hint="An unmarked line answers, kept as change talk. Enter passes over it.",
    first_interview="{code} · first interview",
    interview_number="{code} · interview {number}",
    last_time="last time, {day}: “{words}”",
    written_up="written up for {day}",
    goes_on="goes on from {day}",
    draft_back="The half-typed line is back.",
    bar_minutes="{minutes} min",
    bar_tally="+{change} -{sustain}",
    bar_keys="Enter next · /help · F8 safety",
    bar_question_keys="Enter passes over · /help · F8 safety",
    bar_note_keys=". alone ends the note · F8 safety",
    bar_unsaved="NOT SAVED",
    saved_entry="saved {n} {kind}",
    saved_mark="saved {n} {kind}, one more",
    saved_reading="saved {ruler} {value}",
    saved_goal="saved goal {n}",
    saved_part="saved {part}",
    saved_shared="shared: {n}",
    saved_changed="saved {n}, now {kind}",
    taken_up="goal {n} in hand",
    taken_back="taken back",
    taken_back_entry="taken back: {n} {kind}",
    note_open="A note: as many lines as you like, then . alone.",
    not_saved="{message} It is kept in memory and saved with the next line that can be.",
    checks_title="{stage}: {aim}",
    checks="Ask yourself",
    move_on="Time to move on when",
    go_back="Go back when",
    traps="Traps",
    prompts_title="{stage}: what it offers",
    prompts_hint="/use and a number takes one",
    stages_title="Stages, in any order",
    entries_title="Kept so far",
    entries_none="Nothing is kept yet.",
    goals_title="Goals, in the client's words",
    goals_none="There is no goal yet. /goal and the client's words make one.",
    goal_in_hand="in hand",
    reasons="why",
    steps="step",
    supports="help",
    barriers="if",
    signs="sign",
    review="review",
    progress="came of it",
    shareable_title="What the client could agree to pass on",
    shareable_none="Nothing yet that could be passed on.",
    shareable_hint="Go through it together. /share and the numbers the client agrees to.",
    already_shared="in the plan",
    shared_title="What the client agreed to pass on",
    recap_title="What I heard you say",
    recap_none="No change talk in words yet.",
    recap_unmarked="in your words",
    recap_marks="{n} more without words",
    recap_sustain="ambivalence left: {n} of sustain talk",
    recap_strengths="strengths",
    recap_values="what matters to you",
    recap_key_question="Where does that leave you now?",
    safety_contacts="Your agency: {contacts}",
    safety_lines="{country} · {name}: {reach}",
    paste_offer="{n} lines. Keep them as one note? Enter keeps, n goes back to the line: ",
    end_offer="May this stand in your plan? Enter closes the interview, n goes back: ",
    next_step="next step",
    clear_offer="Clear the screen and what can be scrolled back to? Enter clears, n leaves it: ",
    leave_unsaved="Not everything is on the disk. Enter tries again, n leaves without it: ",
    closed="Closed: {minutes} min, {n} entries. mi session show {id}",
    paused="Paused: {minutes} min, {n} entries.",
    paused_hint="mi session resume {id} goes on here.",
    hidden="Hidden. Any key shows it again.",
)

LANGUAGES: Mapping[str, Words] = {"en": EN}


def words_for(language: str) -> Words:
    """The words for a language such as `es` or `es-US`; English where there are none."""
    return LANGUAGES.get(language.lower().replace("_", "-").split("-")[0], EN)
