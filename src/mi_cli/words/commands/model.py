"""The shape of the texts about commands as such: what was typed, and where."""

from collections.abc import Mapping
from enum import Enum, auto

from mi_cli.words.texts import Texts


class Task(Enum):
    """What a counselor wants to do: the headings of the first page of help."""

    INTERVIEW = auto()
    PLAN = auto()
    PASS_ON = auto()
    CLIENTS = auto()
    SAFE = auto()
    SET_UP = auto()


class Shown(Enum):
    """A line of the first page of help."""

    TODAY = auto()
    START = auto()
    RESUME = auto()
    LIST = auto()
    SHOW = auto()
    RECAP = auto()
    NOTE = auto()
    MOVE = auto()
    TYPED = auto()
    PLAN = auto()
    ADD_GOAL = auto()
    PROGRESS = auto()
    FORM = auto()
    CONSENT = auto()
    SHARE = auto()
    EXPORT = auto()
    PASSED_ON = auto()
    CLIENTS = auto()
    FACTS = auto()
    DELETE = auto()
    PROTECT = auto()
    UNLOCK = auto()
    BACKUP = auto()
    TRASH = auto()
    CHECK = auto()
    SETTINGS = auto()
    PROMPTS = auto()
    DEMO = auto()
    DOCTOR = auto()


class CommandWords(Texts):
    """Refusals and hints. Braces are placeholders for commands and options, never for a client's words."""

    folder_gone: str
    folder_gone_how: str

    # A command, an option or a word that does not exist.
    no_such_command: str
    no_such_option: str
    too_many_words: str
    command_needed: str
    is_missing: str
    cannot_be: str
    one_of: str
    at_least: str
    between: str
    needs_value: str
    takes_no_value: str
    did_you_mean: str
    did_you_mean_one: str
    all_commands: str
    tells_more: str

    # A client or an interview is needed, and none was named.
    named_twice: str
    leave_out_client: str
    client_needed: str
    client_how: str
    interview_needed: str
    interview_how: str
    which_client: str
    which_interview: str
    no_clients: str
    no_interviews: str
    start_first: str
    and_more: str
    none_has_that: str

    # Help.
    companion: str
    stands_for: str
    tasks: Mapping[Task, str]
    shown: Mapping[Shown, str]
    groups: str
    example: str

    # What every command may ask, or say at its end.
    yes_or_no: str
    no_terminal: str
    yes_goes_ahead: str
    write_over: str
    no_words_here: str
    leave_words_out: str
    give_dash: str
    there_were_no_words: str
    nothing_changed: str
    nothing_saved: str
    earlier_kept: str
    interrupted: str
    own_fault: str
    please_report: str
    to_confirm: str
    no_such_record: str
    they_are: str
    no_path: str
    whole_path: str
    output_lost: str
    check_looks: str
