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
)
