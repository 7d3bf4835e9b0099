"""What a row states, and the facts made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from leads.codec import from_json, json_text
from leads.facts import Evidence, Fact, Method, Scope, Stated
from leads.ids import new_id
from leads.values import Value


class Statement(NamedTuple):
    """One value that a row states; a fact without what all facts of its list share."""

    attribute: str
    value: Value
    #: The day that the cell or the column's name gives.
    as_of: date | None
    scope: Scope
    quote: str
    confidence: float

    @classmethod
    def of_stated(cls, stored: Stated) -> Statement:
        """Read a statement as it is stored."""
        attribute, text, day, scope, quote, confidence = stored
        value = from_json(attribute, json.loads(text))
        as_of = date.fromisoformat(day) if day else None
        return cls(attribute, value, as_of, Scope(scope), quote, confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What all facts of one reading of a list share."""

    #: `list:NAME`.
    source: str
    observed_at: datetime
    #: The date of the list, used where a statement has none.
    as_of: date | None
    client_id: UUID | None

    def facts(self, statements: tuple[Statement, ...]) -> tuple[Fact, ...]:
        """The statements as facts with their evidence."""
        return tuple(map(self._fact, statements))

    def stated(self, statements: Iterable[Statement]) -> list[Stated]:
        """The statements as they are stored."""
        # Most values have no day, and are about the company.
        usual, company = self._iso_day(None), Scope.COMPANY.value
        return [
            (
                attribute,
                json_text(value),
                self._iso_day(day) if day else usual,
                company if scope is Scope.COMPANY else scope.value,
                quote,
                confidence,
            )
            for attribute, value, day, scope, quote, confidence in statements
        ]

    def _iso_day(self, stated: date | None) -> str | None:
        day = self.day(stated)
        return day.isoformat() if day else None

    def _fact(self, said: Statement) -> Fact:
        evidence = Evidence(
            source=self.source,
            method=Method.COLUMN,
            observed_at=self.observed_at,
            as_of=self.day(said.as_of),
            quote=said.quote,
            confidence=said.confidence,
            scope=said.scope,
        )
        return Fact(
            id=new_id(),
            attribute=said.attribute,
            value=said.value,
            evidence=evidence,
            client_id=self.client_id,
        )

    def day(self, stated: date | None) -> date | None:
        """The stated day of a value, else the list's.

        The end of this year becomes today, as it is not over.
        """
        if stated is None and self.as_of is None:
            return None
        seen = self.observed_at.date()
        if stated:
            # A year in the future is wrong: it stays, so that the fact can be recognised as such.
            return min(stated, seen) if stated.year <= seen.year else stated
        return min(self.as_of, seen) if self.as_of else None
