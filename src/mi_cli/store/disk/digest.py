"""SHA-256 without OpenSSL: `hashlib` loads it, which takes longer than all else that a list of interviews reads.

Python has the function itself, under a name that depends on its version. `random` takes its hash in this way too.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any


def sha256(data: bytes) -> Any:  # an object of `hashlib`, which has no type of its own
    """Returns the hash object of these bytes."""
    return _function()(data)


@cache
def _function() -> Callable[[bytes], Any]:
    for own in ("_sha256", "_sha2"):  # before 3.12, and from then on
        with suppress(ImportError):
            function: Callable[[bytes], Any] = import_module(own).sha256
            return function
    from hashlib import sha256 as of_openssl

    return of_openssl
