"""`mi` in processes that are quick to start: forked from one that has imported everything, and killed for real.

It forks in a process of its own, because the one that runs the tests has threads.
"""

import atexit
import gc
import json
import os
import pkgutil
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

import mi_cli

LIMIT = 60.0  # seconds: to fail rather than to hang; no verdict depends on it


@dataclass
class Child:
    """A running `mi`: its standard input is open until `finish` or `kill`."""

    pid: int
    stdin: int
    out_end: int
    err_end: int
    out: bytes = b""
    err: bytes = b""
    code: int | None = None
    _open: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._open = {self.stdin, self.out_end, self.err_end}

    def send(self, lines: str) -> None:
        """Write to its standard input: less than a pipe holds."""
        os.write(self.stdin, lines.encode())

    def read_until(self, *, out: bytes = b"", err: bytes = b"") -> None:
        """Read what it writes until both are there, however often it takes."""
        end = time.monotonic() + LIMIT
        while (out not in self.out) or (err not in self.err):
            assert self.read(end - time.monotonic()), f"neither came: {self.out!r} {self.err!r}"

    def read(self, patience: float = LIMIT) -> bool:
        """Read something; False at the end of both."""
        ends = [end for end in (self.out_end, self.err_end) if end in self._open]
        if not ends:
            return False
        ready, _, _ = select.select(ends, [], [], max(patience, 0))
        assert ready, "it does not answer"
        for end in ready:
            piece = os.read(end, 65536)
            if not piece:
                self._close(end)
            elif end == self.out_end:
                self.out += piece
            else:
                self.err += piece
        return True

    def read_for(self, seconds: float) -> None:
        """Read what comes in that time: only to choose a moment."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            ends = [end for end in (self.out_end, self.err_end) if end in self._open]
            if not ends or not select.select(ends, [], [], left)[0] or not self.read():
                return

    def kill(self) -> None:
        """SIGKILL, now; then everything it had written is read."""
        os.kill(self.pid, signal.SIGKILL)
        self._end()

    def signal(self, number: int) -> None:
        """Send it a signal, which it may have ended before."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def close_stdin(self) -> None:
        """There are no more lines."""
        self._close(self.stdin)

    def finish(self, lines: str | bytes = "") -> "Child":
        """Give it the last lines, and wait for its end."""
        giving = Thread(target=self._give, args=(lines.encode() if isinstance(lines, str) else lines,))
        giving.start()  # for it may write much before it has read all of them
        while self.read():
            pass
        giving.join()
        self._end()
        return self

    def _give(self, text: bytes) -> None:
        if text:
            with suppress(BrokenPipeError):
                os.write(self.stdin, text)
        self.close_stdin()

    def _end(self) -> None:
        while self.read():
            pass
        _forker().sendall(json.dumps({"wait": self.pid}).encode())
        self.code = int(_forker().recv(64))  # the negative number of the signal that ended it, if one did
        for end in tuple(self._open):
            self._close(end)

    def _close(self, end: int) -> None:
        if end in self._open:
            self._open.remove(end)
            os.close(end)


@cache
def _forker() -> socket.socket:
    """The socket of the process that forks: one for all tests of this process, ended with it."""
    ours, theirs = socket.socketpair()
    ours.settimeout(LIMIT)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MI_", "COV"))}
    with theirs:
        command = [sys.executable, __file__, str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=env)

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def start(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    *,
    stdin: Path | None = None,
    largest_file: int | None = None,
    waits_for_disk: bool = False,
) -> Child:
    """Start `mi` with nothing but that environment; its standard input is a pipe, or a file.

    No file may grow beyond `largest_file`. When it writes it does not wait for the disk, unless it `waits_for_disk`.
    Its coverage is not measured: that would cost more than all the rest, and what is killed saves none.
    """
    in_read, in_write = os.pipe()
    out_read, out_write = os.pipe()
    err_read, err_write = os.pipe()
    if stdin is not None:
        os.close(in_read)
        in_read = os.open(stdin, os.O_RDONLY)
    asked = {"arguments": arguments, "environment": dict(environment), "largest_file": largest_file}
    theirs = [in_read, out_write, err_write]
    try:
        socket.send_fds(_forker(), [json.dumps({**asked, "waits_for_disk": waits_for_disk}).encode()], theirs)
        return Child(int(_forker().recv(64)), in_write, out_read, err_read)
    finally:
        for descriptor in theirs:
            os.close(descriptor)


class Zygote:
    """Starts `mi` for one test, with the settings in a folder of its own."""

    def __init__(self, home: Path) -> None:
        names = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state"}
        self._homes = {name: str(home / folder) for name, folder in names.items()}
        self._children: list[Child] = []

    def mi(self, *arguments: str, environment: Mapping[str, str] | None = None, **more: Any) -> Child:
        """Start `mi`, with more environment; the rest is as for `start`."""
        ours = {name: value for name, value in os.environ.items() if name != "MI_STORE"}
        self._children.append(start(arguments, {**ours, **self._homes, **(environment or {})}, **more))
        return self._children[-1]

    def close(self) -> None:
        """End every child that is still there."""
        for child in self._children:
            if child.code is None:
                child.kill()


def serve(descriptor: int) -> None:
    """In the process that forks: until the socket is closed."""
    from mi_cli.prompts.load import load
    from mi_cli.store.keys import keyfile

    for module in pkgutil.walk_packages(mi_cli.__path__, "mi_cli."):
        import_module(module.name)
    load("en", None)
    vars(keyfile)["ITERATIONS"] = 1000  # what makes a passphrase slow to guess would only make the tests slow
    gc.freeze()
    with socket.socket(fileno=descriptor) as asking:
        while True:
            text, given, _, _ = socket.recv_fds(asking, 1 << 20, 3)
            if not text:
                return
            asked = json.loads(text)
            if "wait" in asked:
                answer = os.waitstatus_to_exitcode(os.waitpid(asked["wait"], 0)[1])
            else:
                answer = os.fork()
                if answer == 0:
                    asking.close()
                    _be(asked, given)
            for one in given:
                os.close(one)
            asking.sendall(str(answer).encode())


def _be(asked: dict[str, Any], given: list[int]) -> None:
    """In the forked child: be `mi`."""
    code = 99
    try:
        for number, descriptor in enumerate(given):
            os.dup2(descriptor, number)
            os.close(descriptor)
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115  # open to the end
            for number, mode in enumerate("rww")
        )
        if asked["largest_file"] is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (asked["largest_file"], asked["largest_file"]))
        if not asked["waits_for_disk"]:
            vars(os)["fsync"] = lambda _descriptor: None
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.argv = ["mi", *asked["arguments"]]
        code = import_module("mi_cli.__main__").main()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
