"""What is wrong with a channel policy as a whole: gaps, rules that never count, days to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from outreach.policy import ANY, CHANNELS, ChannelPolicy, Kind, Rule


@dataclass(frozen=True, slots=True)
class PolicyRemark:
    """Something to change: its path in the file, and what is wrong."""

    path: str
    message: str


def remarks(policy: ChannelPolicy, today: date) -> list[PolicyRemark]:
    """Everything that is wrong with a policy as a whole."""
    return [*_rules(policy, today), *_gaps(policy)]


def _rules(policy: ChannelPolicy, today: date) -> Iterator[PolicyRemark]:
    for place, rule in enumerate(policy.rules):
        before = policy.rules[:place]
        if all(_is_hidden(rule, kind, before) for kind in _kinds(rule)):
            yield PolicyRemark(
                f"rules.{place}", f"{rule.code} never counts: rules above say it all"
            )
        if rule.reviewed and rule.reviewed > today:
            yield PolicyRemark(f"rules.{place}.reviewed", "the day is still to come")


def _kinds(rule: Rule) -> list[Kind]:
    return [rule.to] if rule.to else list(Kind)


def _is_hidden(rule: Rule, kind: Kind, before: tuple[Rule, ...]) -> bool:
    """Whether earlier rules decide every country of a rule."""
    same = [one for one in before if one.channel == rule.channel and one.to in (None, kind)]
    said = {country for one in same for country in one.countries}
    return ANY in said or rule.countries <= said


def _gaps(policy: ChannelPolicy) -> Iterator[PolicyRemark]:
    for channel in (one for one in CHANNELS if one in policy.channels):
        for kind in Kind:
            if policy.rule(ANY, channel, kind) is None:
                yield PolicyRemark(
                    "rules",
                    f"{channel} to a {kind} has no rule for the other countries: end with `any`",
                )
