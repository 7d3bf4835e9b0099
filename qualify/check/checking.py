"""What is wrong with a profile although it can be read: criteria nothing can meet, or that change
nothing, or that nobody answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from leads.answers import Answer
from leads.company_kind import CompanyIs
from qualify.check.elsewhere import elsewhere
from qualify.check.odd_words import odd_words
from qualify.check.possible import findable, possible
from qualify.members.roll_up import of_store
from qualify.profile.criteria import REQUIRED, Criterion, Group, IfUnknown, Joined, Section
from qualify.profile.icp import Icp
from qualify.words.answerers import doubts


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a reader should know; a `problem` keeps every company from fitting."""

    #: `problem`, `warning` or `note`.
    level: str
    #: The id of a criterion, or the part of the profile.
    criterion: str
    message: str


def check(icp: Icp) -> list[Remark]:
    """Remarks on a profile, the gravest first."""
    found = [
        *_impossible(icp),
        *_rolled_up(icp),
        *_shadowed(icp),
        *_unanswerable(icp),
        *_sources(icp),
        *_idle(icp),
    ]
    order = ("problem", "warning", "note")
    return sorted(dict.fromkeys(found), key=lambda remark: order.index(remark.level))


def _rolled_up(icp: Icp) -> Iterator[Remark]:
    if warned := of_store(icp.company_is):
        yield Remark(
            "warning", "company_is", f"{warned.message.removeprefix('company_is ')}; {warned.hint}"
        )
    elif icp.company_is is not CompanyIs.LEGAL_ENTITY:
        said = (
            "companies count together as far as `sluice dedupe relate` or a column of parents links"
            " them; others get a verdict each"
        )
        yield Remark("note", "company_is", f"{icp.company_is.value}: {said}")


def _required(icp: Icp) -> list[Criterion]:
    return [criterion for section, criterion in icp.sections() if section in REQUIRED]


def _impossible(icp: Icp) -> Iterator[Remark]:
    """Criteria that can never be yes, alone or together, and those that the must_not rules out."""
    required = _required(icp)
    alone = [one for one in required if not possible([one])]
    for one in alone:
        yield Remark("problem", one.id, "can never be yes: nothing meets all of it")
    pairs = [
        (one, other)
        for one, other in combinations([one for one in required if one not in alone], 2)
        if _touch(one, other)
    ]
    clashing = [(one, other) for one, other in pairs if not possible([one, other])]
    for one, other in clashing:
        yield Remark(
            "problem", other.id, f"contradicts {one.id}: no company can have a yes to both"
        )
    for region, country, where in elsewhere(required):
        yield Remark("problem", region, f"contradicts {country}: its regions lie in {where}")
    barred = [
        (one, not_)
        for one in required
        for not_ in icp.must_not
        if one not in alone and _touch(one, not_) and not possible([one], [not_])
    ]
    for one, not_ in barred:
        yield Remark("problem", not_.id, f"rules out every company with a yes to {one.id}")
    if not alone and not clashing and not barred and not possible(required, icp.must_not):
        yield Remark(
            "problem",
            required[0].id,
            "no company can meet all suspect and prospect criteria and no must_not together",
        )


def _shadowed(icp: Icp) -> Iterator[Remark]:
    """Criteria whose answer follows from the others, so that they change nothing."""
    required = _required(icp)
    if not possible(required, icp.must_not):
        return
    for place, one in enumerate(required):
        # Of two that say the same only the later one is idle.
        for other in [
            *required[:place],
            *(later for later in required[place + 1 :] if possible([one], [later])),
        ]:
            if _touch(one, other) and not possible([other], [one]):
                yield Remark(
                    "warning",
                    one.id,
                    f"is shadowed by {other.id}: whatever meets {other.id} meets it too",
                )
                break
    for not_ in icp.must_not:
        if any(_touch(one, not_) for one in required) and not possible(
            [*_near(required, not_), not_]
        ):
            yield Remark(
                "warning",
                not_.id,
                "bars nobody: no company that meets the other criteria has a yes to it",
            )
    for scored in icp.score:
        near = _near(required, scored)
        if near and not possible([*near, scored]):
            yield Remark("warning", scored.id, "no company that fits can earn its points")
        elif near and not possible(near, [scored]):
            yield Remark(
                "warning",
                scored.id,
                "every company that fits has its points, so they tell nobody apart",
            )


def _unanswerable(icp: Icp) -> Iterator[Remark]:
    """Criteria to which lists and pages can never give the answer that counts."""
    for section, one in icp.sections():
        wanted = Answer.YES
        if wanted in findable(one) or (section in REQUIRED and one.if_unknown is IfUnknown.ACCEPT):
            continue
        hint = " (does_not_use asks what enough pages can tell)" if _denies_use(one) else ""
        grave = section in REQUIRED and one.if_unknown is IfUnknown.WAIT
        yield Remark(
            "problem" if grave else "note",
            one.id,
            f"no list and no page can say yes to it, only a person{hint}"
            + ("; write if_unknown: ask" if grave else ""),
        )


def _denies_use(criterion: Criterion) -> bool:
    test = criterion.test
    return (
        isinstance(test, Group)
        and test.joined is Joined.NOT
        and any(leaf.attribute == "technology" for _, leaf in criterion.leaves())
    )


def _sources(icp: Icp) -> Iterator[Remark]:
    for section, criterion in icp.sections():
        for one, leaf in criterion.leaves():
            # Where an unknown holds nobody back, it is enough to hear of what is wrong.
            found = [
                doubt for doubt in doubts(one, leaf) if section in REQUIRED or doubt[0] == "warning"
            ]
            for level, message in (*found, *odd_words(leaf)):
                yield Remark(level if section in REQUIRED else "note", criterion.id, message)


def _idle(icp: Icp) -> Iterator[Remark]:
    """Criteria that everything or nothing meets, and points that change nothing."""
    if not _required(icp):
        yield Remark(
            "warning",
            "suspect",
            "and prospect ask nothing, so every company fits that no must_not rules out",
        )
    for section, criterion in icp.sections():
        if section is not Section.SCORE and not possible([], [criterion]):
            yield Remark(
                "warning", criterion.id, "asks nothing: whatever is known, the answer is yes"
            )
        if section is Section.MUST_NOT and not possible([criterion]):
            yield Remark("warning", criterion.id, "bars nobody: nothing meets all of it")
    for scored in icp.score:
        if not scored.points:
            yield Remark("warning", scored.id, "has no points, so it changes nothing")
    if (icp.score or icp.grades) and not any(scored.points > 0 for scored in icp.score):
        yield Remark(
            "warning", "score", "is nought for every company: no criterion has points above nought"
        )


def _touch(one: Criterion, other: Criterion) -> bool:
    return not set(one.attributes).isdisjoint(other.attributes)


def _near(required: Sequence[Criterion], one: Criterion) -> list[Criterion]:
    return [other for other in required if _touch(one, other)]
