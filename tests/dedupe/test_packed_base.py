"""What a full comparison keeps is packed into parts and read again as it was."""

from uuid import UUID

import numpy as np
import pytest

from dedupe.base import Base
from dedupe.engine import cluster
from dedupe.keys import MOST
from dedupe.packed_base import (
    bits_for,
    companies_with,
    packed_corpus,
    packed_keys,
    packed_rows,
    part_of,
    read_corpus,
    rows_of,
)
from dedupe.record import MatchRecord
from leads.ids import new_id
from leads.store import match_parts

LISTED = [
    MatchRecord(str(new_id()), f"Zyxwell {word} GmbH", country="DE", domains=("one.example",))
    for word in ("Robotics", "Paper", "Dental", "Boats", "Bakery", "Robotic")
]


@pytest.mark.parametrize("bits", [0, 1, 7])
def test_keys_find_the_companies_that_have_them(bits: int) -> None:
    base = Base.of(cluster(LISTED))
    parts = dict(packed_keys(base.keys, base.companies, bits))
    found: list[tuple[int, int]] = []
    for place, body in parts.items():
        own = np.unique(base.keys[part_of(base.keys, bits) == place])
        found += companies_with(body, own)
    assert sorted(found) == sorted(zip(base.keys.tolist(), base.companies.tolist(), strict=True))


def test_the_more_keys_the_more_parts() -> None:
    assert [bits_for(keys) for keys in (0, 1_024, 1_025, 1_000_000)] == [0, 0, 1, 10]


def test_rows_of_companies_are_read_and_taken_out() -> None:
    companies = [[str(new_id()) for _ in range(size)] for size in (1, 3, 2)]
    (part,) = packed_rows(companies, 256)
    place, body = part
    assert place == 0
    assert list(rows_of(body, [1, 2])) == companies[1:]

    gone = UUID(companies[1][1])
    assert match_parts.companies_of(body, [gone, new_id()]) == {gone: 1}
    left = match_parts.without_records(body, [gone])
    assert gone.bytes not in left
    assert match_parts.records_in(left, 1) == [UUID(companies[1][0]), UUID(companies[1][2])]


def test_keys_of_a_company_are_taken_out() -> None:
    keys = np.array([5, 6, 6, 9], dtype=np.int64)
    ((_, body),) = packed_keys(keys, np.array([1, 1, 2, 3], dtype=np.int32), 0)
    left = match_parts.without_companies(body, [1])
    found = companies_with(left, np.array([5, 6, 9], dtype=np.int64))
    assert list(found) == [(6, 2), (9, 3)]


def test_counts_are_read_as_they_were_packed() -> None:
    corpus = Base.of(cluster(LISTED)).corpus
    read = read_corpus(packed_corpus(corpus))
    assert (read.names, read.places) == (corpus.names, corpus.places)
    assert (read.letters, read.sizes) == (corpus.letters, corpus.sizes)
    ours, theirs = read.counts, corpus.counts
    assert (ours.nodes, ours.stated) == (theirs.nodes, theirs.stated)
    asked = ["zyxwell", "robotics", "unheard"]
    assert read.words.of_texts(asked).tolist() == corpus.words.of_texts(asked).tolist() == [6, 1, 1]


def test_a_key_that_too_many_companies_have_is_marked() -> None:
    shared = [
        MatchRecord(
            at, f"{'abcdefghijklmnopqrstuvwxyz'[at % 26] * 3}{at} Works", domains=("x.example",)
        )
        for at in range(MOST + 1)
    ]
    base = Base.of(cluster(shared))
    assert (base.companies == -1).any()
    _, times = np.unique(base.keys, return_counts=True)
    assert times.max() <= MOST
