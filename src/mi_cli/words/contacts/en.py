"""The texts around contacts in English."""

from typing import Final

from mi_cli.records.terms import ContactKind, ContactTopic
from mi_cli.words.contacts.model import ContactWords

EN: Final = ContactWords(
    language="en",
    kinds={
        ContactKind.MISSED: "visit not kept",
        ContactKind.CANCELLED: "visit canceled",
        ContactKind.PHONE: "telephone call",
        ContactKind.RETURN: "answer from CBT",
        ContactKind.OTHER: "other contact",
    },
    choices={
        ContactKind.MISSED: "The client did not come.",
        ContactKind.CANCELLED: "The visit was canceled or moved.",
        ContactKind.PHONE: "We spoke on the telephone.",
        ContactKind.RETURN: "The CBT therapist answered.",
        ContactKind.OTHER: "Something else.",
    },
    topics={
        ContactTopic.WORKED_ON: "Worked on",
        ContactTopic.CHANGED: "What changed",
        ContactTopic.MOTIVATION: "Where motivation sinks",
    },
    questions={
        ContactTopic.WORKED_ON: "What was worked on in CBT?",
        ContactTopic.CHANGED: "What has changed?",
        ContactTopic.MOTIVATION: "Where does motivation sink?",
    },
    ask_kind="What was it?",
    ask_which="Type a number:",
    ask_lines="What belongs in the record, such as a reason that was given, or the next appointment?",
    ask_more="Anything else?",
    enter_skips="Enter skips the question, b goes back.",
    noted="Noted for {code}: {kind}, {day}.",
    header=("CLIENT", "ID", "WHEN", "WHAT", "NOTED"),
    none="No contacts yet. `mi contact add` with the client's code notes one.",
    last_return="From the CBT therapist, {day}:",
    nobody_to_ask="What it was is needed, and there is no terminal to ask on.",
    give_kind="Give --kind missed, cancelled, phone, return or other.",
    give_dash="Give - and the words on standard input, or leave it out.",
)
