"""A line becomes an action."""

import sys
import unicodedata
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from mi_cli.interview.actions import (
    Action,
    AddEntry,
    AddGoal,
    AddGoalFromEntry,
    AddGoalPart,
    AddGoalPartFromEntry,
    AddReading,
    AskRuler,
    BeginNote,
    CloseConcerns,
    EditEntry,
    End,
    GoToStage,
    NoteConcern,
    Overview,
    Rejected,
    ReviewOn,
    Say,
    SelectGoal,
    SetEntryType,
    SetFact,
    SetMandate,
    Share,
    Show,
    SimpleAction,
    Star,
    UndoEntry,
    UsePrompt,
)
from mi_cli.interview.commands import command_named, commands
from mi_cli.interview.grammar import parse, parse_pasted
from mi_cli.interview.marks import MARKS
from mi_cli.records.terms import Act, Concern, FactName, Kind, Ruler, Stage, Talk
from mi_cli.records.text_keys import LookAlike, Problem
from mi_cli.words.typed_names import typed_names


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("", SimpleAction.MOVE_ON),
        (" \t ", SimpleAction.MOVE_ON),
        ("what I said ", Say("what I said ")),
        ("  + indented", AddEntry(Kind.CHANGE, "indented")),
        ("  indented ", Say("  indented ")),
        ("\\  + indented", Say("  + indented")),
        ("+ words", AddEntry(Kind.CHANGE, "words")),
        ("+  words ", AddEntry(Kind.CHANGE, " words ")),
        ("+d words", AddEntry(Kind.CHANGE, "words", Talk.DESIRE)),
        ("+a words", AddEntry(Kind.CHANGE, "words", Talk.ABILITY)),
        ("+ac words", AddEntry(Kind.CHANGE, "words", Talk.ACTIVATION)),
        ("+Need words", AddEntry(Kind.CHANGE, "words", Talk.NEED)),
        ("+TAK words", AddEntry(Kind.CHANGE, "words", Talk.TAKING_STEPS)),
        ("-c words", AddEntry(Kind.SUSTAIN, "words", Talk.COMMITMENT)),
        ("+", AddEntry(Kind.CHANGE, None)),
        ("- ", AddEntry(Kind.SUSTAIN, None)),
        ("-r", AddEntry(Kind.SUSTAIN, None, Talk.REASON)),
        ("~", AddEntry(Kind.DISCORD, None)),
        ("+- both", AddEntry(Kind.AMBIVALENCE, "both")),
        ("+-", AddEntry(Kind.AMBIVALENCE, None)),
        ("+-d both", Say("+-d both")),
        ("> so you", AddEntry(Kind.MINE, "so you")),
        (">", AddEntry(Kind.MINE, None)),
        (">r so you", AddEntry(Kind.MINE, "so you", None, Act.REFLECTION)),
        (">a", AddEntry(Kind.MINE, None, None, Act.AFFIRMATION)),
        (">q why", AddEntry(Kind.MINE, "why", None, Act.QUESTION)),
        (">i it is", AddEntry(Kind.MINE, "it is", None, Act.INFORMATION)),
        (">s in all", AddEntry(Kind.MINE, "in all", None, Act.SUMMARY)),
        (">I see", Say(">I see")),
        (">R so you", Say(">R so you")),
        (">so you", Say(">so you")),
        ("*", Star()),
        ("* ", Star()),
        ("* words", Say("* words")),
        ("~ look", AddEntry(Kind.DISCORD, "look")),
        ("= seen", AddEntry(Kind.OBSERVATION, "seen")),
        ("! strong", AddEntry(Kind.STRENGTH, "strong")),
        ("? later", AddEntry(Kind.PARKED, "later")),
        ("-5 kilos", Say("-5 kilos")),
        ("+1 from me", Say("+1 from me")),
        ("-ish", Say("-ish")),
        ("+needs work", Say("+needs work")),
        ("+d\twords", AddEntry(Kind.CHANGE, "words", Talk.DESIRE)),
        ("!Came", Say("!Came")),
        ("?", Say("?")),
        ("– dash", AddEntry(Kind.SUSTAIN, "dash")),
        ("–d dash", AddEntry(Kind.SUSTAIN, "dash", Talk.DESIRE)),
        ("–", AddEntry(Kind.SUSTAIN, None)),
        ("−r", AddEntry(Kind.SUSTAIN, None, Talk.REASON)),
        ("–5 kilos", Say("–5 kilos")),
        ("—", Say("—")),
        ("— Hola", Say("— Hola")),
        ("―d words", Say("―d words")),
        ("—Hola", Say("—Hola")),
        ("+– both", AddEntry(Kind.AMBIVALENCE, "both")),
        ("＋－", AddEntry(Kind.AMBIVALENCE, None)),
        ("＋ｄ　words", AddEntry(Kind.CHANGE, "words", Talk.DESIRE)),
        ("～", AddEntry(Kind.DISCORD, None)),
        ("＞ｒ so you", AddEntry(Kind.MINE, "so you", None, Act.REFLECTION)),
        ("＊", Star()),
        ("？ later", AddEntry(Kind.PARKED, "later")),
        ("？", Say("？")),
        ("＼＋1 pint", Say("＋1 pint")),
        (" \\+1 pint", Say("+1 pint")),
        ("+\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}words", AddEntry(Kind.CHANGE, "\N{NO-BREAK SPACE}words")),
        ("-\N{NO-BREAK SPACE}", AddEntry(Kind.SUSTAIN, None)),
        ("\N{ZERO WIDTH NO-BREAK SPACE}/goal Be there", AddGoal("Be there")),
        ("\N{ZERO WIDTH SPACE}", Say("\N{ZERO WIDTH SPACE}")),
        ("／ｇｏａｌ　Be there", AddGoal("Be there")),
        ("/goal\tBe – there", AddGoal("Be – there")),
        ("/goal ＃２", SelectGoal(2)),
        ("/goal ７", AddGoalFromEntry(7)),
        ("/next\N{NO-BREAK SPACE}", SimpleAction.NEXT),
        ("/stage\tfoc", GoToStage(Stage.FOCUSING)),
        ("/star −7", Star(7, on=False)),
        ("/mark\N{NO-BREAK SPACE}9\N{NO-BREAK SPACE}–d", SetEntryType(9, Kind.SUSTAIN, Talk.DESIRE)),
        ("/mark 9 ！", SetEntryType(9, Kind.STRENGTH, None)),
        ("/undo\N{NO-BREAK SPACE}entry\N{NO-BREAK SPACE}７", UndoEntry(7)),
        ("/edit 9\N{NO-BREAK SPACE}–new", EditEntry(9, "–new")),
        ("/use\t3", UsePrompt(3)),
        ("/fact\tmed\tinsulin", SetFact(FactName.MEDICINES, "insulin")),
        (
            "/importance\N{NO-BREAK SPACE}７\N{NO-BREAK SPACE}Because – so.",
            AddReading(Ruler.IMPORTANCE, 7, "Because – so."),
        ),
        ("/importance ＠driving ７ Why – so.", AddReading(Ruler.IMPORTANCE, 7, "Why – so.", "driving")),
        ("/share ７，−8", Share((7,), (8,))),
        ("/review 2027‑01‑31", ReviewOn(date(2027, 1, 31))),
        ("/safety suicide\trang", NoteConcern(Concern.SUICIDE, "rang")),
        ("/help ／goal", Show(Overview.HELP, "goal")),
        ("= ", Rejected(Problem.NEEDS_WORDS)),
        ("\\+1 pint", Say("+1 pint")),
        ("\\\\", Say("\\")),
        ("\\", Say("\\")),
        ("/next", SimpleAction.NEXT),
        ("/n", Rejected(Problem.NO_SUCH_COMMAND, "/next, /notdone, /note")),
        ("/BACK", SimpleAction.BACK),
        ("/ev", GoToStage(Stage.EVOKING)),
        ("/stage foc", GoToStage(Stage.FOCUSING)),
        ("/stage nowhere", Rejected(Problem.NO_SUCH_STAGE)),
        ("/stage", Show(Overview.STAGES)),
        ("/a to talk of", AddEntry(Kind.AGENDA, "to talk of")),
        ("/ag to talk of", AddEntry(Kind.AGENDA, "to talk of")),
        ("/again", SimpleAction.AGAIN),
        ("/sta", Show(Overview.STAGES)),
        ("/star", Star()),
        ("/star 7", Star(7)),
        ("/star -7", Star(7, on=False)),
        ("/star x", Rejected(Problem.NEEDS_NUMBERS, "/star 7")),
        ("/m 9 +d", SetEntryType(9, Kind.CHANGE, Talk.DESIRE)),
        ("/lapse", AddEntry(Kind.LAPSE, None)),
        ("/lapse on Friday", AddEntry(Kind.LAPSE, "on Friday")),
        ("/mandated", SetMandate(None)),
        ("/mandated the court", SetMandate("the court")),
        ("/fact med insulin", SetFact(FactName.MEDICINES, "insulin")),
        ("/fact medicines", Rejected(Problem.NEEDS_WORDS)),
        ("/fact shoe 43", Rejected(Problem.NO_SUCH_FACT)),
        ("/fact", Rejected(Problem.NO_SUCH_FACT)),
        ("/use 3", UsePrompt(3)),
        ("/use three", Rejected(Problem.NEEDS_NUMBERS, "/use 3")),
        ("/importance 7 Because.", AddReading(Ruler.IMPORTANCE, 7, "Because.")),
        ("/confidence 0", AddReading(Ruler.CONFIDENCE, 0, None)),
        ("/readiness 11", Rejected(Problem.NOT_ON_THE_RULER, "readiness")),
        ("/importance", AskRuler(Ruler.IMPORTANCE)),
        ("/importance @driving 7 Because.", AddReading(Ruler.IMPORTANCE, 7, "Because.", "driving")),
        ("/importance @driving after drinking 7", AddReading(Ruler.IMPORTANCE, 7, None, "driving after drinking")),
        ("/confidence @driving", AskRuler(Ruler.CONFIDENCE, "driving")),
        ("/confidence @ 7", Rejected(Problem.NOT_ON_THE_RULER, "confidence")),
        ("/confidence @driving 11", Rejected(Problem.NOT_ON_THE_RULER, "confidence")),
        ("/confidence 7 @driving", AddReading(Ruler.CONFIDENCE, 7, "@driving")),
        ("/confidence seven", Rejected(Problem.NOT_ON_THE_RULER, "confidence")),
        ("/focus drinking", AddEntry(Kind.FOCUS, "drinking")),
        ("/value", Rejected(Problem.NEEDS_WORDS)),
        ("/goal Be there", AddGoal("Be there")),
        ("/goal #2", SelectGoal(2)),
        ("/goal", Show(Overview.GOALS)),
        ("/goal 7", AddGoalFromEntry(7)),
        ("/goal 7 days", AddGoal("7 days")),
        ("/step 7", AddGoalPartFromEntry("steps", 7)),
        ("/step 7 @ noon", AddGoalPart("steps", ("7", "noon"))),
        ("/reason 7", AddGoalPartFromEntry("reasons", 7)),
        ("/sign 7", AddGoalPart("signs", ("7",))),
        ("/undo", SimpleAction.UNDO),
        ("/undo entry 7", UndoEntry(7)),
        ("/undo 7", Rejected(Problem.UNDO_ONE, "7")),
        ("/undo entry", Rejected(Problem.UNDO_ONE, "7")),
        ("/progress #2 Called", AddGoalPart("progress", ("Called",), 2)),
        ("/barrier #1 Home -> ring", AddGoalPart("barriers", ("Home", "ring"), 1)),
        ("/reason #2 7", AddGoalPartFromEntry("reasons", 7, 2)),
        ("/review #2 4w", ReviewOn(28, 2)),
        ("/progress #2", Rejected(Problem.NEEDS_WORDS)),
        ("/progress #two words", AddGoalPart("progress", ("#two words",))),
        ("/reason why: not", AddGoalPart("reasons", ("why: not",))),
        ("/step a @ b @ c", AddGoalPart("steps", ("a @ b", "c"))),
        ("/step a\N{NO-BREAK SPACE}@\N{NO-BREAK SPACE}b", AddGoalPart("steps", ("a", "b"))),
        ("/step a @ @ b", AddGoalPart("steps", ("a @", "b"))),
        ("/support A：\tb", AddGoalPart("supports", ("A", "b"))),
        ("/barrier a → b → c", AddGoalPart("barriers", ("a", "b → c"))),
        ("/barrier a –> b", AddGoalPart("barriers", ("a", "b"))),
        ("/barrier a→b", AddGoalPart("barriers", ("a→b", None))),
        ("/step a@b", AddGoalPart("steps", ("a@b", None))),
        ("/support A: b: c", AddGoalPart("supports", ("A", "b: c"))),
        ("/barrier a -> b -> c", AddGoalPart("barriers", ("a", "b -> c"))),
        ("/review 2027-01-31", ReviewOn(date(2027, 1, 31))),
        ("/review 4w", ReviewOn(28)),
        ("/review soon", Rejected(Problem.NOT_A_DATE)),
        ("/share 7 8, 7", Share((7, 8))),
        ("/share", Show(Overview.SHAREABLE)),
        ("/share all", Rejected(Problem.NEEDS_NUMBERS, "/share 7 8")),
        ("/mark 9 +d", SetEntryType(9, Kind.CHANGE, Talk.DESIRE)),
        ("/mark 9 -", SetEntryType(9, Kind.SUSTAIN, None)),
        ("/mark 9 said", SetEntryType(9, Kind.SAID, None)),
        ("/mark 9 =", SetEntryType(9, Kind.OBSERVATION, None)),
        ("/mark 9 !", SetEntryType(9, Kind.STRENGTH, None)),
        ("/mark 9 ?", SetEntryType(9, Kind.PARKED, None)),
        ("/mark 9 ~", SetEntryType(9, Kind.DISCORD, None)),
        ("/mark 9 +-", SetEntryType(9, Kind.AMBIVALENCE, None)),
        ("/mark 9 >r", SetEntryType(9, Kind.MINE, None, Act.REFLECTION)),
        ("/mark 9 *", Star(9)),
        ("/mark 9 d", Rejected(Problem.NEEDS_TYPE)),
        ("/mark 9 +x", Rejected(Problem.NEEDS_TYPE)),
        ("/mark", Rejected(Problem.NEEDS_NUMBERS, "/mark 9 +d")),
        ("/edit 9 new words", EditEntry(9, "new words")),
        ("/edit 9", Rejected(Problem.NEEDS_WORDS)),
        ("/note", BeginNote(None)),
        ("/note first", BeginNote("first")),
        ("/recap now", Rejected(Problem.NEEDS_NOTHING)),
        ("/safety", Show(Overview.SAFETY)),
        ("/safety suicide rang Dr A", NoteConcern(Concern.SUICIDE, "rang Dr A")),
        ("/safety harm", NoteConcern(Concern.HARM_TO_OTHERS, None)),
        ("/safety partner left with her sister", NoteConcern(Concern.PARTNER_VIOLENCE, "left with her sister")),
        ("/safety dr", NoteConcern(Concern.DRIVING, None)),
        ("/safety d told B", CloseConcerns("told B")),
        ("/safety done told B", CloseConcerns("told B")),
        ("/safety what", Rejected(Problem.NO_SUCH_CONCERN)),
        ("/help /goal", Show(Overview.HELP, "goal")),
        ("/end", End(None)),
        ("/end Ring on Friday.", End("Ring on Friday.")),
        ("/", Rejected(Problem.NO_SUCH_COMMAND)),
        ("/she said", Rejected(Problem.NO_SUCH_COMMAND)),
        ("/hepl", Rejected(Problem.NO_SUCH_COMMAND, "/help")),
        ("/reacp", Rejected(Problem.NO_SUCH_COMMAND, "/recap")),
        ("/quit", Rejected(Problem.LEAVING)),
        ("/Exit now", Rejected(Problem.LEAVING)),
    ],
)
def test_each_row_of_the_grammar(line: str, action: Action) -> None:
    assert parse(line) == action


