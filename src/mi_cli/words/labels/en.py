"""The names of the closed sets in English."""

from typing import Final

from mi_cli.records.consent import Element
from mi_cli.records.terms import Basis, Capacity, Category, HandoffPart, Purpose, RecipientKind
from mi_cli.words.labels.model import LabelWords

EN: Final = LabelWords(
    categories={
        Category.GOAL_PLAN: "goals and change plan",
        Category.READINGS: "importance, confidence and readiness",
        Category.SHARED_WORDS: "what the client chose to share of what was said",
        Category.PARKED_MATTERS: "matters that the client chose to share",
        Category.INTERVIEWS: "interviews held",
        Category.SAFETY_RAISED: "a safety concern",
        Category.PROGRESS_NOTES: "progress notes",
    },
    parts={
        HandoffPart.GOALS: "goals",
        HandoffPart.REASONS: "reasons",
        HandoffPart.STEPS: "steps and which are done",
        HandoffPart.SUPPORTS: "who can help",
        HandoffPart.BARRIERS: "what could get in the way",
        HandoffPart.SIGNS: "signs that it is working",
        HandoffPart.IF_NOT_WORKING: "what to do if it is not working",
        HandoffPart.OBJECTIVE: "a measurable wording",
        HandoffPart.REVIEW: "review date",
        HandoffPart.PROGRESS: "what came of it (only the lines agreed to one by one)",
        HandoffPart.READINGS: "the numbers given, with dates",
        HandoffPart.ANSWERS: "what was said about the numbers (only the answers agreed to one by one)",
        HandoffPart.FOCUS: "what it is about",
        HandoffPart.AGENDA: "what else was on the table",
        HandoffPart.CHANGE: "what speaks for change",
        HandoffPart.SUSTAIN: "what speaks for leaving things as they are",
        HandoffPart.VALUES: "values",
        HandoffPart.STRENGTHS: "strengths",
        HandoffPart.TRIGGERS: "situations of high risk",
        HandoffPart.NEXT_STEP: "the next step agreed",
        HandoffPart.AMBIVALENCE: "what speaks for both at once",
        HandoffPart.FACTS: "facts such as medicines, who required treatment, whom to call, the next appointment (only "
        "those agreed to one by one)",
        HandoffPart.FIRST_VISIT: "practical limits, what has helped before, a supporter who may be called, what "
        "not to press for now, what is tried until the next visit (also only those agreed to)",
        HandoffPart.PARKED: "those set aside for therapy",
        HandoffPart.INTERVIEWS: "dates, length, stages",
        HandoffPart.SAFETY: "that one was raised, and when; nothing more about it",
        HandoffPart.NOTES: "each signed note whole: goals, what was done, the response, assessments such as a "
        "diagnosis, and words put into it",
    },
    purposes={
        Purpose.TREATMENT: "treatment",
        Purpose.PAYMENT: "payment",
        Purpose.OPERATIONS: "health care operations",
        Purpose.CLIENT_REQUEST: "at the request of the client",
    },
    recipients={
        RecipientKind.COVERED_ENTITY: "a covered entity: a provider or plan that bills electronically (HIPAA)",
        RecipientKind.BUSINESS_ASSOCIATE: "a business associate of a covered entity (HIPAA)",
        RecipientKind.PART2_PROGRAM: "a part 2 program that is neither of these",
        RecipientKind.NOT_COVERED: "none of these, which is known: nobody that HIPAA or part 2 applies to",
        RecipientKind.OTHER: "not known",
    },
    bases={
        Basis.CONSENT: "the client's written consent",
        Basis.SAME_PROGRAM: "within the program (42 CFR 2.12(c)(3))",
        Basis.CLIENT_COPY: "the client's own copy",
    },
    capacities={
        Capacity.CLIENT: "the client",
        Capacity.PARENT: "a parent",
        Capacity.GUARDIAN: "a guardian",
        Capacity.REPRESENTATIVE: "a personal representative",
    },
    elements={
        Element.PATIENT_NAME: "the client's name",
        Element.DISCLOSERS: "the name of whoever may pass it on",
        Element.SCOPE: "a description of what may be passed on",
        Element.RECIPIENTS: "the name of whoever may get it",
        Element.INTERMEDIARY: "the name of whoever gets it from the intermediary",
        Element.PURPOSE: "the purpose",
        Element.REVOCATION: "the right to take it back, and how",
        Element.EXPIRY: "the day or the event on which it ends",
        Element.SIGNATURE: "the name of the person who signed",
        Element.DATE_SIGNED: "the day it was signed",
        Element.HIPAA_REDISCLOSURE: "the statement that it may be passed on under HIPAA, but not in proceedings "
        "against the client",
        Element.TPO_REDISCLOSURE: "the statement that it may be passed on and then no longer be protected",
        Element.TPO_REFUSAL: "the statement about what follows if the client does not sign",
    },
    no_end="no end; until it is taken back",
)
