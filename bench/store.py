"""Make a store of many sessions: one real interview, entered by `mi` itself, then copied under other ids and days."""

import argparse
import datetime
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from measure import HERE, MI, PASSPHRASE, environment

LINES: Final = HERE.parent / "tests" / "journeys" / "interviews" / "interview-alcohol.txt"
DAY: Final = "2026-01-05"
PER_DAY: Final = 20


def make(folder: Path, sessions: int, clients: int) -> Path:
    """A store in `folder`: the sessions go round the clients, twenty of them on each day. The store's path."""
    store = folder / "store"
    env = environment(folder, store)
    subprocess.run([MI, "store", "init", "--unprotected"], env=env, check=True, stdout=subprocess.DEVNULL)
    times = ["--started", f"{DAY}T14:00+00:00", "--ended", f"{DAY}T14:50+00:00"]
    with LINES.open() as lines:
        arguments = [MI, "session", "start", "J-000", *times]
        subprocess.run(arguments, env=env, stdin=lines, stdout=subprocess.DEVNULL, check=True)
    _copy(store, sessions, clients)
    # The copies are changes from outside the program: what they may be is confirmed, as a counselor would.
    confirm = [MI, "store", "check", "--confirm", "--yes"]
    subprocess.run(confirm, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return store


def protect(folder: Path, store: Path) -> None:
    """Put the store under a passphrase, which is left beside it."""
    (folder / PASSPHRASE).write_text("plume ocean tactics river humble ninety\n")
    subprocess.run([MI, "store", "protect"], env=environment(folder, store), check=True, stdout=subprocess.DEVNULL)


def _copy(store: Path, sessions: int, clients: int) -> None:
    (first,) = (store / "clients").iterdir()
    (facts,) = (first / "sessions").iterdir()
    session_id = facts.stem[-8:]
    texts = {name: (first / name).read_text() for name in ("client.json", "plan.json", "facts.json")}
    kept = {part: (first / part / facts.name).read_text() for part in ("sessions", "notes")}

    def written(path: Path, text: str, client: str, session: str, day: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = text.replace(first.name, client).replace(session_id, session).replace(DAY, day)
        path.write_text(text)
        path.chmod(0o600)

    for number in range(sessions):
        client, session = f"c{number % clients:07}", f"s{number:07}"
        day = str(datetime.date.fromisoformat(DAY) - datetime.timedelta(days=number // PER_DAY))
        own = store / "clients" / client
        for part, text in kept.items():
            written(own / part / f"{day.replace('-', '')}T140000Z-{session}.json", text, client, session, day)
        if number < clients:
            for name, text in texts.items():
                written(own / name, text, client, session, day)
    codes = store / "clients.json"
    listed = ",\n".join(f'    "J-{number:03}": "c{number:07}"' for number in range(min(clients, sessions)))
    codes.write_text(codes.read_text().replace(f'    "J-000": "{first.name}"', listed))
    shutil.rmtree(first)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=400)
    parser.add_argument("--damaged", action="store_true", help="cut the newest session's file short")
    parser.add_argument("--protected", action="store_true", help="put it under a passphrase")
    given = parser.parse_args()
    given.folder.mkdir(parents=True)
    store = make(given.folder, given.sessions, given.clients)
    if given.protected:
        protect(given.folder, store)
    if given.damaged:
        os.truncate(max(store.glob("clients/*/sessions/*"), key=lambda path: path.name), 100)
    print(store)
