"""What one question teaches: whether it answered, and whether the answer ended the company."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TypeVar

from sources.planner.offer import FOUND, Experience, Tally

_Key = TypeVar("_Key")


@dataclass(slots=True)
class Lessons:
    """Experience that grows with every question."""

    hits: dict[tuple[str, str, str], Tally] = field(default_factory=dict)
    ends: dict[str, Tally] = field(default_factory=dict)

    def learn(
        self,
        source: str,
        country: str | None,
        attributes: Collection[str],
        *,
        found: bool,
        answered: Collection[str],
        ended_by: Collection[str],
    ) -> None:
        """Count one question about open attributes: which of them it answered, which ended the
        company.
        """
        at = (source, country or "")
        _count(self.hits, (*at, FOUND), yes=found)
        for name in attributes:
            _count(self.hits, (*at, name), yes=name in answered)
        for name in answered:
            _count(self.ends, name, yes=name in ended_by)

    @property
    def experience(self) -> Experience:
        """What was learned so far."""
        return Experience(hits=dict(self.hits), ends=dict(self.ends))


def _count(tallies: dict[_Key, Tally], key: _Key, *, yes: bool) -> None:
    before = tallies.get(key, Tally())
    tallies[key] = Tally(before.yes + yes, before.of + 1)
