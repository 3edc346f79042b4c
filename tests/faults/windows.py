"""`mi` as it would find Windows: run as a program, with the arguments of `mi`.

The modules of `mi` see an `os`, `sys`, `signal`, `io` … without what Windows lacks, and with what differs there; the
libraries look for themselves. Files behave as they do there: one that is opened without O_BINARY turns LF into CR LF,
no folder can be opened, a rename never replaces, and to ask for a process would stop it.
"""

import builtins
import io
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final

O_BINARY: Final = 1 << 30
O_NOINHERIT: Final = 1 << 29
_INVENTED: Final = O_BINARY | O_NOINHERIT

NO_MODULE: Final = frozenset({"fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"})
NO_SIGNAL: Final = frozenset(
    name for name in dir(signal) if name.startswith("SIG") and name not in
    {"SIGABRT", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM", "SIG_DFL", "SIG_IGN"}
) | {"alarm", "pause", "pthread_kill", "pthread_sigmask", "setitimer", "siginterrupt", "sigwait"}  # fmt: skip
NO_OS: Final = frozenset(
    {
        "O_ACCMODE", "O_ASYNC",
        "O_CLOEXEC", "O_DIRECTORY", "O_DSYNC", "O_NOATIME", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK",
        "O_PATH", "O_SYNC", "chown", "chroot", "confstr", "ctermid", "fchdir", "fchmod", "fchown", "fdatasync", "fork",
        "forkpty", "fpathconf", "fstatvfs", "getegid", "geteuid", "getgid", "getgroups", "getloadavg", "getpgid",
        "getpgrp", "getpriority", "getresuid", "getsid", "getuid", "initgroups", "killpg", "lchown", "lockf", "mkfifo",
        "mknod", "nice", "openpty", "pathconf", "posix_fadvise", "posix_fallocate", "posix_spawn", "pread", "preadv",
        "pwrite", "pwritev", "readv", "register_at_fork", "sched_getaffinity", "sendfile", "setegid", "seteuid",
        "setgid", "setpgid", "setpriority", "setsid", "setuid", "statvfs", "sync", "sysconf", "tcgetpgrp", "ttyname",
        "uname", "wait", "wait3", "wait4", "writev",
    }
)  # fmt: skip

_translated: set[int] = set()  # descriptors that were opened without O_BINARY


class Seen(ModuleType):
    """A module as the modules of `mi` see it."""

    def __init__(self, real: ModuleType, without: frozenset[str], instead: Mapping[str, object]) -> None:
        super().__init__(real.__name__)
        own: dict[str, Any] = object.__getattribute__(self, "__dict__")
        own.update(_real=real, _without=without, _instead=instead)

    def __getattribute__(self, name: str) -> Any:
        own = object.__getattribute__(self, "__dict__")
        if name in own["_without"]:
            raise AttributeError(f"Windows has no {own['_real'].__name__}.{name}")
        return own["_instead"][name] if name in own["_instead"] else getattr(own["_real"], name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(object.__getattribute__(self, "__dict__")["_real"], name, value)


def _open(path: Any, flags: int, mode: int = 0o777) -> int:
    if Path(path).is_dir():
        raise PermissionError(13, "Permission denied", str(path))
    descriptor = os.open(path, flags & ~_INVENTED | os.O_CLOEXEC, mode)
    (_translated.discard if flags & O_BINARY else _translated.add)(descriptor)
    return descriptor


def _close(descriptor: int) -> None:
    _translated.discard(descriptor)
    os.close(descriptor)


def _write(descriptor: int, data: Any) -> int:
    if descriptor in _translated:
        os.write(descriptor, bytes(data).replace(b"\n", b"\r\n"))
        return len(data)
    return os.write(descriptor, data)


def _read(descriptor: int, size: int) -> bytes:
    data = os.read(descriptor, size)
    return data.partition(b"\x1a")[0].replace(b"\r\n", b"\n") if descriptor in _translated else data


def _fdopen(descriptor: int, *arguments: Any, **named: Any) -> Any:
    assert descriptor not in _translated, "its LFs would become CR LFs"
    return os.fdopen(descriptor, *arguments, **named)


def _rename(source: Any, target: Any) -> None:
    if os.path.lexists(target):
        raise FileExistsError(17, "File exists", str(source), None, str(target))
    os.rename(source, target)


def _kill(_pid: int, number: int) -> None:
    raise AssertionError(f"the process would be stopped (signal {number})")


def _file_io(file: Any, mode: str = "r", closefd: bool = True, opener: Callable[[str, int], int] | None = None) -> Any:
    """`io.FileIO` gives O_BINARY to its opener there."""
    given = opener and (lambda path, flags: opener(path, flags | O_BINARY | O_NOINHERIT))
    return io.FileIO(file, mode, closefd, given)


def _signal(number: int, handler: Any) -> Any:
    if number not in {signal.SIGABRT, signal.SIGFPE, signal.SIGILL, signal.SIGINT, signal.SIGSEGV, signal.SIGTERM}:
        raise ValueError("invalid signal value")
    return signal.signal(number, handler)


SEEN: Final = {
    "os": Seen(
        os,
        NO_OS,
        {
            "name": "nt", "O_BINARY": O_BINARY, "O_NOINHERIT": O_NOINHERIT, "open": _open, "close": _close,
            "write": _write, "read": _read, "fdopen": _fdopen, "rename": _rename, "kill": _kill,
        },
    ),
    "sys": Seen(sys, frozenset(), {"platform": "win32"}),
    "signal": Seen(signal, NO_SIGNAL, {"signal": _signal}),
    "io": Seen(io, frozenset(), {"FileIO": _file_io}),
}  # fmt: skip


def look_as_on_windows() -> None:
    """From now on, what the modules of `mi` import is as on Windows."""
    real = builtins.__import__

    def imported(
        name: str,
        # Some callers pass these two by the names that the parameters of `__import__` have.
        globals: Mapping[str, object] | None = None,  # noqa: A002
        locals: Mapping[str, object] | None = None,  # noqa: A002
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if globals and str(globals.get("__name__", "")).partition(".")[0] == "mi_cli":
            if name in NO_MODULE:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
            if name in SEEN:
                return SEEN[name]
        return real(name, globals, locals, fromlist, level)

    builtins.__import__ = imported


if __name__ == "__main__":
    look_as_on_windows()
    from mi_cli.__main__ import main
    from mi_cli.store.keys import keyfile

    vars(keyfile)["ITERATIONS"] = 1000  # as in tests/conftest.py
    sys.exit(main())
