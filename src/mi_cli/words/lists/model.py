"""The shape of the texts of the lists: their headers, what stands in their cells, and what is said of an empty one."""

from collections.abc import Mapping

from mi_cli.records.event_type import EventType
from mi_cli.records.terms import Basis, GoalStatus, Stage, Status
from mi_cli.words.texts import Texts


class ListWords(Texts):
    """Texts. Braces are placeholders for numbers, days, codes and commands, never for a client's words."""

    # Interviews and clients.
    sessions: tuple[str, ...]
    no_sessions: str
    statuses: Mapping[Status, str]
    stages: Mapping[Stage, str]
    clients: tuple[str, ...]
    no_clients: str

    # Goals.
    goals: tuple[str, ...]
    no_goals: str
    goal_statuses: Mapping[GoalStatus, str]

    # What was agreed to, and what was passed on.
    consents: tuple[str, ...]
    no_consents: str
    taken_back: str
    ended: str
    ask_client: str
    does_not_hold: str
    until: str
    but_not: str
    disclosures: tuple[str, ...]
    no_disclosures: str
    bases: Mapping[Basis, str]

    # Prompt sets and settings.
    prompt_sets: tuple[str, ...]
    settings: tuple[str, ...]

    # The trash and the log.
    trash: tuple[str, ...]
    trash_empty: str
    deleted: Mapping[str, str]
    log: tuple[str, ...]
    log_empty: str
    events: Mapping[EventType, str]
    changed: Mapping[str, str]  # by the file, or the folder of files
