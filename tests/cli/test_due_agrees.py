"""Every screen agrees on what is due: `mi today`, `mi`, `mi doctor`, `mi client show` and `mi note check`.

Whatever counselors did in whatever order, on whatever day somebody looks. What is due is also counted anew from the
records as a whole, which the screens never read for it.
"""

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from mi_cli.records.text_keys import DueKind
from mi_cli.words.days import day_in_words
from mi_cli.words.due import due_words
from tests.conftest import Ran

Mi = Callable[..., Ran]
CODES: Final = ("J-014", "K-200")
SIGN_WITHIN: Final = 3  # days, in every profile that comes with mi
LINES: Final = st.lists(
    st.sampled_from(["hello", "/safety overdose", "/safety done", "/goal Be there.", "/step Call Ana @ tomorrow",
                     "/step Walk @ 2026-11-20", "/review 2w", "/review 2026-11-05", "/end"]),
    min_size=1, max_size=6,
)  # fmt: skip
# What is typed, with a client's code in the place of CODE; the lines are its standard input.
TYPED: Final = (
    st.tuples(st.just(("session", "start", "CODE", "--new")), LINES)
    | st.tuples(st.just(("session", "resume", "CODE")), LINES)
    | st.sampled_from([
        (("note", "write", "CODE"), []),
        (("note", "sign", "CODE", "--yes"), []),
        (("contact", "add", "CODE", "-", "--kind", "missed"), ["Rang."]),
        (("client", "facts", "CODE", "appointment", "-"), ["2026-11-12"]),
        (("goals", "progress", "CODE", "-"), ["Slept."]),
        (("goals", "progress", "CODE", "--step", "1", "--as", "not"), []),
        (("goals", "drop", "CODE", "--yes"), []),
        (("session", "settle", "CODE", "-"), ["Told the nurse."]),
        (("session", "delete", "CODE", "--yes"), []),
        (("store", "backup", "backup", "--yes"), []),
    ])
)  # fmt: skip
ACTIONS: Final = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(CODES), TYPED), min_size=1, max_size=9)
VISIT: Final[Any] = (8, "J-014", (("session", "start", "CODE"), ["hello", "/end"]))
EVERYTHING: Final[list[Any]] = [
    (0, "K-200", (("session", "start", "CODE", "--new"), ["/safety overdose", "/end"])),
    (0, "J-014", (("session", "start", "CODE", "--new"), ["/goal Be there.", "/step Walk @ 2026-11-20", "/review 4w"])),
    (0, "J-014", (("session", "resume", "CODE"), ["/end"])),
    (0, "J-014", (("note", "write", "CODE"), [])),
    VISIT, VISIT, VISIT, (4, *VISIT[1:]),
    (0, "J-014", (("note", "write", "CODE"), [])),
]  # fmt: skip


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


def counted_anew(mi: Mi, today: date) -> Counter[tuple[str, str]]:
    """What the whole records say of notes, reviews, steps, concerns, interviews and plans, by kind and code."""
    found: Counter[tuple[str, str]] = Counter()
    started: dict[str, list[datetime]] = {code: [] for code in CODES}
    for row in mi("session", "list", "--limit", "99", "--json").json["items"]:
        session = mi("session", "show", row["id"], "--json").json["session"]
        started[row["client"]].append(datetime.fromisoformat(session["started_at"]))
        found[DueKind.PAUSED, row["client"]] += session["status"] != "closed"
        found[DueKind.SAFETY, row["client"]] += any(each["closed_at"] is None for each in session["safety"])
    for note in mi("note", "list", "--json").json["items"]:
        found[DueKind.NOTE, note["client"]] += note["state"] == "draft"
    for code in [item["client"] for item in mi("client", "list", "--json").json["items"]]:
        plan = mi("goals", "show", code, "--json").json
        for goal in plan["goals"]:
            if goal["status"] == "active":
                found[DueKind.REVIEW, code] += bool(goal["review_on"]) and goal["review_on"] <= str(today)
                for step in goal["steps"]:
                    late = bool(step["due"]) and step["due"] < str(today)
                    found[DueKind.STEP, code] += late and step["status"] == "open" and step["outcome"] is None
        client = mi("client", "show", code, "--json").json["client"]
        changed = datetime.fromisoformat(
            (plan if plan["goals"] else client)["updated_at" if plan["goals"] else "created_at"]
        )
        since = sorted(each for each in started[code] if each > changed)
        found[DueKind.PLAN, code] += len(since) >= 4 and (today - changed.date()).days >= 28
    return +found


