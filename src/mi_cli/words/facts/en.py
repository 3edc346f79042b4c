"""The texts about client facts in English."""

from typing import Final

from mi_cli.records.terms import Direction, FactSource
from mi_cli.words.facts.model import FactWords

EN: Final = FactWords(
    nothing="Nothing is noted about this client, and nothing has to be.",
    ask_one="mi client facts {code} NAME notes or changes one: {names}",
    labels={
        "name": "what it is about",
        "substance": "substance",
        "route": "how it is taken",
        "pattern": "how often and when",
        "last_use": "last time",
        "direction": "direction",
        "by": "sent by",
        "reported": "what is reported",
        "until": "until",
        "medicines": "medicines",
        "safer_use": "safer use",
        "reach": "how to reach them",
        "appointment": "next appointment",
    },
    questions={
        "name": "What is it about, as the client puts it?",
        "substance": "Which substance, if it is about one?",
        "route": "How is it taken?",
        "pattern": "How often and when?",
        "last_use": "When was the last time?",
        "direction": "Where does the client want to go with it?",
        "by": "Who sent the client?",
        "reported": "What is reported to them?",
        "until": "Until when? A date such as 2027-01-31, or 4w.",
        "medicines": "Which medicines does the client take?",
        "safer_use": "What is there for safer use? Naloxone, somebody near, test strips …",
        "reach": "Whom may you call, and may a message be left?",
        "appointment": "When and where is the next appointment?",
    },
    directions={
        Direction.STOP: "stop",
        Direction.LESS: "less",
        Direction.SAFER: "safer",
        Direction.UNDECIDED: "not decided",
    },
    sources={
        FactSource.CLIENT: "told by the client",
        FactSource.REFERRAL: "from the referral",
        FactSource.COUNSELOR: "noted by the counselor",
    },
    origin="{day}, {source}",
    sent="yes; by whom is not noted",
    present="so far",
    which_target="Which of these? Its number: ",
    which_or_new="Which of these? Its number, or Enter for another one: ",
    choose_direction="{question} One of {choices}: ",
    no_target="Note first what it is about: mi client facts {code} target",
    enter_leaves="Enter leaves it as it is.",
    enter_or_clear="Enter leaves it as it is, - takes it out.",
    not_a_date="That is no date. 2027-01-31 is one, and so is 4w, four weeks from now.",
    noted="Noted: {what}.",
    removed="Taken out: {what}.",
    unchanged="Nothing was changed.",
    ask_family="Family name, which other programs keep apart (Enter leaves it out): ",
    ask_given="Given names (Enter leaves them out): ",
)
