"""The facts of one company, folded once for each question that needs them folded that way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from leads.facts import Fact
from leads.fold import fold
from leads.known import FoldedAttribute, Policy
from qualify.profile.criteria import Criterion, Leaf, Within


@dataclass(slots=True)
class FoldedFacts:
    """What is known of one company on one day."""

    today: date
    _facts: dict[str, list[Fact]]
    _known: dict[tuple[str, Policy], FoldedAttribute] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Iterable[Fact], today: date) -> FoldedFacts:
        """A folded of the facts of one company."""
        sorted_in: dict[str, list[Fact]] = {}
        for fact in facts:
            sorted_in.setdefault(fact.attribute, []).append(fact)
        return cls(today, sorted_in)

    def known(self, criterion: Criterion, leaf: Leaf) -> FoldedAttribute:
        """What is known of the attribute a question asks about, as the criterion wants it known."""
        currency = leaf.currency if isinstance(leaf, Within) else None
        return self.fold(leaf.attribute, self.policy(criterion, currency))

    def fold(self, attribute: str, policy: Policy) -> FoldedAttribute:
        """What is known of one attribute."""
        key = (attribute, policy)
        if key not in self._known:
            self._known[key] = fold(self._facts.get(attribute, ()), attribute, policy)
        return self._known[key]

    def mentions(self, attribute: str) -> bool:
        """Whether any fact states an attribute."""
        return attribute in self._facts

    def facts(self, attribute: str) -> list[Fact]:
        """Every fact of one attribute, whether it counts or not."""
        return self._facts.get(attribute, [])

    def policy(self, criterion: Criterion, currency: str | None = None) -> Policy:
        """Which facts count for a criterion."""
        return Policy(
            self.today, criterion.max_age_days, criterion.min_confidence, criterion.scope, currency
        )

    def policy_beside(self, criterion: Criterion) -> Policy:
        """Which facts of other attributes count for a criterion: its scope is not theirs."""
        return Policy(self.today, criterion.max_age_days, criterion.min_confidence)
