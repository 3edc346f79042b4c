"""What the installed package contains beside the code."""

import re
import sys
import tomllib
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


def test_the_wheel_holds_the_marker_of_types_the_prompts_the_font_and_the_man_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hatchling = pytest.importorskip("hatchling.build", reason="hatchling builds the wheel; it is among the dev extras")
    monkeypatch.chdir(ROOT)
    wheel = tmp_path / hatchling.build_wheel(str(tmp_path))
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"mi_cli/py.typed", "mi_cli/_data/prompts/en/evoking.toml", "mi_cli/_data/prompts/es/evoking.toml"} <= names
    assert any(name.endswith("share/man/man1/mi.1") for name in names)
    styles = ("Regular", "Bold", "Italic", "BoldItalic")
    fonts = {f"mi_cli/handoff/fonts/AtkinsonHyperlegible-{style}.ttf" for style in styles}
    assert fonts | {"mi_cli/handoff/fonts/OFL.txt"} <= names
    assert not any(name.startswith("tests/") for name in names)


def test_the_classifiers_name_the_python_that_runs_the_tests() -> None:
    classifiers = distribution("mi-cli").metadata.get_all("Classifier") or []
    assert f"Programming Language :: Python :: {sys.version_info[0]}.{sys.version_info[1]}" in classifiers


def test_the_lock_file_pins_every_dependency_with_a_hash() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    entries = (ROOT / "requirements" / "dev.txt").read_text("utf-8").replace("\\\n", "").splitlines()[1:]
    assert all(re.search(r" --hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    pinned = {wanted.name: wanted for entry in entries if (wanted := Requirement(entry.partition(" --hash")[0]))}
    for line in project["dependencies"] + project["optional-dependencies"]["dev"]:
        wanted = Requirement(line)
        [pin] = pinned[wanted.name.replace(".", "-")].specifier
        assert pin.operator == "=="
        assert pin.version in wanted.specifier, line