@given(st.text())
@example("\x85\\0")
@example("words \\0")
def test_every_line_means_something_and_words_stand_as_typed(line: str) -> None:
    action = parse(line)
    if isinstance(action, Say):
        before = line.removesuffix(action.words)
        assert line == before + action.words
        seen = [sign for sign in before if not (sign.isspace() or sign in {*INVISIBLE, *LOOK_BLANK})]
        assert not before or seen in (["\\"], ["\uff3c"])
    if isinstance(action, AddEntry) and action.words is not None:
        assert line.endswith(action.words)


BLANKS = [sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(sign) == "Zs"]
DRAWN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"  # of the same category
INVISIBLE = [
    *(sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(sign) == "Cf" and sign not in DRAWN),
    *"\u034f\u180b\ufe00\ufe0e\ufe0f\U000e0100\U000e01ef",
]
LOOK_BLANK = "\u115f\u1160\u2800\u3164\uffa0\ufffc\U00013441\U00013442\U0001d159"
LIKE = {
    "-": "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "+": "\uff0b", "=": "\uff1d", "!": "\uff01",
    "?": "\uff1f", "~": "\uff5e", ">": "\uff1e", "*": "\uff0a", "/": "\uff0f", "\\": "\uff3c",
}  # fmt: skip
BLANK = st.sampled_from([*BLANKS, "\t"])