def told(day: str) -> str:
    """The day as sentences have it."""
    return day_in_words(date.fromisoformat(day), "en")


@settings(  # each example runs some thirty commands; what fails is short enough to read as it is
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(st.sampled_from(["general", "us-nh"]), ACTIONS, st.integers(0, 40))
@example("us-nh", EVERYTHING, 3)
@example("us-nh", EVERYTHING[:-1], 0)
@example("general", EVERYTHING, 40)
def test_every_screen_agrees_on_what_is_due(
    mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, profile: str, actions: list[Any], later: int
) -> None:
    clock, words = Clock(), due_words("en")
    monkeypatch.setattr("mi_cli.cli.surroundings.moment", clock)
    monkeypatch.setattr("mi_cli.cli.context.moment", clock)
    home = tmp_path / str(len(list(tmp_path.iterdir())))
    monkeypatch.setenv("MI_STORE", str(home / "store"))
    monkeypatch.chdir(tmp_path)
    assert mi("store", "init", "--unprotected").code == 0
    for key, value in (("credentials", "LCDC"), ("counselor", "A. Counselor"), ("note.profile", profile)):
        assert mi("config", "set", key, value).code == 0
    for days, code, (typed, lines) in actions:
        clock.time += timedelta(days=days)
        mi(*(code if word == "CODE" else word for word in typed), lines="".join(f"{line}\n" for line in lines))
    clock.time += timedelta(days=later)

    ran = mi("today", "--json")
    assert (ran.code, ran.err) == (0, "")
    items = ran.json["items"]
    kinds = Counter(item["kind"] for item in items)
    counts = [words.counts[kind].format(n=kinds[kind]) for kind in DueKind if kinds[kind]]
    for screen in (mi(), mi("doctor")):
        assert [line.strip() for line in screen.out.splitlines() if line.strip() in counts] == counts
    for item in mi("client", "list", "--json").json["items"]:
        shown = mi("client", "show", item["client"], "--json").json["due"]
        assert shown == [each for each in items if each["client"] == item["client"]]

    anew = counted_anew(mi, clock.time.date())
    of_records = {DueKind.PAUSED, DueKind.SAFETY, DueKind.NOTE, DueKind.REVIEW, DueKind.STEP, DueKind.PLAN}
    if profile != "us-nh":
        anew = Counter({key: n for key, n in anew.items() if key[0] != DueKind.PLAN})
    assert Counter((item["kind"], item["client"]) for item in items if item["kind"] in of_records) == anew

    checked = {item["note"]: item["findings"] for item in mi("note", "check", "--json").json["items"]}
    notes = mi("note", "list", "--json").json["items"]
    for note in notes:
        said = checked[note["id"]]
        waiting = [item["days"] for item in items if (item["kind"], item["record"]) == (DueKind.NOTE, note["id"])]
        late = [int(days) for one in said for days in re.findall(r"Not signed: (\d+) days? late", one)]
        assert late == [days - SIGN_WITHIN for days in waiting if days > SIGN_WITHIN]
        assert any("Not signed. It is due on" in one for one in said) is (waiting != [] and late == [])
        reviews = {
            told(item["on"]) for item in items if item["kind"] == DueKind.REVIEW and item["record"] in note["goals"]
        }
        assert {
            day for one in said for day in re.findall(r"review of a goal that it names is due: (.+?)\.", one)
        } == reviews
    with_plan_due = {item["client"]: told(item["on"]) for item in items if item["kind"] == DueKind.PLAN}
    for code in {note["client"] for note in notes}:
        own = [one for note in notes if note["client"] == code for one in checked[note["id"]]]
        named = {day for one in own for day in re.findall(r"looked at again since ([^:]+):", one)}
        assert named == ({with_plan_due[code]} if code in with_plan_due else set())
