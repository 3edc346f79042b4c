"""Whether a store is in a folder that other computers write to: a lock here does not bind them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from mi_cli.records.text_keys import SyncKind
from mi_cli.store.disk.system import mount_table

_NETWORK: Final = frozenset(
    {"9p", "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.sshfs", "glusterfs",
     "ncpfs", "nfs", "nfs4", "smb2", "smb3", "smbfs", "vboxsf"}
)  # fmt: skip
_SYNCED: Final = re.compile(
    r"(?:dropbox|onedrive|nextcloud|owncloud|google ?drive|icloud|mobile documents|pcloud|seafile|syncthing)\b.*",
    re.IGNORECASE,
)
_MARKS: Final = (".stfolder", ".dropbox", ".sync", ".seafile-data")  # what such programs leave in a folder they copy


@dataclass(frozen=True)
class Mount:
    """A mounted file system: where, and of which type."""

    at: PurePath
    kind: str


def mounts(mountinfo: str) -> list[Mount]:
    """Returns the mounts in the text of Linux's `/proc/self/mountinfo` (proc(5)); other lines are left out."""
    mounted = []
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) > 4 and after:
            at = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), fields[4])
            mounted.append(Mount(PurePath(at), after.split()[0]))
    return mounted


def shared(root: PurePath, mounted: Iterable[Mount], marked: Iterable[PurePath] = ()) -> SyncKind | None:
    """Returns why locks in that folder cannot be trusted; null when nothing speaks against them.

    `marked` are folders that a program for copying between computers has marked as its own.
    """
    under = [mount for mount in mounted if root.is_relative_to(mount.at)]
    nearest = max(under, key=lambda mount: len(mount.at.parts), default=None)
    if (nearest and nearest.kind in _NETWORK) or str(root).startswith(("\\\\", "//")):
        return SyncKind.NETWORK
    if any(_SYNCED.fullmatch(part) for part in root.parts) or any(root.is_relative_to(folder) for folder in marked):
        return SyncKind.SYNCED
    return None


def look(root: Path) -> SyncKind | None:
    """Returns `shared` for a folder on this computer; null also when that is unknown."""
    try:
        marked = [folder for folder in (root, *root.parents) for mark in _MARKS if (folder / mark).exists()]
        return shared(root.resolve(), mounts(mount_table()), marked)
    except OSError:
        return None
