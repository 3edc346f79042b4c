"""The texts of the commands about interviews in English."""

from typing import Final

from mi_cli.words.sessions.model import SessionWords

EN: Final = SessionWords(
    ask_words="What do you want to add? ",
    added="Added to interview {id} as entry {n}.",
    no_such_interview="There is no such interview.",
    shows_them="`mi session list` shows them.",
    ask_delete="The interview of {when} with {code} goes to the trash, together with its notes. Go ahead?",
    ask_delete_unread="The interview with {code} goes to the trash, together with its notes. Go ahead?",
    in_trash="Moved to the trash. `mi store trash restore {id}` brings it back.",
    is_closed="That interview is closed.",
    closed_instead="`mi session amend` adds to it; `mi session start` begins another.",
    both_times="To write an interview up, both times are needed.",
    end_after_start="An interview ends after it began, and not in the future.",
    give_times="--started TIME --ended TIME",
    no_time="mi did not understand that time.",
    time_so="Write it so: 2026-11-20T14:00",
    skipped_time="There was no such time here: the clocks were put forward then.",
    skipped_so="Give one that there was, or one with its offset: 2026-03-08T03:30-04:00",
)
