"""The texts that people read, in each language.

Theory of operation:

1. There is a package for each *subject*, and all have the same four modules. `model` is a frozen dataclass: one field
   for each text, or for each set of texts that is keyed by an enum. `en` and `es` fill it in, so mypy reports a text
   that one language lacks. `__init__` has the selector, such as `form_words(tag)`: the only way in for other rooms.
2. A selector imports the language that it is asked for, the model with it, and no other. A command so loads only the
   subjects and the one language that it shows. What an interview may say is loaded as a whole before it begins
   (`InterviewWords` contains `PlanWords`, `AnswerWords` and `DiskWords`): a later import could fail when the disk does.
3. Nothing here decides anything. Which text is shown is decided by the room that shows it. `words` imports `records`,
   for the enums that texts are keyed by, and no other room.

Braces in a text are placeholders for numbers, days, names and client codes. A text never contains a client's words.

To add a text, add the field to `model` and to each language; a test fails as long as no code reads the field. To add a
language, add its code to `languages.LANGUAGES`, a module to each subject, and a branch to each selector.

| what | subject |
|---|---|
| refusals, help, status bar and pages of an interview | `interview` |
| questions and labels of a change plan | `plan` |
| what is said to an answer that is not allowed | `answers` |
| why the system refused a file | `disk` |
| what is said to text from outside that is none, and to a config file that cannot be read | `outside` |
| passphrase, unlocking, recovery sheet | `protection` |
| names of categories, purposes, recipients … of consent and handoff | `labels` |
| the notices of the law, with their sources | `notices` |
| unknown commands and options, where a command was typed | `commands` |
| client codes that look alike, moving an interview | `clients` |
| the consent form | `form` |
| missed visits, calls, answers from CBT | `contacts` |
| handoff, cover sheet and the client's own copy | `documents` |
| what is due, and the first page of `mi` alone | `due` |
| the way so far, and its page for the client | `trend` |
| the accounting of disclosures | `accounting` |

`help_texts` translates the pages of `--help`, whose English stands where the commands are declared.

`said` makes a sentence where nobody knows yet who reads it, `told` says an error, and `days` says a day in words. A
test fails on a sentence, or a piece of one, that stands in another room.
"""