@given(
    st.data(), st.text(), st.sampled_from([*MARKS, "+d", "-Need", ">r", "*", "/goal", "/note", "/edit 9", "/x", "\\"])
)
def test_what_keyboards_make_of_a_mark_is_that_mark_and_the_words_stand_as_typed(
    data: st.DataObject, words: str, mark: str
) -> None:
    assume(words or mark != "\\")  # a backslash alone is words
    before = "".join(data.draw(st.lists(st.sampled_from([*BLANKS, "\t", *LOOK_BLANK, *INVISIBLE]), max_size=3)))
    like = "".join(data.draw(st.sampled_from([sign, *LIKE.get(sign, "")])) for sign in mark)
    blank = "" if mark == "\\" else data.draw(BLANK)
    typed = parse(f"{mark}{blank and ' '}{words}")
    action = parse(f"{before}{like.replace(' ', data.draw(BLANK))}{blank}{words}")
    if isinstance(typed, Say) and mark != "\\":  # a star before words: the whole line is words
        assert isinstance(action, Say)
        assert action.look_alike is typed.look_alike is LookAlike.STAR
    else:
        assert action == typed


@given(
    st.sampled_from(["+", "-", "+-", "=", "?", "~", "+d", "-Need", ">r", "/goal", "/note", "/edit"]),
    st.data(),
    st.text() | st.text("a\u200b\u200d "),
)
def test_an_invisible_sign_in_a_mark_or_a_name_is_passed_over(mark: str, data: st.DataObject, words: str) -> None:
    at = data.draw(st.integers(0, len(mark)))
    sign = data.draw(st.sampled_from(INVISIBLE))
    assert parse(f"{mark[:at]}{sign}{mark[at:]} {words}") == parse(f"{mark} {words}")


