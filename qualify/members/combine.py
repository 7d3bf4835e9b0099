"""Combine the facts of linked companies into those of the company that a verdict is about.

`data/members.yaml` says which facts of a member count. Nothing is added up: a part with n people
means that the whole has n or more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from leads.company_kind import CompanyIs
from leads.facts import Evidence, Fact, Scope
from leads.usable import agree, replaces
from leads.values import MoneyRange, Range, TechnologyUse
from qualify.members.coverage import least_looks
from qualify.profile.icp import Icp


@dataclass(frozen=True, slots=True)
class Member:
    """A company that is counted with another, and whether it is only a site of it."""

    name: str
    facts: Sequence[Fact]
    by_sites: bool


@dataclass(frozen=True, slots=True)
class Manner:
    """How a profile uses facts about a whole group."""

    #: Whether its verdicts are about groups.
    of_groups: bool
    #: Attributes that it asks about with `scope: group`: their facts keep that scope.
    asked_of_groups: frozenset[str] = frozenset()


@cache
def rules() -> dict[str, str]:
    """Read how a member's facts count, by attribute; facts without a rule do not count."""
    text = (Path(__file__).parent.parent / "data" / "members.yaml").read_text(encoding="utf-8")
    table: dict[str, str] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader builds text only.
    return table


def manner_of(icp: Icp) -> Manner:
    """Find out how a profile uses facts about groups."""
    leaves = [leaf for _, whole in icp.sections() for leaf in whole.leaves()]
    asked = frozenset(
        leaf.attribute for criterion, leaf in leaves if criterion.scope is Scope.GROUP
    )
    return Manner(icp.company_is is CompanyIs.GROUP, asked)


def together(own: Sequence[Fact], members: Sequence[Member], manner: Manner) -> list[Fact]:
    """Combine the facts of a company with those of its members, adjusted to be true of the whole.

    In the order of their ids.
    """
    if not members:
        return list(own)
    found = _own_facts(own, members, manner)
    mine = {fact.id for fact in own}
    for member in members:
        for fact in _facts_of_member(member, mine, manner):
            found.setdefault(fact.id, fact)

    looks = least_looks([("", own), *((member.name, member.facts) for member in members)])
    combined = [*found.values(), *(_named(fact, name) for name, fact in looks)]
    return sorted(combined, key=lambda fact: fact.id)


def _own_facts(own: Sequence[Fact], members: Sequence[Member], manner: Manner) -> dict[UUID, Fact]:
    """Adjust the company's own facts: with mere sites it is the whole, else only a part of it."""
    only_sites = all(member.by_sites for member in members)
    facts = own if only_sites else _of_part(own, manner, own=True)
    return {fact.id: fact for fact in facts if rules().get(fact.attribute) != "looked"}


def _facts_of_member(member: Member, mine: Collection[UUID], manner: Manner) -> Iterator[Fact]:
    theirs = [fact for fact in member.facts if fact.id not in mine and fact.attribute in rules()]
    for fact in _of_part(theirs, manner, own=False):
        yield _named(_placed(fact) if member.by_sites else fact, member.name)


def _of_part(facts: Iterable[Fact], manner: Manner, *, own: bool) -> Iterator[Fact]:
    """Adjust the facts of one company to be true of a whole that it is a part of."""
    bounds: dict[tuple[str, Scope], list[Fact]] = defaultdict(list)
    for fact in facts:
        rule, scope = rules().get(fact.attribute), fact.evidence.scope
        if rule is None:
            yield fact
        elif scope is Scope.GROUP:
            yield from _of_group(fact, manner, own=own)
        elif rule == "bound":
            bounds[fact.attribute, scope].append(fact)
        elif rule != "looked" and not _denies_use(fact):
            yield fact

    for some in bounds.values():
        yield from _or_more(some)


def _of_group(fact: Fact, manner: Manner, *, own: bool) -> Iterator[Fact]:
    """Adjust a fact about the group; a member's counts only where verdicts are about groups."""
    if manner.of_groups:
        yield fact if fact.attribute in manner.asked_of_groups else _of_whole(fact)
    elif own:
        yield fact


def _denies_use(fact: Fact) -> bool:
    return isinstance(fact.value, TechnologyUse) and not fact.value.uses


def _or_more(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Turn facts about one number into lower bounds.

    Each gets its own where they agree, else the lowest: the larger number settles no dispute.
    """
    current = [one for one in facts if not _is_replaced(one, facts)]
    lows = [_low(fact) for fact in current]
    disputed = any(not agree(one.value, other.value) for one, other in combinations(current, 2))
    lowest = min(lows, default=0) if len({_currency(fact) for fact in current}) == 1 else 0
    for fact, low in zip(current, lows, strict=True):
        least = lowest if disputed else low
        if least > 0:
            yield replace(fact, value=_from(fact, least))


def _is_replaced(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Check whether the fact's own source has stated another value since."""
    return any(replaces(other, fact) and not agree(other.value, fact.value) for other in facts)


def _low(fact: Fact) -> int:
    amount = fact.value.amount if isinstance(fact.value, MoneyRange) else fact.value
    return amount.low or 0 if isinstance(amount, Range) else 0


def _currency(fact: Fact) -> str:
    return fact.value.currency if isinstance(fact.value, MoneyRange) else ""


def _from(fact: Fact, low: int) -> Range | MoneyRange:
    return (
        MoneyRange(Range(low, None), fact.value.currency)
        if isinstance(fact.value, MoneyRange)
        else Range(low, None)
    )


def _of_whole(fact: Fact) -> Fact:
    """Turn a fact about the group into one about the company, under a source of its own."""
    return _with(fact, scope=Scope.COMPANY, source=f"{fact.evidence.source} of the group")


def _placed(fact: Fact) -> Fact:
    return _with(fact, scope=Scope.SITE) if rules()[fact.attribute] == "place" else fact


def _named(fact: Fact, name: str) -> Fact:
    """Add the member's name to the source: two members on one list do not correct each other."""
    return _with(fact, source=f"{fact.evidence.source} of {name}") if name else fact


def _with(fact: Fact, **evidence: Any) -> Fact:
    seen: Evidence = replace(fact.evidence, **evidence)
    return replace(fact, evidence=seen)
