"""The grammar of the lines that are typed in an interview: a line becomes an action. Pure and total: every line parses.

The rules, in this order:

1. An empty or blank line moves on.
2. A line that begins with `/` is a command; an unambiguous start of its name is enough (`commands`).
3. A backslash at the beginning makes the rest plain words.
4. A mark at the beginning, alone or followed by a blank, makes an entry of its kind (`marks`).
5. Anything else is what the client said. If it looks like a mark or a command, the action says so (`LookAlike`).

All of these read the likeness of the line (`likeness`), which has the signs of ASCII where keyboards put others in
their place. What follows a mark or a command is cut from the line itself, and kept exactly as it was typed. Lines of an
open note do not come here, and neither does a bare number while a ruler's number is asked for (`interview.lines`).
"""

from mi_cli.interview import actions
from mi_cli.interview.actions import Action, SimpleAction
from mi_cli.interview.commands import means_to_leave, parse_command, whole_name
from mi_cli.interview.likeness import begin, likeness, without_invisible
from mi_cli.interview.marks import ESCAPE, look_alike, parse_marked
from mi_cli.records.terms import Kind
from mi_cli.records.text_keys import LookAlike
from mi_cli.words.typed_names import TypedNames, typed_names


def parse(line: str, language: str = "en") -> Action:
    """Returns the action that the line means in an interview in that language.

    The line has no line end; its words are not trimmed.
    """
    names = typed_names(language)
    if not line or line.isspace():
        return SimpleAction.MOVE_ON
    begun = line[begin(line) :]
    sign = likeness(begun[:1])
    if sign == ESCAPE and len(begun) > 1:
        return actions.Say(begun[1:])
    begun = without_invisible(begun)
    if sign == "/":
        return parse_command(begun[1:], names)
    return parse_marked(begun, names) or _say(line, begun, names)


def parse_pasted(text: str, language: str = "en") -> list[actions.AddEntry | actions.Star]:
    """Returns what the lines of a paste are, each by itself: entries of their marks, else what the client said.

    What is pasted commands nothing: a line with a slash is words, and none answers a question.
    """
    return [_pasted_line(line, language) for line in text.split("\n") if line and not line.isspace()]


def _pasted_line(line: str, language: str) -> actions.AddEntry | actions.Star:
    action = parse(line, language)
    if likeness(line[begin(line) :][:1]) != "/" and isinstance(action, actions.AddEntry | actions.Star):
        return action
    return actions.AddEntry(Kind.SAID, action.words if isinstance(action, actions.Say) else line)


def _say(line: str, begun: str, names: TypedNames) -> actions.Say:
    """Returns the line as words, and what they look like, if that is a mark or a command.

    `begun` is the line without what is passed over.
    """
    word = likeness(begun).strip()
    if means_to_leave(word):
        return actions.Say(line, LookAlike.LEAVING)
    if name := whole_name(word, names):
        return actions.Say(line, LookAlike.COMMAND, name)
    return actions.Say(line, look_alike(begun, names))
