"""The facts of several linked companies as facts of the one that a verdict is about;
`data/members.yaml` says what of a member counts.

Nothing is added up: a part with n people means that the whole has n or more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from leads.company_kind import CompanyIs
from leads.facts import Evidence, Fact, Scope
from leads.usable import agree, replaces
from leads.values import MoneyRange, Range, TechnologyUse
from qualify.members.coverage import least_looks
from qualify.profile.icp import Icp


@dataclass(frozen=True, slots=True)
class Member:
    """A company that is counted with another, and whether it is a mere site of it."""

    name: str
    facts: Sequence[Fact]
    by_sites: bool


@dataclass(frozen=True, slots=True)
class Manner:
    """What a profile wants of facts that speak of a whole group."""

    #: Whether its verdicts are about groups, so that such a fact speaks of the very thing.
    of_groups: bool
    #: Attributes that it asks about with `scope: group`: their facts keep that scope.
    asked_of_groups: frozenset[str] = frozenset()


@cache
def rules() -> dict[str, str]:
    """How a member's facts count, by attribute; those without a rule do not."""
    text = (Path(__file__).parent.parent / "data" / "members.yaml").read_text(encoding="utf-8")
    table: dict[str, str] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader builds text only.
    return table


def manner_of(icp: Icp) -> Manner:
    """What a profile wants of facts about groups."""
    leaves = [leaf for _, whole in icp.sections() for leaf in whole.leaves()]
    asked = frozenset(
        leaf.attribute for criterion, leaf in leaves if criterion.scope is Scope.GROUP
    )
    return Manner(icp.company_is is CompanyIs.GROUP, asked)


def together(own: Sequence[Fact], members: Sequence[Member], manner: Manner) -> list[Fact]:
    """The facts that count for a company and all that are counted with it, adjusted to be true of
    the whole, in the order of their ids.
    """
    if not members:
        return list(own)
    found = {
        fact.id: fact
        for fact in (
            own if all(one.by_sites for one in members) else _of_part(own, manner, own=True)
        )
    }
    found = {id_: fact for id_, fact in found.items() if rules().get(fact.attribute) != "looked"}
    mine = {fact.id for fact in own}
    for member in members:
        theirs = [
            fact for fact in member.facts if fact.id not in mine and fact.attribute in rules()
        ]
        for fact in _of_part(theirs, manner, own=False):
            found.setdefault(
                fact.id, _named(_placed(fact) if member.by_sites else fact, member.name)
            )
    looks = least_looks([("", own), *((member.name, member.facts) for member in members)])
    return sorted(
        [*found.values(), *(_named(fact, name) for name, fact in looks)], key=lambda fact: fact.id
    )


def _of_part(facts: Iterable[Fact], manner: Manner, *, own: bool) -> Iterator[Fact]:
    """What the facts of one company say of a whole that it is a part of."""
    bounds: dict[tuple[str, Scope], list[Fact]] = defaultdict(list)
    for fact in facts:
        rule, scope = rules().get(fact.attribute), fact.evidence.scope
        if rule is None or (scope is Scope.GROUP and own and not manner.of_groups):
            yield fact
        elif scope is Scope.GROUP:
            if manner.of_groups:
                yield fact if fact.attribute in manner.asked_of_groups else _of_whole(fact)
        elif rule == "bound":
            bounds[fact.attribute, scope].append(fact)
        elif rule != "looked" and not (
            isinstance(fact.value, TechnologyUse) and not fact.value.uses
        ):
            yield fact
    for some in bounds.values():
        yield from _or_more(some)


def _or_more(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Facts of one number as lower bounds: each its own where they agree, else the lowest, so that
    no dispute is settled by the larger.
    """
    standing = [
        one
        for one in facts
        if not any(replaces(other, one) and not agree(other.value, one.value) for other in facts)
    ]
    lows = [_low(fact) for fact in standing]
    disputed = any(not agree(one.value, other.value) for one in standing for other in standing)
    lowest = min(lows, default=0) if len({_currency(fact) for fact in standing}) == 1 else 0
    for fact, low in zip(standing, lows, strict=True):
        least = lowest if disputed else low
        if least > 0:
            yield replace(fact, value=_from(fact, least))


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
    """A fact about the group as one about what the verdict is about, apart from what its source
    says of the company itself.
    """
    return _with(fact, scope=Scope.COMPANY, source=f"{fact.evidence.source} of the group")


def _placed(fact: Fact) -> Fact:
    return _with(fact, scope=Scope.SITE) if rules()[fact.attribute] == "place" else fact


def _named(fact: Fact, name: str) -> Fact:
    """A fact whose source says of which member it speaks; two members on one list are no change of
    mind of that list.
    """
    return _with(fact, source=f"{fact.evidence.source} of {name}") if name else fact


def _with(fact: Fact, **evidence: Any) -> Fact:
    seen: Evidence = replace(fact.evidence, **evidence)
    return replace(fact, evidence=seen)
