"""The requirements in the settings: what a progress note must hold, and how often a plan is to be changed.

`mi today` asks for this, and is light: the requirements are read only where somebody has set some. `general`, as it
comes with mi, says nothing about a plan (a test holds that).
"""

from typing import TYPE_CHECKING, Final

from mi_cli.cli import settings
from mi_cli.cli.context import Context
from mi_cli.errors import MiError
from mi_cli.insight.due import NOT_SEEN_DAYS, DueRules, PlanEvery
from mi_cli.terminal.streams import print_message
from mi_cli.words.told import in_one_line

if TYPE_CHECKING:
    from mi_cli.insight.progress_note.requirements import Profile

_FOLDER: Final = "note-requirements"
_DEFAULT: Final = "general"


def profile_in_settings(context: Context) -> "Profile":
    """Returns the profile that the settings name. Raises Failed for one that there is not, BadNoteFile."""
    from mi_cli.insight.progress_note import requirements
    from mi_cli.words.note import note_words

    own = settings.path().parent / _FOLDER
    return requirements.profile(context.settings.note_profile or _DEFAULT, own, note_words(context.language))


def due_rules(context: Context) -> DueRules:
    """Returns what decides what is due. A profile that cannot be used is named, and decides nothing."""
    days = context.settings.not_seen_days
    return DueRules(NOT_SEEN_DAYS if days is None else days, _plan_every(context))


def _plan_every(context: Context) -> PlanEvery | None:
    if context.settings.note_profile is None and not (settings.path().parent / _FOLDER / f"{_DEFAULT}.toml").exists():
        return None
    try:
        return profile_in_settings(context).plan
    except MiError as error:
        print_message(in_one_line(error, context.language))
        return None
