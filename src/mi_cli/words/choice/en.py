"""The rules of the choice, in English."""

from typing import Final

from mi_cli.records.text_keys import Need, RuleName
from mi_cli.words.choice.model import ChoiceWords

EN: Final = ChoiceWords(
    title="What comes next, and why",
    order=(
        (
            "An empty line moves on. The latest event decides what comes, if one of the rules below "
            "names it; /prompts and /use take any prompt."
        ),
        (
            "Without an event the prompts of the stage's core come in order. A prompt comes unasked at "
            "most once in an interview, and only if what it needs is there."
        ),
        "What you noted that you did counts: after `>r` the reflection has been given.",
    ),
    rules_title="What is offered after what, and why",
    offers={
        RuleName.RECAP: "silence, then planning",
        RuleName.LAPSE: "a reflection, then what went before counts too, then a question",
        RuleName.DISCORD: "a reflection, then an apology or another topic, then whose choice it is",
        RuleName.SUSTAIN_AGAIN: "whose choice it is",
        RuleName.SUSTAIN_TALK: "a reflection, for its type",
        RuleName.AMBIVALENCE: "a reflection of both sides",
        RuleName.CHANGE_TALK: "a reflection for its type, then a question that lets the client say more",
        RuleName.STRENGTH: "an affirmation made from it",
        RuleName.PARKED: "thanks, and what the client would like done with it",
        RuleName.FOCUS_AGREED: "what was agreed, staying safe where it matters, then the reasons for change",
        RuleName.LOW_READING: "what helps with the lower one of importance and confidence",
        RuleName.HIGH_READING: "what lies behind the number",
        RuleName.MANDATED: "what it is like to be sent, and what is reported",
        RuleName.OVERDOSE: "what it has been like, then staying safe",
        RuleName.STAYING_SAFE: "staying safe",
    },
    reasons={
        RuleName.RECAP: "After a recap and a key question the client needs time; more looking back would take it away.",
        RuleName.LAPSE: (
            "Somebody who tells of a lapse expects a reproach. Hearing that what went before counts "
            "too keeps the way back open."
        ),
        RuleName.DISCORD: "Friction is about the two of you: engage again before anything else.",
        RuleName.SUSTAIN_AGAIN: (
            "This is the second reason against change in a row. Arguing would not help; hearing whose choice "
            "it is often ends the argument. After ability talk a reflection comes: it can be hopelessness."
        ),
        RuleName.SUSTAIN_TALK: "A question would ask for more of it. Being understood makes it smaller.",
        RuleName.AMBIVALENCE: "Both sides belong together: the client defends the one that is left out.",
        RuleName.CHANGE_TALK: "Change talk grows when it is heard and elaborated before the next topic.",
        RuleName.STRENGTH: "A strength that was noticed is worth saying, in the client's own case and not as praise.",
        RuleName.PARKED: "Something hard was told that belongs elsewhere: neither dig in it nor pass over it.",
        RuleName.FOCUS_AGREED: "The topic is settled: another question about the topic would unsettle it.",
        RuleName.LOW_READING: "Reluctance about importance and about confidence need different help.",
        RuleName.HIGH_READING: "A high number has a reason, and the client has not said all of it yet.",
        RuleName.MANDATED: "Somebody who was sent needs to know first what will be told to whom.",
        RuleName.OVERDOSE: "Somebody who nearly died needs that to be heard first.",
        RuleName.STAYING_SAFE: (
            "With opioids or stimulants in focus, or a concern of overdose, waiting for planning can be too late."
        ),
    },
    source="Source: {source}",
    needs_title="What a prompt can need (`needs` in its TOML)",
    needs={
        Need.CHANGE_TALK: "change talk with words, in this interview or an earlier one",
        Need.SUSTAIN_TALK: "sustain talk in this interview",
        Need.BOTH_SIDES: "both sides have been voiced",
        Need.WORRY: "need talk with words",
        Need.WISH: "desire talk with words",
        Need.ABILITY_TALK: "ability talk with words",
        Need.REASON_TALK: "a reason said with words",
        Need.COMMITMENT: "commitment said with words",
        Need.TAKING: "a step already taken, said with words",
        Need.VALUE: "a value (/value)",
        Need.STRENGTH: "a strength (!)",
        Need.TRIGGER: "a high-risk situation (/trigger)",
        Need.PARKED: "a parked matter (?)",
        Need.AGENDA: "something on the agenda",
        Need.AGENDA_2: "two things or more on the agenda",
        Need.FOCUS: "a focus in this interview",
        Need.NO_FOCUS: "no focus yet",
        Need.GOAL: "an active goal",
        Need.NO_GOAL: "no active goal",
        Need.REASON: "a reason of the goal in hand",
        Need.NO_REASON: "no reason of the goal in hand",
        Need.STEP: "a step of the goal in hand",
        Need.NO_STEP: "no step of the goal in hand",
        Need.WHEN: "a step with a when",
        Need.NO_WHEN: "no step with a when",
        Need.SUPPORT: "a support of the goal in hand",
        Need.NO_SUPPORT: "no support of the goal in hand",
        Need.BARRIER: "a barrier of the goal in hand",
        Need.NO_BARRIER: "no barrier of the goal in hand",
        Need.RESPONSE: "a response to a barrier",
        Need.NO_RESPONSE: "no response to a barrier",
        Need.SIGN: "a sign that the plan works",
        Need.NO_SIGN: "no sign that the plan works",
        Need.OTHERWISE: "what to do if the plan does not work",
        Need.NO_OTHERWISE: "nothing yet for a plan that does not work",
        Need.REVIEW: "a date to review the goal",
        Need.NO_REVIEW: "no date to review the goal",
        Need.OPEN_STEP: "a step agreed before this interview, whose outcome is not on record",
        Need.EARLIER_FOCUS: "a focus in an earlier interview",
        Need.NOTHING_SAID: "nothing the client said is on record yet",
        Need.EARLIER_TALK: "change talk from an earlier interview",
        Need.MANDATED: "a client who was sent (/mandated)",
        Need.NOT_MANDATED: "nobody sent the client, as far as is known",
        Need.LAPSE: "a lapse told in this interview",
        Need.NO_LAPSE: "no lapse told in this interview",
        Need.NO_DISCORD: "no discord in this interview",
        Need.IMPORTANCE: "a reading of importance",
        Need.CONFIDENCE: "a reading of confidence",
        Need.NO_IMPORTANCE: "no reading of importance for this target yet",
        Need.NO_CONFIDENCE: "no reading of confidence for this target yet",
        Need.NO_READINESS: "no reading of readiness for this target yet",
        Need.LOW_CONFIDENCE: "the latest confidence is below 7",
        Need.CONFIDENT: "the latest confidence is not below 7, or was not asked",
        Need.FEAR: "the latest discord tells of fear of what could follow",
        Need.MEDICINES: "medicines among the client facts",
        Need.SEVERAL_SUBSTANCES: "two substances or more in focus or on the agenda",
        Need.CHILDREN: "the client spoke of children",
        Need.PAIN: "the client spoke of pain",
        Need.MOOD: "the client spoke of low mood or anxiety",
    },
)
