"""Writes the man page `mi.1` beside it, from the words of `mi --help` and `mi help interview`: `python docs/man.py`."""

from pathlib import Path
from typing import Final

from mi_cli.cli.examples import FIRST_PAGE
from mi_cli.terminal.guide import guide
from mi_cli.words.commands import command_words
from mi_cli.words.interview import interview_words

PAGE: Final = Path(__file__).with_name("mi.1")

HEAD: Final = r""".\" Made by docs/man.py; edit that, or the words in src/mi_cli/words/interview/en.py.
.TH MI 1 "" "mi" "User Commands"
.SH NAME
mi \- a companion for Motivational Interviewing
.SH SYNOPSIS
.B mi
.RB [ \-\-store
.IR PATH ]
.RB [ \-\-plain ]
.RB [ \-\-version ]
.I COMMAND
\&...
.SH DESCRIPTION
.B mi
is for a counselor who sits in a Motivational Interviewing interview.
It holds the next helpful question in view, keeps what the client says in the client's own words,
and lets the client's own goals grow out of them.
It works offline, on one laptop, with nothing to configure. It never scores, diagnoses or advises.
.PP
.B mi session start
begins an interview;
.B mi session resume
goes on with one that was paused;
.B mi session recap last
gathers the change talk, to read back;
.B mi demo
fills a scratch store with an invented client, so that everything can be tried.
.B mi \-\-help
lists all commands, and
.BI "mi help " COMMAND
tells more about one.
"""

TAIL: Final = r""".SH EXIT STATUS
.TP
.B 0
done
.TP
.B 1
failed, with the reason
.TP
.B 2
wrong usage, or an answer is needed and there is no terminal
.TP
.B 3
refused: nothing permits this disclosure, or the store is not as this computer knows it and nobody has confirmed it
.TP
.B 4
there is no store yet, or it cannot be unlocked
.TP
.B 5
what was asked for is damaged or unreadable: it is named, and kept as it is
.TP
.B 6
in use by another process
.TP
.B 130
interrupted with Ctrl\-C; the message says what was saved
.SH ENVIRONMENT
.TP
.B MI_STORE
the folder with the records, unless
.B \-\-store
names one
.TP
.BR MI_PASSWORD_COMMAND ", " MI_PASSWORD_FILE
a command that prints the passphrase of the store, or a file whose first line it is; so nobody is asked
.TP
.BR MI_NEW_PASSWORD_COMMAND ", " MI_NEW_PASSWORD_FILE
the same for a new passphrase
.TP
.B MI_ACCESSIBLE
if 1, as with
.BR \-\-plain :
text with no color, boxes or cursor movement, for screen readers
.TP
.B NO_COLOR
takes away color alone
.SH FILES
.B mi store info
tells where the records are, and
.B mi config path
where the settings are.
"""


def man_page() -> str:
    """The whole page."""
    words = interview_words("en")
    body = [".SH COMMANDS", *_commands()]
    body += [".SH IN AN INTERVIEW", _text("A line is saved when Enter is pressed. How it begins says what it is.")]
    for section in guide(words):
        body.append(f".SS {_text(section.heading)}")
        for term, text in section.rows:
            body += [".TP", f".B {_text(term)}", _text(text)] if term else [".PP", _text(text)]
    return HEAD + "\n".join(body) + "\n" + TAIL


def _commands() -> list[str]:
    """The commands by task, as the first page of help shows them."""
    words, lines = command_words("en"), []
    for task, typed in FIRST_PAGE.items():
        lines.append(f".SS {_text(words.tasks[task])}")
        for shown, command in typed.items():
            lines += [".TP", f".B {_text(command)}", _text(words.shown[shown])]
    return lines


def _text(words: str) -> str:
    """Words for roff: a backslash and a hyphen are themselves, and no line is taken for a request."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped[:1] in (".", "'") else escaped


if __name__ == "__main__":
    PAGE.write_text(man_page(), encoding="utf-8")
