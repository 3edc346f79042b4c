"""A short run of every fuzz target: sound input changed a little, and anything at all."""

import tracemalloc
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, seeds

MOST_MEMORY: Final = 64 * 1024**2
# These touch the disk, derive a key, or hold a whole interview.
SLOW: Final = {"backups", "commands", "config", "keys", "lines", "prompts"}


STARS: Final = (
    *(
        b"null",
        b"-1",
        b"1e999",
        b"99999999999999999999",
        b'"',
        b"{",
        b"}",
        b"[" * 200,
        b"\\ud800",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\r\r\n",
        b"\xe2\x80\x93 ",
        b"9" * 5000,
        b"\xff",
        b"\0",
        b"../",
    ),
    *(b"\n/undo\n", b"\n/share 1 2\n", b"\n/goal #1\n", b"\n/edit 1 x\n", b"\n/note\n", b"\n/back\n", b"\n+"),
)


@st.composite
def changed(draw: st.DrawFn, name: str) -> bytes:
    """A seed with a few pieces taken out, put in, doubled or written over."""
    data = draw(st.sampled_from(seeds(name)))
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(data)))
        end = draw(st.integers(begin, min(begin + 40, len(data))))
        piece = draw(st.binary(max_size=20) | st.sampled_from(STARS) | st.just(data[begin:end] * 2))
        data = data[:begin] + piece + data[end:]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_comes_of_bad_input_but_a_refusal(name: str) -> None:
    @settings(
        max_examples=30 if name == "commands" else 60 if name in SLOW else 300,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(changed(name) | st.binary(max_size=400))
    def run(data: bytes) -> None:
        TARGETS[name](data)

    tracemalloc.start()
    try:
        run()
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", TARGETS)
def test_sound_input_is_taken(name: str) -> None:
    for seed in seeds(name):
        TARGETS[name](seed)
