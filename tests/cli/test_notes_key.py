"""What makes a handoff does its work without the notes' key."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran


def test_a_handoff_needs_no_notes_key(mi: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("Zwetschgen im Keller, sieben Glas", encoding="utf-8")
    monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "secret"))
    assert mi("store", "init").code == 0
    assert mi("session", "start", "J-014", lines="+d Mirabelle\n/goal Zwetschge\n/share 1\n/end\n").code == 0
    keys = tmp_path / "store" / "keys.json"
    document = json.loads(keys.read_bytes())
    del document["notes"]
    keys.write_text(json.dumps(document), encoding="utf-8")
    assert mi("session", "show", "last").code == 5
    for command in (
        ("goals", "show", "J-014"),
        ("consent", "list"),
        ("disclosures", "list"),
        ("session", "list"),
        ("goals", "export", "J-014", "--client-copy", "-o", str(tmp_path / "own.html")),
    ):
        ran = mi(*command)
        assert ran.code == 0, (command, ran.err)
    assert "Zwetschge" in (tmp_path / "own.html").read_text(encoding="utf-8")
