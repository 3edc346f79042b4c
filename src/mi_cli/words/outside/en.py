"""What is said to text from outside, in English."""

from typing import Final

from mi_cli.records.outside_keys import FileKind, NameOf, Untaken
from mi_cli.words.outside.model import OutsideWords

EN: Final = OutsideWords(
    kinds={
        FileKind.PDF: "This is a PDF, not plain text.",
        FileKind.ZIP: "This is a Word, OpenDocument or other ZIP file, not plain text.",
        FileKind.OFFICE: "This is an older Word, Excel or PowerPoint file, not plain text.",
        FileKind.RTF: "This is an RTF file, not plain text.",
        FileKind.ARCHIVE: "This is a compressed file, not plain text.",
        FileKind.IMAGE: "This is an image, not plain text.",
        FileKind.MEDIA: "This is a sound or video file, not plain text.",
        FileKind.DATABASE: "This is an SQLite database, not plain text.",
        FileKind.MARKUP: "This is a web page or another XML file, not plain text.",
        FileKind.SUBTITLES: "These are subtitles, not the lines of an interview.",
        FileKind.BINARY: "This is not text: it has NUL or other bytes that no text has.",
        FileKind.WIDE: "This is UTF-16 or UTF-32, and only UTF-8 is taken here.",
        FileKind.NOT_UTF8: "This is not UTF-8.",
        FileKind.UNREADABLE: "This is neither UTF-8 nor Windows-1252, or not in the encoding that was named.",
    },
    at_line="Line {n}: {text}",
    save_as_text="Nothing was changed. Save it as plain text in UTF-8, then try again.",
    name_encoding="Or name its encoding, such as --encoding utf-16-le.",
    read_as_windows="Not UTF-8, and read as Windows-1252: line {lines}. Look whether the words are right.",
    unreadable="The input cannot be read: {reason}.",
    config_unreadable="The config file cannot be read: {reason}.",
    config_not_text="The config file cannot be read. {text}",
    config_not_toml="The config file is not sound TOML: {reason}.",
    config_not_ours="The config file is no config file of mi.",
    config_unknown_key="The config file has a setting mi does not know.",
    config_wrong_value="The config file has a wrong value for {key}.",
    config_mend="Mend it, or move it away: {file}",
    config_mend_value="`mi config set {key} …` puts it right.",
    config_mend_key="Take it out of {file}. The settings are: {keys}.",
    config_gone_without="mi goes on without any of the settings.",
    config_needed="Nothing is passed on and no store is made while the config file cannot be read: it may say where, "
    "for whom, and by whose rules.",
    names_of={
        NameOf.CLIENT: "client code",
        NameOf.PROMPT_SET: "prompt set name",
    },
    names_like={
        NameOf.CLIENT: "J-014. Nothing in it may say who it is",
        NameOf.PROMPT_SET: "ours",
    },
    untaken={
        Untaken.NAME_TOO_LONG: "That {what} is over {most} characters.",
        Untaken.NO_NAME: "That cannot be a {what}.",
        Untaken.NAME_RESERVED: "That {what} has a meaning of its own and cannot be used.",
        Untaken.RECIPIENT_UNSEEN: "A recipient needs a name with letters in it.",
        Untaken.RECIPIENT_TOO_LONG: "The name of a recipient has at most {most} characters.",
        Untaken.RECIPIENT_CONTROLS: "The name of a recipient is one line, without control characters.",
        Untaken.NO_ENCODING: "There is no such encoding.",
    },
    untaken_how={
        Untaken.NAME_TOO_LONG: "A short one is enough, such as {like}.",
        Untaken.NO_NAME: "Letters and digits, with - _ or . between them and no spaces, such as {like}.",
        Untaken.NAME_RESERVED: "Another one will do, such as {like}.",
        Untaken.RECIPIENT_UNSEEN: "Nothing was passed on, and nothing was saved.",
        Untaken.RECIPIENT_TOO_LONG: "Nothing was passed on, and nothing was saved.",
        Untaken.RECIPIENT_CONTROLS: "Nothing was passed on, and nothing was saved.",
        Untaken.NO_ENCODING: "Names are utf-8, utf-16-le, cp1252, latin-1, cp850, shift_jis …",
    },
)
