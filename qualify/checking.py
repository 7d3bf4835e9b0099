"""What is wrong with a profile although it can be read: criteria nothing can meet, or that change nothing, or that nobody answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from leads.answers import Answer
from leads.attributes import CUSTOM
from leads.facts import Scope
from qualify.answerers import answerers
from qualify.criteria import REQUIRED, Criterion, Group, IfUnknown, Joined, Leaf
from qualify.icp import Icp
from qualify.odd_words import odd_words
from qualify.possible import findable, possible
from qualify.rolling_up import of_store


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
    found = [*_impossible(icp), *_rolled_up(icp), *_shadowed(icp), *_unanswerable(icp), *_sources(icp)]
    order = ("problem", "warning", "note")
    return sorted(dict.fromkeys(found), key=lambda remark: order.index(remark.level))


def _rolled_up(icp: Icp) -> Iterator[Remark]:
    if warned := of_store(icp.company_is):
        yield Remark("warning", "company_is", f"{warned.message.removeprefix('company_is ')}; {warned.hint}")


def _required(icp: Icp) -> list[Criterion]:
    return [criterion for section, criterion in icp.sections() if section in REQUIRED]


def _impossible(icp: Icp) -> Iterator[Remark]:
    """Criteria that can never be yes, alone or together, and those that the must_not rules out."""
    required = _required(icp)
    alone = [one for one in required if not possible([one])]
    for one in alone:
        yield Remark("problem", one.id, "can never be yes: nothing meets all of it")
    pairs = [(one, other) for one, other in combinations([one for one in required if one not in alone], 2) if _touch(one, other)]
    clashing = [(one, other) for one, other in pairs if not possible([one, other])]
    for one, other in clashing:
        yield Remark("problem", other.id, f"contradicts {one.id}: no company can have a yes to both")
    barred = [
        (one, not_) for one in required for not_ in icp.must_not if one not in alone and _touch(one, not_) and not possible([one], [not_])
    ]
    for one, not_ in barred:
        yield Remark("problem", not_.id, f"rules out every company with a yes to {one.id}")
    if not alone and not clashing and not barred and not possible(required, icp.must_not):
        yield Remark("problem", required[0].id, "no company can meet all suspect and prospect criteria and no must_not together")


def _shadowed(icp: Icp) -> Iterator[Remark]:
    """Criteria whose answer follows from the others, so that they change nothing."""
    required = _required(icp)
    if not possible(required, icp.must_not):
        return
    for place, one in enumerate(required):
        # Of two that say the same only the later one is idle.
        for other in [*required[:place], *(later for later in required[place + 1 :] if possible([one], [later]))]:
            if _touch(one, other) and not possible([other], [one]):
                yield Remark("warning", one.id, f"is shadowed by {other.id}: whatever meets {other.id} meets it too")
                break
    for not_ in icp.must_not:
        if any(_touch(one, not_) for one in required) and not possible([*_near(required, not_), not_]):
            yield Remark("warning", not_.id, "bars nobody: no company that meets the other criteria has a yes to it")
    for scored in icp.score:
        near = _near(required, scored)
        if near and not possible([*near, scored]):
            yield Remark("warning", scored.id, "no company that fits can earn its points")
        elif near and not possible(near, [scored]):
            yield Remark("warning", scored.id, "every company that fits has its points, so they tell nobody apart")


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
            f"no list and no page can say yes to it, only a person{hint}" + ("; write if_unknown: ask" if grave else ""),
        )


def _denies_use(criterion: Criterion) -> bool:
    test = criterion.test
    return isinstance(test, Group) and test.joined is Joined.NOT and any(leaf.attribute == "technology" for _, leaf in criterion.leaves())


def _sources(icp: Icp) -> Iterator[Remark]:
    for section, criterion in icp.sections():
        for one, leaf in criterion.leaves():
            if remark := _of_source(one, leaf):
                yield Remark("warning" if section in REQUIRED else "note", criterion.id, remark)
            yield from (Remark(level, criterion.id, message) for level, message in odd_words(leaf))


def _of_source(criterion: Criterion, leaf: Leaf) -> str | None:
    """Why the facts this question needs may never come."""
    name = leaf.attribute
    if name.startswith(CUSTOM):
        return f"only a list with the column {name.removeprefix(CUSTOM)!r} can answer it, or a person"
    sources = answerers()
    if criterion.scope is Scope.GROUP and name not in sources["of_groups"]:
        return f"nothing states the {name} of a whole group; leave scope out, or let a person answer"
    if name in sources["only_pages"]:
        return "only a company's own pages can answer it: it stays unknown without a crawl"
    return None


def _touch(one: Criterion, other: Criterion) -> bool:
    return not set(one.attributes).isdisjoint(other.attributes)


def _near(required: Sequence[Criterion], one: Criterion) -> list[Criterion]:
    return [other for other in required if _touch(one, other)]
