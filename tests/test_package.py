"""What the installed package contains beside the code."""

import re
import subprocess
import sys
import tarfile
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


def test_the_source_package_holds_every_file_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hatchling = pytest.importorskip("hatchling.build", reason="hatchling builds it; it is among the dev extras")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if tracked.returncode:
        pytest.skip("this is no checkout")
    monkeypatch.chdir(ROOT)
    with tarfile.open(tmp_path / hatchling.build_sdist(str(tmp_path))) as package:
        names = {name.partition("/")[2] for name in package.getnames()}
    there = {name for name in tracked.stdout.decode().split("\0") if name and (ROOT / name).exists()}
    assert not there - names


def test_the_classifiers_name_the_python_that_runs_the_tests() -> None:
    classifiers = distribution("mi-cli").metadata.get_all("Classifier") or []
    assert f"Programming Language :: Python :: {sys.version_info[0]}.{sys.version_info[1]}" in classifiers


def test_each_dependency_has_its_reason_in_contributing_and_no_other_library_has_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    used = {Requirement(line).name for lines in (project["dependencies"], *extras) for line in lines}
    _, _, tables = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("\n## Dependencies\n")
    cells = [line.split("|")[1] for line in tables.splitlines() if line.startswith("|")]
    named = {name for cell in cells for name in re.findall(r"[a-z][\w.-]+", re.sub(r"\]\(.*?\)", "", cell))}
    assert named - {"library"} == used


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
