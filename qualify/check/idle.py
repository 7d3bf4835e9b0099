"""Criteria and points that change no verdict and no score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualify.check.possible import possible
from qualify.check.remark import Remark, related, related_to, required_criteria
from qualify.profile.criteria import Criterion, Section
from qualify.profile.icp import Icp


def shadowed(icp: Icp) -> Iterator[Remark]:
    """Find criteria whose answer follows from the others."""
    required = required_criteria(icp)
    if not possible(required, icp.must_not):
        return

    for place, one in enumerate(required):
        if other := _shadow(required, place):
            message = f"is shadowed by {other.id}: whatever meets {other.id} meets it too"
            yield Remark("warning", one.id, message)

    for not_ in icp.must_not:
        near = related_to(required, not_)
        if near and not possible([*near, not_]):
            yield Remark(
                "warning",
                not_.id,
                "rules out no company: none that meets the other criteria has a yes to it",
            )

    for scored in icp.score:
        yield from _same_points(scored, related_to(required, scored))


def idle(icp: Icp) -> Iterator[Remark]:
    """Find criteria that everything or nothing meets, and points that change nothing."""
    if not required_criteria(icp):
        yield Remark(
            "warning",
            "suspect",
            "and prospect ask nothing, so every company fits unless a must_not rules it out",
        )
    for section, criterion in icp.sections():
        if section is not Section.SCORE and not possible([], [criterion]):
            message = "asks nothing: whatever is known, the answer is yes"
            yield Remark("warning", criterion.id, message)
        if section is Section.MUST_NOT and not possible([criterion]):
            message = "rules out no company: nothing meets all of it"
            yield Remark("warning", criterion.id, message)
    yield from _idle_points(icp)


def _shadow(required: Sequence[Criterion], place: int) -> Criterion | None:
    """Find the first criterion that a company can only meet when it meets this one too."""
    one = required[place]
    # Of two that ask the same, only the later one is named.
    later = [other for other in required[place + 1 :] if possible([one], [other])]
    for other in (*required[:place], *later):
        if related(one, other) and not possible([other], [one]):
            return other
    return None


def _same_points(scored: Criterion, near: Sequence[Criterion]) -> Iterator[Remark]:
    if near and not possible([*near, scored]):
        yield Remark("warning", scored.id, "no company that fits can earn its points")
    elif near and not possible(near, [scored]):
        yield Remark(
            "warning",
            scored.id,
            "every company that fits gets its points, so they make no difference",
        )


def _idle_points(icp: Icp) -> Iterator[Remark]:
    for scored in icp.score:
        if not scored.points:
            yield Remark("warning", scored.id, "has no points, so it changes nothing")
    if (icp.score or icp.grades) and not any(scored.points > 0 for scored in icp.score):
        yield Remark("warning", "score", "is 0 for every company: no criterion has points above 0")
