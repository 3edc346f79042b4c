"""What SECURITY.md says about opening a store without this program holds, to the letter."""

import re
import subprocess
import sys
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from tests.builders import PASSPHRASE, protected_store
from tests.conftest import Desk, Ticking

TEXT = Path(__file__).parents[2] / "SECURITY.md"


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    found = re.search(r"```python\n(.*?)```", TEXT.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    script = tmp_path / "open.py"
    script.write_text(found[1], encoding="utf-8")
    return script


def test_the_recipe_opens_notes_plan_and_facts(tmp_path: Path, recipe: Path) -> None:
    ids = (f"{number:08d}" for number in count(1))
    store = protected_store(tmp_path / "store", Ticking(), lambda: next(ids))
    with ExitStack() as held:
        desk = Desk(store, store.add_client("J-014", "en"), held)
        desk.begin("+d Zwetschge", "/goal Mirabelle", "/end")
    layout = store.layout
    for path, word in (
        (layout.notes(desk.ref), "Zwetschge"),
        (layout.plan(desk.client), "Mirabelle"),
        (layout.session(desk.ref), "mi.session/2"),
    ):
        command = [sys.executable, str(recipe), str(layout.root), str(path)]
        ran = subprocess.run(command, input=f"{PASSPHRASE}\n", capture_output=True, text=True, check=True)
        assert word in ran.stdout