@given(
    st.sampled_from(DRAWN), st.sampled_from(["+", "- no", "+d I want to", "/goal Be home", "/end", "\\+ words", "?x"])
)
def test_a_sign_that_is_drawn_is_never_passed_over(sign: str, line: str) -> None:
    assert parse(sign + line) == Say(sign + line)
    assert parse(f"\u200b {sign}{line}") == Say(f"\u200b {sign}{line}")
    assert parse(f"+{sign} {line}") == Say(f"+{sign} {line}")
    assert parse(f"+ {sign}{line}") == AddEntry(Kind.CHANGE, sign + line)


@pytest.mark.parametrize("sign", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200f", "\u061c"])
@pytest.mark.parametrize("line", ["-{}ish", "+{}1 from me", "{}words", "-5{} kilos", "+ a{}b", "?{}", "\\+{} x"])
def test_in_words_it_stays(line: str, sign: str) -> None:
    action, typed = parse(line.replace("{}", sign)), line.removeprefix("+ ").removeprefix("\\").replace("{}", sign)
    assert isinstance(action, Say | AddEntry)
    assert action.words == typed


@given(st.text(min_size=1), st.sampled_from("\N{EM DASH}\N{HORIZONTAL BAR}\N{TWO-EM DASH}\N{SMALL EM DASH}"))
def test_a_long_dash_is_words_and_says_so_where_a_dash_would_be_a_mark(words: str, dash: str) -> None:
    action = parse(f"{dash}{words}")
    assert action == Say(f"{dash}{words}")
    assert isinstance(action, Say)
    assert (action.look_alike is LookAlike.LONG_DASH) == (not isinstance(parse(f"-{words}"), Say))


@pytest.mark.parametrize("dash", "\u2014\u2015\u2e3a\u2e3b\ufe58")
@pytest.mark.parametrize("rest", [" words", "d words", "\tNo, no.", "", "\u00a0words"])
def test_every_long_dash_says_so(dash: str, rest: str) -> None:
    action = parse(f"{dash}{rest}")
    assert isinstance(action, Say)
    assert (action.words, action.look_alike) == (f"{dash}{rest}", LookAlike.LONG_DASH)


@pytest.mark.parametrize("line", ["– words", "−d words", "+– both", "‐"])
def test_a_mark_with_another_dash_says_so(line: str) -> None:
    action = parse(line)
    assert isinstance(action, AddEntry)
    assert action.other_dash


@pytest.mark.parametrize("line", ["- words", "- – words", "+- both", "＋ words"])
def test_a_mark_with_a_minus_does_not(line: str) -> None:
    action = parse(line)
    assert isinstance(action, AddEntry)
    assert not action.other_dash


@given(st.text(min_size=1))
def test_a_backslash_keeps_any_line_as_words(line: str) -> None:
    assert parse(f"\\{line}") == Say(line)


def test_an_exact_name_wins_and_every_command_is_reached_by_it() -> None:
    for name in commands():
        action = parse(f"/{name}")
        assert not (isinstance(action, Rejected) and action.problem is Problem.NO_SUCH_COMMAND)


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("/enfoque beber", AddEntry(Kind.FOCUS, "beber")),
        ("/meta Estar ahí", AddGoal("Estar ahí")),
        ("/paso Llamar @ lunes", AddGoalPart("steps", ("Llamar", "lunes"))),
        ("/ayuda meta", Show(Overview.HELP, "meta")),
        ("/evocación", GoToStage(Stage.EVOKING)),
        ("/evocacion", GoToStage(Stage.EVOKING)),
        ("/EVOCACIO\u0301N", GoToStage(Stage.EVOKING)),
        ("/evoc", GoToStage(Stage.EVOKING)),
        ("/vinc", GoToStage(Stage.ENGAGING)),
        ("/etapa enf", GoToStage(Stage.FOCUSING)),
        ("/enf", Rejected(Problem.NO_SUCH_COMMAND, "/enfocar, /enfoque")),
        ("/goal Estar ahí", AddGoal("Estar ahí")),
        ("/pa", SimpleAction.PAUSE),
        ("/obst X -> Y", AddGoalPart("barriers", ("X", "Y"))),
        ("/mark 9 dicho", SetEntryType(9, Kind.SAID, None)),
        ("/marcar 9 +ca", SetEntryType(9, Kind.CHANGE, Talk.ABILITY)),
        ("/deshacer entrada 7", UndoEntry(7)),
        ("/dato medicinas insulina", SetFact(FactName.MEDICINES, "insulina")),
        ("+ca puedo", AddEntry(Kind.CHANGE, "puedo", Talk.ABILITY)),
        ("+c lo haré", AddEntry(Kind.CHANGE, "lo haré", Talk.COMMITMENT)),
        ("+comp lo haré", AddEntry(Kind.CHANGE, "lo haré", Talk.COMMITMENT)),
        ("+a puedo", AddEntry(Kind.CHANGE, "puedo", Talk.ABILITY)),
        ("+ac", AddEntry(Kind.CHANGE, None, Talk.ACTIVATION)),
        ("-razón es así", AddEntry(Kind.SUSTAIN, "es así", Talk.REASON)),
        ("+p fui", AddEntry(Kind.CHANGE, "fui", Talk.TAKING_STEPS)),
        ("+x no", Say("+x no")),
    ],
)
def test_a_spanish_interview_takes_spanish_names_too(line: str, action: Action) -> None:
    assert parse(line, "es") == action


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_start_that_meant_a_command_at_0_1_0_means_it_still(language: str) -> None:
    first = [name for name in commands() if name not in {"again", "lapse", "mandated", "fact", "star"}]
    starts = {name[:length] for name in first for length in range(1, len(name) + 1)}
    for start in starts:
        meant = [name for name in first if name.startswith(start)]
        if start in first or len(meant) == 1:
            assert command_named(start, language) == [start if start in first else meant[0]]


