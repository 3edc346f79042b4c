"""What the installed package contains beside the code."""

import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_the_wheel_holds_the_marker_of_types_the_prompts_and_the_man_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hatchling = pytest.importorskip("hatchling.build", reason="hatchling builds the wheel; it is among the dev extras")
    monkeypatch.chdir(ROOT)
    wheel = tmp_path / hatchling.build_wheel(str(tmp_path))
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"mi_cli/py.typed", "mi_cli/_data/prompts/en/evoking.toml", "mi_cli/_data/prompts/es/evoking.toml"} <= names
    assert any(name.endswith("share/man/man1/mi.1") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_the_classifiers_name_the_python_that_runs_the_tests() -> None:
    classifiers = distribution("mi-cli").metadata.get_all("Classifier") or []
    assert f"Programming Language :: Python :: {sys.version_info[0]}.{sys.version_info[1]}" in classifiers
