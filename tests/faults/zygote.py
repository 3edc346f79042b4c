"""`mi` in processes that are quick to start: forked from one that has imported everything, and killed for real.

It forks in a process of its own, because the one that runs the tests has threads.
"""

import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LIMIT = 60.0  # seconds: to fail rather than to hang; no verdict depends on it


@dataclass
class Child:
    """A running `mi`: its standard input is open until `finish` or `kill`."""

    pid: int
    zygote: "Zygote"
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

    def close_stdin(self) -> None:
        """There are no more lines."""
        self._close(self.stdin)

    def finish(self, lines: str = "") -> "Child":
        """Give it the last lines, and wait for its end."""
        if lines:
            self.send(lines)
        self.close_stdin()
        self._end()
        return self

    def _end(self) -> None:
        while self.read():
            pass
        self.code = self.zygote.waited(self.pid)
        for end in tuple(self._open):
            self._close(end)

    def _close(self, end: int) -> None:
        if end in self._open:
            self._open.remove(end)
            os.close(end)


class Zygote:
    """The process that forks."""

    def __init__(self, home: Path) -> None:
        self._socket, theirs = socket.socketpair()
        self._socket.settimeout(LIMIT)
        env = {**os.environ, "XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home / "data")}
        env.pop("MI_STORE", None)
        command = [sys.executable, __file__, str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=env)
        self._children: list[Child] = []

    def mi(
        self,
        *arguments: str,
        stdin: Path | None = None,
        largest_file: int | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Child:
        """Start `mi`. Its standard input is a pipe, or that file; no file it writes may be larger than that."""
        in_read, in_write = os.pipe()
        out_read, out_write = os.pipe()
        err_read, err_write = os.pipe()
        if stdin is not None:
            os.close(in_read)
            in_read = os.open(stdin, os.O_RDONLY)
        asked = {"arguments": arguments, "largest_file": largest_file, "environment": environment or {}}
        theirs = [in_read, out_write, err_write]
        try:
            socket.send_fds(self._socket, [json.dumps(asked).encode() + b"\n"], theirs)
            child = Child(self._answer(), self, in_write, out_read, err_read)
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        self._children.append(child)
        return child

    def waited(self, pid: int) -> int:
        """Wait for a child: its exit code, or the negative number of the signal that ended it."""
        self._socket.sendall(json.dumps({"wait": pid}).encode() + b"\n")
        return self._answer()

    def close(self) -> None:
        """End it, and every child that is still there."""
        for child in self._children:
            if child.code is None:
                child.kill()
        self._socket.close()
        self._process.wait()

    def _answer(self) -> int:
        return int(self._socket.recv(64))


def serve(descriptor: int) -> None:
    """In the process that forks: until the socket is closed."""
    from mi_cli.prompts.load import load
    from mi_cli.store.keys import keyfile

    load("en", None)
    vars(keyfile)["ITERATIONS"] = 1000  # what makes a passphrase slow to guess would only make the tests slow
    with socket.socket(fileno=descriptor) as asking:
        while True:
            text, given, _, _ = socket.recv_fds(asking, 65536, 3)
            if not text:
                return
            asked = json.loads(text)
            if "wait" in asked:
                answer = os.waitstatus_to_exitcode(os.waitpid(asked["wait"], 0)[1])
            else:
                answer = os.fork()
                if answer == 0:
                    _be(asked, given)
            for one in given:
                os.close(one)
            asking.sendall(str(answer).encode())


def _be(asked: dict[str, Any], given: list[int]) -> None:
    """In the forked child: be `mi`."""
    code = 99
    try:
        from mi_cli.cli.app import run

        for number, descriptor in enumerate(given):
            os.dup2(descriptor, number)
            os.close(descriptor)
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115  # open to the end
            for number, mode in enumerate("rww")
        )
        if asked["largest_file"] is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (asked["largest_file"], asked["largest_file"]))
        os.environ.update(asked["environment"])
        code = run(asked["arguments"])
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