def test_every_spanish_name_names_a_command_and_none_is_another_english_one() -> None:
    names = typed_names("es")
    assert set(names.commands.values()) <= set(commands())
    for typed, command in names.commands.items():
        assert command_named(typed, "es") == [command]
        assert command_named(typed, "en") != [command] or typed in commands()
    assert set(names.types.values()) == set(Talk)


@pytest.mark.parametrize(
    ("line", "look_alike"),
    [
        ("+x words", LookAlike.TYPE),
        ("+x", LookAlike.TYPE),
        ("?", LookAlike.MARK),
        (" ？", LookAlike.MARK),
        (" +x words", LookAlike.TYPE),
        ("＋x\N{NO-BREAK SPACE}words", LookAlike.TYPE),
        ("—", LookAlike.LONG_DASH),
        ("— words", LookAlike.LONG_DASH),
        ("—words", None),
        ("\N{ZERO WIDTH SPACE}quit", LookAlike.LEAVING),
        ("exit\N{NO-BREAK SPACE}", LookAlike.LEAVING),
        (">R so you", LookAlike.PART),
        ("* words", LookAlike.STAR),
        ("help", LookAlike.COMMAND),
        ("Undo ", LookAlike.COMMAND),
        ("quit", LookAlike.LEAVING),
        ("-5 kilos", None),
        ("+1 from me", None),
        ("!Came", None),
        ("help me", None),
        ("words", None),
        ("\\help", None),
        ("\\+x words", None),
    ],
)
def test_what_looks_like_a_mark_or_a_command_says_so(line: str, look_alike: LookAlike | None) -> None:
    action = parse(line)
    assert isinstance(action, Say)
    assert action.look_alike == look_alike


