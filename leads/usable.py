"""Which facts of one attribute count.

A fact counts when its kind and scope are right, its value is possible, it is recent, its confidence
is high enough, and its own source has not replaced it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from leads.attributes import Kind, World, attribute
from leads.facts import Fact, Method, Scope
from leads.known import Ignored, Policy
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse, Value

#: Attributes that say where a company is. The facts of its sites count while no fact is about the
#: company itself.
PLACES = frozenset({"country", "region", "city", "postcode"})

_TYPES: dict[Kind, type] = {
    Kind.TEXT: str,
    Kind.RANGE: Range,
    Kind.MONEY: MoneyRange,
    Kind.INDUSTRY: IndustryCode,
    Kind.TECHNOLOGY: TechnologyUse,
}
_OF = {Scope.COMPANY: "the company", Scope.GROUP: "the group", Scope.SITE: "one site"}

_Parted = tuple[list[Fact], list[Ignored]]


def day(fact: Fact) -> date:
    """The day that a fact is about, at the latest the day it was seen (`320 (2026)`, seen in May)."""
    seen = fact.evidence.observed_at.date()
    return min(fact.evidence.as_of or seen, seen)


def agree(left: Value, right: Value) -> bool:
    """Whether both values can be true together."""
    if isinstance(left, Range) and isinstance(right, Range):
        return left.meet(right) is not None
    if isinstance(left, MoneyRange) and isinstance(right, MoneyRange):
        return left.currency == right.currency and left.amount.meet(right.amount) is not None
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold()
    return left == right


def usable(
    facts: Iterable[Fact], name: str, policy: Policy
) -> tuple[list[Fact], tuple[Ignored, ...]]:
    """The facts of attribute `name` that count under `policy`, and the ignored ones with the reason;
    both in the order of their ids.
    """
    own = {fact.id: fact for fact in facts if fact.attribute == name}
    kept = sorted(own.values(), key=lambda fact: fact.id)
    ignored: list[Ignored] = []
    for reason_against in (_impossible(name, policy.today), _unfit(name, policy)):
        kept = _part(kept, reason_against, ignored)
    kept = _of_scope(kept, name, policy, ignored)
    if attribute(name).sure_guess is not None and not all(map(_is_guess, kept)):
        kept = _part(kept, _outweighed, ignored)
    may_differ = len(kept) > 1 and attribute(name).world is World.CLOSED
    if may_differ and not any(fact.evidence.scope is Scope.SITE for fact in kept):
        kept = _part(kept, _superseded(kept), ignored)
    return kept, tuple(ignored)


def _part(
    facts: list[Fact], reason_against: Callable[[Fact], str | None], ignored: list[Ignored]
) -> list[Fact]:
    kept = []
    for fact in facts:
        reason = reason_against(fact)
        if reason is None:
            kept.append(fact)
        else:
            ignored.append(Ignored(fact, reason))
    return kept


def _impossible(name: str, today: date) -> Callable[[Fact], str | None]:
    kind = attribute(name).kind

    def reason(fact: Fact) -> str | None:
        seen, as_of = fact.evidence.observed_at.date(), fact.evidence.as_of
        # One day more: the source may be in another time zone.
        if seen > today + timedelta(days=1) or (
            as_of is not None and as_of > seen and as_of.year > seen.year
        ):
            return "is dated in the future"
        if not isinstance(fact.value, _TYPES[kind]):
            return f"is not of the kind that {name} holds"
        return odd_value(fact.value)

    return reason


def odd_value(value: Value) -> str | None:
    """Why a value cannot be true of any company; None when it can."""
    bounds = value.amount if isinstance(value, MoneyRange) else value
    if isinstance(bounds, Range):
        if bounds.high is not None and bounds.high < 0:
            return "is below zero"
        if bounds.low is not None and bounds.low < 0:
            return "starts below zero"
        if bounds.low is None and bounds.high is None:
            return "names no number"
    return "is empty" if isinstance(bounds, str) and not bounds.strip() else None


def _unfit(name: str, policy: Policy) -> Callable[[Fact], str | None]:
    limit = attribute(name).max_age_days if policy.max_age_days is None else policy.max_age_days
    sure_guess = policy.min_confidence or attribute(name).sure_guess or 0.0

    def reason(fact: Fact) -> str | None:
        if limit is not None and (policy.today - day(fact)).days > limit:
            return f"is older than {limit} days"
        # `not >=`, so that NaN counts as too low.
        if not fact.evidence.confidence >= policy.min_confidence:
            return f"is less sure than {policy.min_confidence:g}"
        if _is_guess(fact) and not fact.evidence.confidence >= sure_guess:
            return f"is a guess and less sure than {sure_guess:g}"
        return None

    return reason


def _is_guess(fact: Fact) -> bool:
    return fact.evidence.method is Method.INFERRED


def _outweighed(fact: Fact) -> str | None:
    return "is a guess, and another source states it" if _is_guess(fact) else None


def _of_scope(facts: list[Fact], name: str, policy: Policy, ignored: list[Ignored]) -> list[Fact]:
    wanted = policy.scope or attribute(name).scope
    if (
        policy.scope is None
        and name in PLACES
        and not any(fact.evidence.scope is wanted for fact in facts)
    ):
        wanted = Scope.SITE

    def reason(fact: Fact) -> str | None:
        return (
            None
            if fact.evidence.scope is wanted
            else f"speaks of {_OF[fact.evidence.scope]}, not of {_OF[wanted]}"
        )

    return _part(facts, reason, ignored)


def _superseded(facts: Sequence[Fact]) -> Callable[[Fact], str | None]:
    def reason(fact: Fact) -> str | None:
        replaced = any(
            replaces(other, fact) and not agree(other.value, fact.value) for other in facts
        )
        return "has since been replaced by its own source" if replaced else None

    return reason


def replaces(later: Fact, fact: Fact) -> bool:
    """Whether `later` replaces `fact`: the same source changed its mind, which is no conflict.

    A person may correct an answer on the same day. The rows of one list are read on one day and may
    contradict each other.
    """
    now, then = later.evidence, fact.evidence
    if (now.source, now.method) != (then.source, then.method):
        return False
    corrected = now.method is Method.TOLD and now.observed_at > then.observed_at
    return day(later) > day(fact) or (corrected and day(later) == day(fact))
