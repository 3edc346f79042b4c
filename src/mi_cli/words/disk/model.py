"""The shape of the reasons that the operating system gives for refusing a file."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, eq=False, repr=False)
class DiskWords:
    """A clause for each error number (`errno`), such as "the disk is full". Each stands after a colon."""

    reasons: Mapping[int, str]