def test_what_is_pasted_has_its_marks_and_commands_nothing() -> None:
    lines = {
        "+d I want to": AddEntry(Kind.CHANGE, "I want to", Talk.DESIRE),
        "-": AddEntry(Kind.SUSTAIN, None),
        "=  seen ": AddEntry(Kind.OBSERVATION, " seen "),
        "words": AddEntry(Kind.SAID, "words"),
        "/end Friday": AddEntry(Kind.SAID, "/end Friday"),
        " /undo": AddEntry(Kind.SAID, " /undo"),
        "\uff0fgoal mine": AddEntry(Kind.SAID, "\uff0fgoal mine"),
        "/focus sleep": AddEntry(Kind.SAID, "/focus sleep"),
        "\\+ plain": AddEntry(Kind.SAID, "+ plain"),
        "! ": AddEntry(Kind.SAID, "! "),
        "*": Star(),
        "* a point": AddEntry(Kind.SAID, "* a point"),
        "7": AddEntry(Kind.SAID, "7"),
        "help": AddEntry(Kind.SAID, "help"),
        ".": AddEntry(Kind.SAID, "."),
    }
    assert parse_pasted("\n \n".join(lines)) == list(lines.values())
    assert parse_pasted("\n\t\n") == []


@given(st.text())
def test_nothing_that_is_pasted_is_a_command(text: str) -> None:
    entries = parse_pasted(text)
    assert len(entries) == sum(bool(line.strip()) for line in text.split("\n"))
    for line, entry in zip([line for line in text.split("\n") if line.strip()], entries, strict=True):
        assert isinstance(entry, AddEntry | Star)
        assert isinstance(entry, Star) or entry.words is None or entry.words in line
