"""Criteria that no company can meet: alone, in pairs, or all together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from qualify.check.elsewhere import elsewhere
from qualify.check.possible import possible
from qualify.check.remark import Remark, related, required_criteria
from qualify.profile.criteria import Criterion
from qualify.profile.icp import Icp

_Pairs = list[tuple[Criterion, Criterion]]


def impossible(icp: Icp) -> Iterator[Remark]:
    """Find required criteria that can never be yes, and must_nots that rule out every company."""
    required = required_criteria(icp)
    alone = [one for one in required if not possible([one])]
    others = [one for one in required if one not in alone]
    clashing, barred = _clashing(others), _barred(others, icp.must_not)

    for one in alone:
        yield Remark("problem", one.id, "can never be yes: nothing meets all of it")
    for one, other in clashing:
        message = f"contradicts {one.id}: no company can have a yes to both"
        yield Remark("problem", other.id, message)
    yield from _elsewhere(required)
    for one, not_ in barred:
        yield Remark("problem", not_.id, f"rules out every company with a yes to {one.id}")

    explained = alone or clashing or barred
    if not explained and not possible(required, icp.must_not):
        yield Remark(
            "problem",
            required[0].id,
            "no company can meet all suspect and prospect criteria and no must_not together",
        )


def _clashing(required: list[Criterion]) -> _Pairs:
    pairs = [(one, other) for one, other in combinations(required, 2) if related(one, other)]
    return [(one, other) for one, other in pairs if not possible([one, other])]


def _elsewhere(required: list[Criterion]) -> Iterator[Remark]:
    for region, country, where in elsewhere(required):
        yield Remark("problem", region, f"contradicts {country}: its regions are in {where}")


def _barred(required: list[Criterion], must_not: tuple[Criterion, ...]) -> _Pairs:
    """Pair each required criterion with the must_nots that a yes to it always meets."""
    pairs = [(one, not_) for one in required for not_ in must_not if related(one, not_)]
    return [(one, not_) for one, not_ in pairs if not possible([one], [not_])]
