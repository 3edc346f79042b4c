"""The commands that work on a whole store: in which store each begins, and how it is seen that it is done."""

from collections.abc import Callable
from pathlib import Path

from mi_cli.records.terms import Protection
from mi_cli.store.disk.atomic import TEMPORARY
from mi_cli.store.keys.keyfile import KeyFile, WrongKey
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep import trash
from mi_cli.store.upkeep.backup import open_backup
from tests.builders import PASSPHRASE
from tests.faults.system_calls import SECRET, store_at

ANOTHER = "some quite different invented words"


def unlocked(root: Path) -> tuple[JsonStore, str]:
    """The store as it is protected now, and the passphrase that opens it."""
    protection = Catalog(root).protection
    if protection is Protection.NONE:
        return store_at(root), PASSPHRASE
    for passphrase in (PASSPHRASE, ANOTHER):
        try:
            keys = KeyFile.read(root).unlocked(passphrase, mixed=protection is not Protection.PASSPHRASE)
        except WrongKey:
            continue
        return store_at(root, keys), passphrase
    raise AssertionError("nothing opens it")


def is_plain(root: Path) -> bool:
    return Catalog(root).protection is Protection.NONE and not list(root.rglob("*key*.json"))


def is_sealed(root: Path) -> bool:
    in_the_open = [path for path in root.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    return Catalog(root).protection is Protection.PASSPHRASE and not in_the_open


def opens_with_another(root: Path) -> bool:
    return unlocked(root)[1] == ANOTHER


def has_supervisor(root: Path) -> bool:
    return KeyFile.read(root).has_supervisor


def is_purged(root: Path) -> bool:
    return not trash.items(unlocked(root)[0])


CASES: dict[str, tuple[str, tuple[str, ...], Callable[[Path], bool]]] = {
    "protect": ("plain", ("store", "protect"), is_sealed),
    "unprotect": ("protected", ("store", "unprotect", "--yes"), is_plain),
    "passphrase": ("protected", ("store", "passphrase"), opens_with_another),
    "recovery": ("protected", ("store", "recovery", "--no-notes", "--public-key", "public"), has_supervisor),
    "recover": ("with a supervisor", ("store", "recover", "--key", "private"), opens_with_another),
    "purge": ("with a client in the trash", ("store", "trash", "purge", "--yes"), is_purged),
}
DONE = ("protected already", "not protected")  # what is said when the last call alone had failed


def files(root: Path) -> dict[str, bytes]:
    """Every file there but locks, temporary files, and the log, which goes on."""
    left_out = (".lock", TEMPORARY, "log.jsonl")
    found = (path for path in root.rglob("*") if path.is_file() and not path.name.endswith(left_out))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def in_backup(path: Path) -> dict[str, bytes]:
    with open_backup(path) as backup:
        return {name: backup.read(name) for name in backup.files if name != "log.jsonl"}
