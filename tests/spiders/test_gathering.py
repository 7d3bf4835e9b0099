"""Outcomes are stored several at a time, and none is lost or stored twice."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import replace

import pytest

from leads.clock import now
from leads.packed_body import PackedBody
from spiders import gathering
from spiders.gathering import Gathering
from spiders.site import FetchedPage, Outcome, PageKind, SiteOutcome


def ended(domain: str, size: int = 0) -> SiteOutcome:
    page = FetchedPage(f"https://{domain}/", 200, (), b"x" * size, now(), PageKind.HOME)
    return SiteOutcome(domain=domain, outcome=Outcome.OK, pages=(page,) if size else ())


class Kept:
    """What was committed, group by group."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []

    def __call__(self, outcomes: Sequence[SiteOutcome]) -> None:
        self.groups.append([one.domain for one in outcomes])


def test_every_outcome_is_committed_once_and_in_order() -> None:
    kept, names = Kept(), [f"a{n}.example" for n in range(2 * gathering.MOST_OUTCOMES + 3)]
    held = Gathering(kept)
    for name in names:
        held.add(ended(name))
    assert [len(some) for some in kept.groups] == [gathering.MOST_OUTCOMES] * 2
    held.close()
    held.close()
    assert [name for some in kept.groups for name in some] == names


def test_large_pages_do_not_pile_up() -> None:
    kept = Kept()
    held = Gathering(kept)
    for number in range(4):
        held.add(ended(f"a{number}.example", gathering.MOST_BYTES // 2))
    assert kept.groups == [["a0.example", "a1.example"], ["a2.example", "a3.example"]]


def test_packed_pages_count_as_what_they_take() -> None:
    kept, body = Kept(), b"x" * (gathering.MOST_BYTES // 2)
    packed = PackedBody.of(body, gzip.compress(body))
    assert packed is not None
    held = Gathering(kept)
    for number in range(4):
        one = ended(f"a{number}.example", 1)
        pages = tuple(replace(page, content=packed) for page in one.pages)
        held.add(replace(one, pages=pages))
    assert not kept.groups


def test_two_visits_to_one_site_are_two_groups() -> None:
    kept = Kept()
    held = Gathering(kept)
    held.add(ended("a.example"))
    held.add(ended("a.example"))
    held.close()
    assert kept.groups == [["a.example"], ["a.example"]]


def test_what_waits_long_enough_is_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    at = 100.0
    monkeypatch.setattr("spiders.gathering.monotonic", lambda: at)
    kept = Kept()
    held = Gathering(kept)
    held.tick()
    held.add(ended("a.example"))
    held.tick()
    assert not kept.groups
    at += gathering.MOST_SECONDS
    held.tick()
    assert kept.groups == [["a.example"]]
