"""Random lines, undo, crashes at any save, a full disk and resumes, compared with a model made of a few tuples."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mi_cli.interview.marks import ACTS, MARKS, TALLIED
from mi_cli.interview.sharing import LISTS
from mi_cli.records.terms import CLIENTS_WORDS, Act, Kind, Ruler, Talk
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.making import create_store
from tests.conftest import Desk, Ticking
from tests.interview.failing import Crash, Fault, full, resume_failing

Line = tuple[str, Callable[["State"], "State"]]

WORDS = st.text(min_size=1, max_size=12).filter(lambda text: not text.isspace())
PLAIN = st.sampled_from(["My own kid.", "dash – dash", '"quoted" [b]', " two  spaces ", "ñ🍺\u2028\x00\x1b[31m"])
ANY_WORDS = st.one_of(PLAIN, WORDS)
TYPES = st.sampled_from([None, *Talk])
# The type of the answer to "why not a lower number?".
WHY = {Ruler.IMPORTANCE: Talk.REASON, Ruler.CONFIDENCE: Talk.ABILITY}


@dataclass(frozen=True)
class Said:
    n: int
    kind: Kind
    talk: Talk | None
    words: str | None
    act: Act | None = None
    star: bool = False

    @property
    def copy(self) -> "Said":
        """What of it stands in the plan, if it was shared."""
        return replace(self, act=None, star=False)


@dataclass(frozen=True)
class State:
    """What the records must hold. Goals are words and steps; `shared` the numbers of entries; `reach` a client fact.

    `origins` are the numbers of the entries that goals were made from.
    """

    entries: tuple[Said, ...] = ()
    goals: tuple[tuple[str, tuple[str, ...]], ...] = ()
    origins: tuple[int, ...] = ()
    readings: tuple[tuple[Ruler, int, int | None], ...] = ()
    shared: tuple[int, ...] = ()
    reach: str | None = None

    def entry(self, n: int) -> Said:
        return next(entry for entry in self.entries if entry.n == n)

    def with_entry(self, changed: Said) -> "State":
        return replace(self, entries=tuple(changed if entry.n == changed.n else entry for entry in self.entries))


# The crash comes at that save of the line, counted from 1 (0: none), before or after it reaches the disk.
CRASH = st.one_of(st.just((0, False)), st.tuples(st.integers(0, 4), st.booleans()))


class Interview(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        ids = (f"{number:08d}" for number in count(1))
        store = JsonStore(Path(self.folder.name) / "store", Ticking(), lambda: next(ids), "A")
        create_store(store)
        self.desk = Desk(store, add_client(store, "J-014"), ExitStack())
        self.desk.begin()
        self.fault = Fault()
        self.recorder = resume_failing(self.desk, self.fault)
        self.state = State()
        self.past: list[State] = []
        self.last_n = 0
        self.last_turn = 0

    def enter(self, line: str, after: State, *, new: bool = False, crash: tuple[int, bool] = (0, False)) -> None:
        """Enter a line that makes `after` of the state, a `new` entry perhaps, and crash on the way perhaps."""
        nth, late = crash
        self.fault.set(nth, Crash(), late=late)
        try:
            assert self.recorder.enter(line).error is None
        except Crash:
            kept = "notes" in self.fault.saved
            self.fault.set(0, Crash())
            self.recorder = resume_failing(self.desk, self.fault)
        else:
            kept = True
            self.fault.set(0, Crash())
        if kept:
            self.past.append(self.state)
            self.state = after
            self.last_n += new

    def kept(self, kind: Kind, talk: Talk | None, words: str | None) -> State:
        return replace(self.state, entries=(*self.state.entries, Said(self.last_n + 1, kind, talk, words)))

    @rule(words=ANY_WORDS, crash=CRASH)
    def say(self, words: str, crash: tuple[int, bool]) -> None:
        self.enter(f"\\{words}", self.kept(Kind.SAID, None, words), new=True, crash=crash)

    @rule(words=st.one_of(st.none(), ANY_WORDS), mark=st.sampled_from("+-"), talk=TYPES, crash=CRASH)
    def talk(self, words: str | None, mark: str, talk: Talk | None, crash: tuple[int, bool]) -> None:
        line = f"{mark}{talk or ''}" if words is None else f"{mark}{talk or ''} {words}"
        self.enter(line, self.kept(MARKS[mark], talk, words), new=True, crash=crash)

    @rule(words=st.one_of(st.none(), ANY_WORDS), crash=CRASH)
    def both_sides(self, words: str | None, crash: tuple[int, bool]) -> None:
        line = "+-" if words is None else f"+- {words}"
        self.enter(line, self.kept(Kind.AMBIVALENCE, None, words), new=True, crash=crash)

    @rule(words=st.one_of(st.none(), ANY_WORDS), act=st.sampled_from([None, *ACTS]), crash=CRASH)
    def counselors_part(self, words: str | None, act: str | None, crash: tuple[int, bool]) -> None:
        line = f">{act or ''}" if words is None else f">{act or ''} {words}"
        after = self.kept(Kind.MINE, None, words)
        after = after.with_entry(replace(after.entries[-1], act=ACTS[act] if act else None))
        self.enter(line, after, new=True, crash=crash)

    @rule(words=st.one_of(st.none(), ANY_WORDS), crash=CRASH)
    def lapse(self, words: str | None, crash: tuple[int, bool]) -> None:
        line = "/lapse" if words is None else f"/lapse {words}"
        self.enter(line, self.kept(Kind.LAPSE, None, words), new=True, crash=crash)

    @rule(words=ANY_WORDS, mark=st.sampled_from("=!?~"), crash=CRASH)
    def mark(self, words: str, mark: str, crash: tuple[int, bool]) -> None:
        self.enter(f"{mark} {words}", self.kept(MARKS[mark], None, words), new=True, crash=crash)

    @rule(words=ANY_WORDS, kind=st.sampled_from([Kind.FOCUS, Kind.AGENDA, Kind.VALUE, Kind.TRIGGER]), crash=CRASH)
    def command(self, words: str, kind: Kind, crash: tuple[int, bool]) -> None:
        self.enter(f"/{kind} {words}", self.kept(kind, None, words), new=True, crash=crash)

    @rule(ruler=st.sampled_from(Ruler), value=st.integers(0, 10), words=ANY_WORDS, crash=CRASH)
    def reading(self, ruler: Ruler, value: int, words: str, crash: tuple[int, bool]) -> None:
        after = self.kept(Kind.CHANGE if value else Kind.SAID, WHY.get(ruler) if value else None, words)
        after = replace(after, readings=(*after.readings, (ruler, value, self.last_n + 1)))
        self.enter(f"/{ruler} {value} {words}", after, new=True, crash=crash)
        self.recorder.enter("")  # past "what would raise it?"

    @rule(words=ANY_WORDS, crash=CRASH)
    def goal(self, words: str, crash: tuple[int, bool]) -> None:
        self.enter(f"/goal .{words}", replace(self.state, goals=(*self.state.goals, (f".{words}", ()))), crash=crash)

    @precondition(lambda self: self.spoken)
    @rule(data=st.data(), crash=CRASH)
    def goal_from_entry(self, data: st.DataObject, crash: tuple[int, bool]) -> None:
        entry = data.draw(st.sampled_from(self.spoken))
        goals, origins = (*self.state.goals, (entry.words or "", ())), (*self.state.origins, entry.n)
        self.enter(f"/goal {entry.n}", replace(self.state, goals=goals, origins=origins), crash=crash)

    @property
    def spoken(self) -> list[Said]:
        """What has the client's words."""
        return [entry for entry in self.state.entries if entry.words is not None and entry.kind in CLIENTS_WORDS]

    @precondition(lambda self: self.state.goals)
    @rule(words=ANY_WORDS, data=st.data(), crash=CRASH)
    def step(self, words: str, data: st.DataObject, crash: tuple[int, bool]) -> None:
        place = data.draw(st.integers(0, len(self.state.goals) - 1))
        self.recorder.enter(f"/goal #{place + 1}")
        goals = list(self.state.goals)
        goals[place] = (goals[place][0], (*goals[place][1], words))
        self.enter(f"/step {words} @ noon", replace(self.state, goals=tuple(goals)), crash=crash)

    @precondition(lambda self: self.shareable)
    @rule(data=st.data(), crash=CRASH)
    def share(self, data: st.DataObject, crash: tuple[int, bool]) -> None:
        some = data.draw(st.lists(st.sampled_from(self.shareable), min_size=1, unique=True))
        line = f"/share {' '.join(map(str, some))}"
        self.enter(line, replace(self.state, shared=(*self.state.shared, *some)), crash=crash)

    @precondition(lambda self: self.state.shared)
    @rule(data=st.data(), crash=CRASH)
    def take_out(self, data: st.DataObject, crash: tuple[int, bool]) -> None:
        n = data.draw(st.sampled_from(self.state.shared))
        left = tuple(other for other in self.state.shared if other != n)
        self.enter(f"/share -{n}", replace(self.state, shared=left), crash=crash)

    @rule(words=ANY_WORDS, crash=CRASH)
    def fact(self, words: str, crash: tuple[int, bool]) -> None:
        words = f"{self.recorder.state.notes.last_turn}.{words}"  # other words each time: the same would be no turn
        self.enter(f"/fact reach {words}", replace(self.state, reach=words), crash=crash)

    @property
    def shareable(self) -> list[int]:
        """What can be shared and is not yet."""
        entries = [entry for entry in self.state.entries if entry.words is not None and entry.kind in LISTS]
        return [entry.n for entry in entries if entry.n not in self.state.shared]

    @precondition(lambda self: self.state.entries)
    @rule(words=ANY_WORDS, data=st.data(), crash=CRASH)
    def edit(self, words: str, data: st.DataObject, crash: tuple[int, bool]) -> None:
        entry = self.state.entry(data.draw(st.sampled_from(self.state.shared or [e.n for e in self.state.entries])))
        self.enter(f"/edit {entry.n} {words}", self.state.with_entry(replace(entry, words=words)), crash=crash)

    @precondition(lambda self: self.typed)
    @rule(mark=st.sampled_from("+-"), talk=TYPES, data=st.data(), crash=CRASH)
    def retype(self, mark: str, talk: Talk | None, data: st.DataObject, crash: tuple[int, bool]) -> None:
        entry = replace(data.draw(st.sampled_from(self.typed)), kind=MARKS[mark], talk=talk)
        self.enter(f"/mark {entry.n} {mark}{talk or ''}", self.state.with_entry(entry), crash=crash)

    @property
    def typed(self) -> list[Said]:
        """What can be given a type."""
        return [entry for entry in self.state.entries if entry.kind in (Kind.SAID, Kind.CHANGE, Kind.SUSTAIN)]

    @precondition(lambda self: self.state.entries)
    @rule(mark=st.sampled_from(["=", "!", "?", "~", ">r", "said"]), data=st.data(), crash=CRASH)
    def mark_otherwise(self, mark: str, data: st.DataObject, crash: tuple[int, bool]) -> None:
        entry = data.draw(st.sampled_from(self.state.entries))
        kind = Kind.SAID if mark == "said" else MARKS[mark[0]]
        if entry.words is None and kind not in TALLIED:
            return
        star = entry.star and kind in CLIENTS_WORDS | {Kind.STRENGTH}
        changed = replace(entry, kind=kind, talk=None, act=Act.REFLECTION if mark == ">r" else None, star=star)
        left = tuple(n for n in self.state.shared if n != entry.n or kind in LISTS)
        after = replace(self.state.with_entry(changed), shared=left)
        self.enter(f"/mark {entry.n} {mark}", after, crash=crash)

    @precondition(lambda self: self.spoken)
    @rule(data=st.data(), crash=CRASH)
    def star(self, data: st.DataObject, crash: tuple[int, bool]) -> None:
        entry = data.draw(st.sampled_from(self.spoken))
        line = f"/star {'-' if entry.star else ''}{entry.n}"
        self.enter(line, self.state.with_entry(replace(entry, star=not entry.star)), crash=crash)

    @precondition(lambda self: any(entry.n not in self.state.origins for entry in self.state.entries))
    @rule(data=st.data(), crash=CRASH)
    def undo_entry(self, data: st.DataObject, crash: tuple[int, bool]) -> None:
        entry = data.draw(st.sampled_from([one for one in self.state.entries if one.n not in self.state.origins]))
        after = replace(
            self.state,
            entries=tuple(other for other in self.state.entries if other.n != entry.n),
            readings=tuple((ruler, value, None if n == entry.n else n) for ruler, value, n in self.state.readings),
            shared=tuple(n for n in self.state.shared if n != entry.n),
        )
        self.enter(f"/undo entry {entry.n}", after, crash=crash)

    @rule(crash=CRASH)
    def undo(self, crash: tuple[int, bool]) -> None:
        if not self.past:
            assert self.recorder.enter("/undo").error is None
            return
        past = self.past[:-1]
        before = len(self.past)
        self.enter("/undo", self.past[-1], crash=crash)
        if len(self.past) > before:
            self.past = past

    @rule(words=ANY_WORDS, nth=st.integers(1, 2), late=st.booleans())
    def the_disk_is_full(self, words: str, nth: int, late: bool) -> None:
        """Two lines that are not saved, or not wholly; the third, which is, saves them too."""
        for line, after, new in (
            (f"/goal .{words}", replace(self.state, goals=(*self.state.goals, (f".{words}", ()))), False),
            (f"! {words}", None, True),
        ):
            self.fault.set(nth if not new else 1, full(), late=late)
            assert self.recorder.enter(line).error is not None
            self.past.append(self.state)
            self.state = after or self.kept(Kind.STRENGTH, None, words)
            self.last_n += new
        self.enter(f"? {words}", self.kept(Kind.PARKED, None, words), new=True)

    @rule(
        line=st.sampled_from(
            ["", "/next", "/back", "/evoking", "/planning", "/recap", "/again", "/importance", "/nonsense", "/use 2"]
        )
    )
    def move(self, line: str) -> None:
        self.recorder.enter(line)

    @rule(pause=st.booleans(), crash=CRASH)
    def leave_and_resume(self, pause: bool, crash: tuple[int, bool]) -> None:
        if pause:
            assert self.recorder.pause() is None
        self.fault.set(crash[0], Crash(), late=crash[1])
        try:
            self.recorder = resume_failing(self.desk, self.fault)
        except Crash:
            self.fault.set(0, Crash())
            self.recorder = resume_failing(self.desk, self.fault)
        self.fault.set(0, Crash())

    @invariant()
    def everything_stands_as_typed(self) -> None:
        notes, plan, state = self.desk.notes, self.desk.store.plan(self.desk.client), self.state
        kept = [Said(one.n, one.kind, one.talk, one.words, one.act, one.star) for one in notes.entries]
        assert kept == list(state.entries)
        readings = [(reading.ruler, reading.value, reading.why) for reading in self.desk.session.readings]
        assert readings == list(state.readings)
        assert [(goal.words, tuple(step.words for step in goal.steps)) for goal in plan.goals] == list(state.goals)
        for field in set(LISTS.values()):
            copies = {state.entry(n).copy for n in state.shared if LISTS[state.entry(n).kind] == field}
            items = [Said(item.from_.n, item.kind, item.talk, item.words) for item in getattr(plan, field)]
            assert (set(items), len(items)) == (copies, len(copies))
        facts = self.desk.store.client_facts(self.desk.client)
        assert (facts.reach and facts.reach.words) == state.reach
        taken = {(reading.goal, reading.ruler): reading.value for reading in self.desk.session.readings}
        for goal in plan.goals:
            own = taken.get((goal.id, Ruler.IMPORTANCE)), taken.get((goal.id, Ruler.CONFIDENCE))
            assert (goal.importance, goal.confidence) == own, "a goal's own are the last taken about it"
        assert notes.last_n == self.last_n
        assert notes.last_turn >= self.last_turn
        self.last_turn = notes.last_turn

    def teardown(self) -> None:
        self.desk.crash()
        self.folder.cleanup()


TestInterview = Interview.TestCase
TestInterview.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
