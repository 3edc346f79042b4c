"""What is in memory while `mi` runs gets neither into a core file nor to other programs of the same account."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import PASSPHRASE

_RUN = "import sys; from mi_cli.__main__ import main; main(); "


def after_a_command(tmp_path: Path, code: str, *arguments: str, passphrase: bool = False) -> str:
    """Returns the last line that this code prints in a process that has run a command of `mi`."""
    folders = {"XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config", "MI_STORE": "store"}
    environment = os.environ | {name: str(tmp_path / folder) for name, folder in folders.items()}
    if passphrase:
        (tmp_path / "passphrase").write_text(PASSPHRASE)
        environment["MI_PASSWORD_FILE"] = str(tmp_path / "passphrase")
    command = [sys.executable, "-c", _RUN + code, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    return done.stdout.decode().splitlines()[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes no core files")
def test_no_core_file_is_made(tmp_path: Path) -> None:
    code = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
    assert after_a_command(tmp_path, code, "config", "path") == "(0, 0)"


@pytest.mark.skipif(sys.platform != "linux", reason="needs prctl(2)")
@pytest.mark.parametrize("passphrase", [False, True])
def test_no_other_program_of_the_account_can_read_it(tmp_path: Path, passphrase: bool) -> None:
    """Neither where records are read, nor where a light command opens a protected store."""
    get_dumpable = 3
    code = f"import ctypes; print(ctypes.CDLL(None).prctl({get_dumpable}, 0, 0, 0, 0))"
    made = ("store", "init", *([] if passphrase else ["--unprotected"]))
    assert after_a_command(tmp_path, code, *made, passphrase=passphrase) == "0"
    command = ("session", "list") if passphrase else ("consent", "list")
    assert after_a_command(tmp_path, code, *command, passphrase=passphrase) == "0"
