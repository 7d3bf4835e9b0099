"""Content codings are undone within a limit, however they are nested or broken."""

import contextlib
import gzip
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import IgnoreRequest

from spiders.decoding import decoded

TEXT = b"<p>Presswerk</p>" * 500
BOMB = gzip.compress(b"\0" * 20_000_000, 9)


@pytest.mark.parametrize(
    ("codings", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP ", gzip.compress),
        ("deflate", zlib.compress),
        ("gzip, gzip", lambda body: gzip.compress(gzip.compress(body))),
        ("", bytes),
        ("identity", bytes),
    ],
)
def test_what_is_packed_is_unpacked(codings: str, pack: Callable[[bytes], bytes]) -> None:
    assert decoded(pack(TEXT), codings, 100_000) == TEXT


def test_several_members_and_a_cut_one_are_read() -> None:
    assert decoded(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip", 100) == b"one two"
    assert TEXT.startswith(decoded(gzip.compress(TEXT)[:-20], "gzip", 100_000))


@pytest.mark.parametrize("codings", ["gzip", "gzip, gzip"])
def test_more_than_the_limit_is_refused(codings: str) -> None:
    body = gzip.compress(BOMB) if "," in codings else BOMB
    with pytest.raises(IgnoreRequest):
        decoded(body, codings, 100_000)


def test_a_cut_is_made_at_the_limit() -> None:
    assert decoded(BOMB, "gzip", 1_000, cut=True) == b"\0" * 1_000


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd", "x, gzip"]))
def test_any_bytes_are_a_body_or_broken(body: bytes, codings: str) -> None:
    with contextlib.suppress(ValueError, IgnoreRequest):
        assert len(decoded(body, codings, 1_000)) <= 1_000


def test_a_pile_of_codings_is_refused() -> None:
    with pytest.raises(ValueError, match="9 codings"):
        decoded(b"x", ",".join(["gzip"] * 9), 1_000)
