"""Where a lock cannot be trusted is said."""

from pathlib import Path, PurePosixPath

import pytest

from mi_cli.records.text_keys import SyncKind
from mi_cli.store.upkeep.shared_folder import look, mounts, shared

MOUNTINFO = r"""
21 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 21 0:26 / /home/a/team rw,relatime shared:9 - cifs //server/team rw,vers=3.0
31 21 0:27 / /mnt/with\040space rw - nfs4 server:/export rw
32 30 254:2 / /home/a/team/local rw - xfs /dev/vdb rw
not a line of it
"""


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/home/a/.local/share/mi/store", None),
        ("/home/a/team/mi", SyncKind.NETWORK),
        ("/home/a/teamwork/mi", None),
        ("/home/a/team/local/mi", None),
        ("/mnt/with space/mi", SyncKind.NETWORK),
        ("//server/share/mi", SyncKind.NETWORK),
        ("/home/a/Dropbox/mi", SyncKind.SYNCED),
        ("/home/a/OneDrive - Agency/mi", SyncKind.SYNCED),
        ("/home/a/Dropboxes/mi", None),
        ("/home/a/marked/deep/mi", SyncKind.SYNCED),
    ],
)
def test_a_folder_that_others_write_to_is_told_apart(folder: str, expected: SyncKind | None) -> None:
    assert shared(PurePosixPath(folder), mounts(MOUNTINFO), [PurePosixPath("/home/a/marked")]) is expected


def test_a_folder_marked_by_a_program_for_copying_is_noticed(tmp_path: Path) -> None:
    assert look(tmp_path / "store") is None
    (tmp_path / ".stfolder").mkdir()
    assert look(tmp_path / "store") is SyncKind.SYNCED
