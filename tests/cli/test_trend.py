"""`mi trend`: the way so far, on the screen, for programs, and as a page for the client."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Mi = Callable[..., Ran]
FORBIDDEN = ("→", "↑", "↓", "trend", "score", "forecast", "%")


def visit(mi: Mi, day: str, *lines: str) -> None:
    times = ("--started", f"{day}T14:00", "--ended", f"{day}T14:45")
    assert mi("session", "start", "J-014", *times, lines="".join(f"{line}\n" for line in lines)).code == 0


@pytest.fixture(params=["plain", "protected"])
def here(request: pytest.FixtureRequest, mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mi:
    """A store of either kind with three visits, a missed one between, and a step that was done."""
    if request.param == "protected":
        (tmp_path / "passphrase").write_text("correct horse battery staple\n")
        monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    assert mi("store", "init", *(["--unprotected"] if request.param == "plain" else [])).code == 0
    visit(
        mi, "2026-09-03", "/focus drinking", "/importance 7 why", "/confidence 0", "+", "- no", "/goal G", "/step call"
    )
    visit(mi, "2026-09-17", "/focus drinking", "/confidence 3", *["+"] * 16, *["-"] * 5, "/lapse Friday", "/done")
    visit(mi, "2026-09-24", "/confidence 5", "+")
    assert mi("contact", "add", "J-014", "--kind", "missed", "--at", "2026-09-20T10:00").code == 0
    return mi


def test_readings_marks_and_steps_stand_visit_by_visit(here: Mi) -> None:
    ran = here("trend", "J-014")
    assert (ran.code, ran.err) == (0, "")
    rows = [line.split() for line in ran.out.splitlines()]
    assert ["2026-09-03", "7", "0", "2", ":", "1", "0"] in rows
    assert ["2026-09-17", "–", "3", "16", ":", "5", "1"] in rows
    assert ["2026-09-24", "5", "1", ":", "0"] in rows  # names no target, and stands by itself
    assert "confidence: asked at 2 of 3 visits" in ran.out
    assert "2026-09-17: 76 %, 95 % interval 55 to 89 %" in ran.out
    assert ran.out.index("2026-09-17  a lapse, as told") < ran.out.index("2026-09-20  visit not kept")
    assert "Friday" not in ran.out
    assert not any(sign in ran.out for sign in FORBIDDEN[:-1])


def test_json_and_csv_say_the_same_and_a_gap_is_no_row(here: Mi) -> None:
    found = here("trend", "J-014", "--json").json
    assert found["schema"] == "mi.trend/1"
    target = next(about for about in found["about"] if about["name"] == "drinking")
    assert [cell["readings"] for cell in target["visits"]] == [
        {"importance": [7], "confidence": [0]},
        {"confidence": [3]},
        {},
    ]
    assert [cell["share"] is None for cell in target["visits"]] == [True, False, True]
    rows = list(csv.DictReader(io.StringIO(here("trend", "J-014", "--csv").out)))
    told = [(row["day"], row["what"], row["value"]) for row in rows if row["target"] == target["target"]]
    assert ("2026-09-03", "confidence", "0") in told
    assert not any(day == "2026-09-24" for day, *_ in told)
    assert ("2026-09-20", "contact", "missed") in [(row["day"], row["what"], row["value"]) for row in rows]
    assert here("trend", "J-014", "--json", "--csv").code == 2


def test_a_name_that_a_spreadsheet_would_compute_is_text(here: Mi) -> None:
    visit(here, "2026-10-01", "/focus =1+1", "/confidence 4")
    rows = list(csv.DictReader(io.StringIO(here("trend", "J-014", "--csv").out)))
    assert "'=1+1" in {row["about"] for row in rows}


@pytest.mark.parametrize("ending", ["md", "html", "pdf", "docx"])
def test_the_page_is_a_clients_copy_and_is_logged(here: Mi, tmp_path: Path, ending: str) -> None:
    page = tmp_path / f"way.{ending}"
    ran = here("trend", "J-014", "-o", str(page))
    assert ran.code == 0, ran.err
    [entry] = here("disclosures", "list", "--json").json["items"]
    assert (entry["basis"], entry["format"], entry["recipient"]) == ("client-copy", ending, None)
    if ending in ("md", "html"):
        text = re.sub(r'<span class="unbroken">(.*?)</span>', r"\1", page.read_text())
        assert "drinking" in text
        assert "a lapse, as told" in text
        assert "Thursday, September 17, 2026" in text
        assert "2026-" not in text.partition("<body")[2] if ending == "html" else "2026-" not in text
        assert not any(word in text for word in ("16 : 5", "Friday", "visit not kept", "J-014", "change :"))
    assert here("trend", "J-014", "-o", str(page)).code == 2  # nobody can be asked whether to write over it
    assert here("trend", "J-014", "-o", str(page), "--yes").code == 0


def test_a_page_has_a_format_that_people_read(here: Mi, tmp_path: Path) -> None:
    assert here("trend", "J-014", "-o", str(tmp_path / "way.json")).code == 2
    assert here("trend", "J-014", "-o", str(tmp_path / "store" / "way.md")).code == 2
    assert here("disclosures", "list", "--json").json["items"] == []


def test_what_cannot_be_read_is_named_and_is_a_gap(here: Mi, tmp_path: Path) -> None:
    next(iter((tmp_path / "store").glob("**/notes/20260917*.json"))).write_text("{")
    ran = here("trend", "J-014")
    assert ran.code == 0
    assert "notes/20260917" in ran.err
    assert ["2026-09-17", "–", "3", "–", "1"] in [line.split() for line in ran.out.splitlines()]


def test_nothing_recorded_says_so(mi: Mi) -> None:
    mi("store", "init", "--unprotected")
    mi("client", "add", "J-014")
    ran = mi("trend", "J-014")
    assert (ran.code, ran.out) == (0, "")
    assert "Nothing is recorded yet." in ran.err
    assert mi("trend", "K-200").code == 1
