"""What other programs and scripts rely on: one JSON document, its keys, the exit codes, and that nothing hangs."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import Ran

Mi = Callable[..., Ran]

INTERVIEW = """one
+d want
-
! kind
? parked
/value son
/importance 7 because
/goal Be there
/step Ring @ noon
/support Ann: drives
/barrier rain -> bus
/progress rang
/review 4w
/share 2 4 5 6
/end Ring.
"""

LISTS = {
    ("session", "list"): {
        "id", "client", "counselor", "status", "started_at", "ended_at", "minutes", "stages", "change", "sustain",
    },
    ("client", "list"): {"client", "id", "language", "counselor", "sessions", "last"},
    ("prompts", "list"): {"name", "title", "language", "version", "prompts", "digest"},
    ("store", "trash", "list"): {"id", "what", "client", "deleted_at"},
    ("store", "aside", "list"): {"name", "client", "set_aside_at"},
}  # fmt: skip


@pytest.fixture
def kept(mi: Mi) -> Mi:
    """A store with a closed interview with J-014."""
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", lines=INTERVIEW).code == 0
    return mi


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_a_list_is_one_document_with_these_keys(kept: Mi, tmp_path: Path, command: tuple[str, ...]) -> None:
    assert kept("session", "start", "J-099", lines="x\n").code == 0
    assert kept("session", "delete", "J-099", "--yes").code == 0
    (tmp_path / "store" / "clients (1).json").write_text("a copy that a sync left")
    assert kept("store", "check", "--repair").code == 0
    ran = kept(*command, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert set(ran.json) == {"schema", "items", "damaged"}
    assert ran.json["schema"] == "mi.list/1"
    assert ran.json["damaged"] == []
    assert ran.json["items"]
    for item in ran.json["items"]:
        assert set(item) == LISTS[command]


def test_an_empty_list_is_a_list(mi: Mi) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    for command in (
        ("session", "list"),
        ("client", "list"),
        ("goals", "list"),
        ("store", "trash", "list"),
        ("store", "aside"),
    ):
        assert mi(*command, "--json").json == {"schema": "mi.list/1", "items": [], "damaged": []}
        ran = mi(*command)
        assert ran.code == 0
        assert ran.out == ""
        assert ran.err.count("\n") == 1


def test_goals_as_json(kept: Mi) -> None:
    [item] = kept("goals", "list", "--json").json["items"]
    assert item["client"] == "J-014"
    assert {"id", "words", "from", "steps", "supports", "barriers", "status", "review_on"} <= set(item)
    shown = kept("goals", "show", "J-014", "--json").json
    assert shown["schema"] == "mi.plan/2"
    assert [entry["words"] for name in ("talk", "strengths", "parked", "values") for entry in shown[name]] == [
        "want", "kind", "parked", "son",
    ]  # fmt: skip


def test_every_record_is_what_its_schema_says(kept: Mi, tmp_path: Path) -> None:
    kept("client", "edit", "J-014", "--name", lines="Invented Person\n")
    kept("session", "amend", "last", "-", lines="It was Tuesday.\n")
    kept("client", "facts", "J-014", "target", "-", lines="driving after drinking\n")
    kept("client", "facts", "J-014", "mandate", "-", lines="the court\n")
    store = tmp_path / "store"
    patterns = {
        "session": "clients/*/sessions/*.json",
        "notes": "clients/*/notes/*.json",
        "plan": "clients/*/plan.json",
        "client": "clients/*/client.json",
        "identity": "clients/*/identity.json",
        "facts": "clients/*/facts.json",
        "clients": "clients.json",
        "store": "store.json",
    }
    assert set(kept("schema").out.split()) >= set(patterns)
    for name, pattern in patterns.items():
        schema = kept("schema", name).json
        jsonschema.Draft202012Validator.check_schema(schema)
        [path] = store.glob(pattern)
        record: dict[str, Any] = json.loads(path.read_bytes())
        assert record["schema"] == schema["$id"]
        jsonschema.validate(record, schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**record, "revision": 0}, schema)


def test_the_newest_stand_first_and_can_be_chosen_from(kept: Mi) -> None:
    for day in ("01", "03", "02"):
        times = ("--started", f"2026-10-{day}T10:00+00:00", "--ended", f"2026-10-{day}T10:50+00:00")
        assert kept("session", "start", "K-1", *times, "--counselor", "Ann", lines="x\n/end\n").code == 0
    assert kept("session", "start", "K-2", lines="x\n").code == 0

    def items(*options: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = kept("session", "list", "--json", *options).json["items"]
        return found

    days = [item["started_at"][8:10] for item in items("--client", "k-1")]
    assert days == ["03", "02", "01"]
    assert len(items()) == 5
    assert len(items("--limit", "2")) == 2
    assert [item["started_at"][8:10] for item in items("--client", "K-1", "--since", "2026-10-02")] == ["03", "02"]
    assert [item["client"] for item in items("--status", "paused")] == ["K-2"]
    assert [item["counselor"] for item in items("--client", "K-1", "--limit", "1")] == ["Ann"]
    assert kept("session", "list", "--client", "nobody").code == 1
    for options in (("--limit", "0"), ("--limit", "x"), ("--status", "x"), ("--since", "x")):
        assert kept("session", "list", *options).code == 2


SECRET = "he drinks alone"


@pytest.mark.parametrize(
    "arguments",
    [
        ("goals", "show", "J-014", *SECRET.split()),
        ("goals", "show", "J-014", SECRET),
        ("goals", "list", SECRET),
        ("goals", SECRET),
        ("goals", "show", "J-014", f"--{SECRET}"),
        ("session", "amend", "last", SECRET),
        ("session", "start", SECRET),
        ("session", "start", "J-014", SECRET),
        ("session", "start", "J-014", "--set", SECRET),
        ("session", "show", SECRET),
        ("session", "delete", "last", SECRET),
        ("client", "add", SECRET),
        ("client", "edit", "J-014", "--code", SECRET),
        ("client", "edit", "J-014", "--name", SECRET),
        ("prompts", "show", "en", SECRET),
        ("store", "trash", "restore", SECRET),
        ("schema", SECRET),
        ("config", "set", SECRET, SECRET),
        ("config", "set", "show_tally", SECRET),
        (SECRET,),
        tuple(SECRET.split()),
    ],
    ids=" ".join,
)
def test_words_on_the_command_line_are_refused_and_not_repeated(kept: Mi, arguments: tuple[str, ...]) -> None:
    ran = kept(*arguments, lines="x\n")
    assert ran.code in (1, 2)
    assert "drinks" not in ran.out + ran.err
    assert "alone" not in ran.out + ran.err


def test_what_destroys_needs_a_yes(kept: Mi) -> None:
    kept("session", "start", "J-020", lines="x\n/end\n")
    for arguments in (("session", "delete", "last"), ("client", "delete", "J-014"), ("store", "trash", "purge")):
        ran = kept(*arguments, lines="y\n")
        assert ran.code == 2
        assert "--yes" in ran.err
    assert len(kept("session", "list", "--json").json["items"]) == 2


def test_what_another_process_holds_is_left_alone(kept: Mi, tmp_path: Path) -> None:
    assert kept("session", "start", "J-020", lines="x\n").code == 0
    session_id = kept("session", "list", "--status", "paused", "--json").json["items"][0]["id"]
    lock = tmp_path / "store" / "locks" / f"{session_id}.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("wb") as held:
        held.write(b'{"counselor": "Ann", "pid": 1, "since": "2026-11-23T14:05+00:00"}')
        held.flush()
        fcntl.flock(held, fcntl.LOCK_EX)
        for arguments in (("session", "resume"), ("session", "delete", "J-020", "--yes")):
            ran = kept(*arguments)
            assert ran.code == 6
            assert "by Ann (process 1) since November 23, 2026, 14:05" in ran.err
    assert kept("session", "resume", lines="y\n/end\n").code == 0


def test_controls_in_what_is_no_words_are_harmless_too(kept: Mi) -> None:
    assert kept("session", "start", "J-020", "--counselor", "\x1b[31mAnn\x07", lines="x\n").code == 0
    for arguments in (
        ("session", "list"),
        ("session", "show", "last"),
        ("client", "list"),
        ("client", "show", "J-020"),
    ):
        assert "\x1b" not in kept(*arguments).out
        assert "\x1b" not in kept(*arguments, "--json").out


@pytest.mark.parametrize(
    "group", ["", "session", "goals", "client", "consent", "disclosures", "prompts", "store", "config"]
)
def test_no_line_of_a_list_of_commands_is_cut_short(mi: Mi, group: str) -> None:
    assert "..." not in mi(*group.split(), "--help").out.partition("Commands:")[2]


@pytest.mark.parametrize("command", ["schema", "doctor", ""])
def test_the_rest_has_help_too(mi: Mi, command: str) -> None:
    ran = mi(*command.split(), "--help")
    assert ran.code == 0
    assert "Usage: mi" in ran.out


def whole(home: Path, command: str) -> subprocess.CompletedProcess[str]:
    """A command line for a shell, in a process of its own."""
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "MI_STORE": str(home / "store"), "LANG": "C.UTF-8"}
    mi = f"'{sys.executable}' -m mi_cli"
    return subprocess.run(
        ["/bin/sh", "-c", command.replace("mi ", f"{mi} ")],
        capture_output=True, text=True, env=env, timeout=120, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_whoever_reads_may_stop_early(tmp_path: Path) -> None:
    ran = whole(tmp_path, "{ mi prompts show; echo $? >&2; } | head -n 1")
    assert ran.stdout.count("\n") == 1
    assert ran.stderr == "0\n"
    ran = whole(tmp_path, "{ mi schema session; echo $? >&2; } | true")
    assert ran.stderr == "0\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_could_not_be_written_is_a_failure(tmp_path: Path) -> None:
    for command in ("mi schema session", "mi prompts show"):
        ran = whole(tmp_path, f"{command} > /dev/full")
        assert ran.returncode == 1
        assert ran.stderr == "Not all of the output could be written.\nNo space left on device.\n"


def test_an_interview_outlives_its_output(tmp_path: Path) -> None:
    assert whole(tmp_path, "mi store init --unprotected").returncode == 0
    ran = whole(tmp_path, r"printf 'one\n/checks\ntwo\n/end\n' | mi session start J-1 > /dev/full")
    assert ran.returncode == 1
    assert ran.stderr == "Not all of the output could be written.\nNo space left on device.\n"
    kept = json.loads(whole(tmp_path, "mi session show last --json").stdout)
    assert [entry["words"] for entry in kept["notes"]["entries"]] == ["one", "two"]


def test_closed_standard_streams_are_no_fault(tmp_path: Path) -> None:
    assert whole(tmp_path, "mi store init --unprotected").returncode == 0
    ran = whole(tmp_path, "mi session start J-1 <&-")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert whole(tmp_path, "mi client add J-2 --name <&-").returncode == 2
    assert whole(tmp_path, "mi session list >&-").returncode == 0
    assert whole(tmp_path, "mi session show nosuch 2>&-").returncode == 1


def test_an_answer_without_a_terminal_is_asked_for_in_vain(mi: Mi) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", lines="/end\n").code == 0  # a code is made up
    assert mi("session", "amend", "last").code == 2
    assert mi("session", "delete", "last").code == 2
