"""The outcomes that one row of a tool's file reports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leads.lexicon.emails import parse_email
from outreach.outcomes.amount import read_amount, read_currency
from outreach.outcomes.profile import OutcomeProfile, SignalKind, Step, squeezed
from outreach.outcomes.when import Clock, read_time

#: Cells of a column of yes and no that say no.
_NO = frozenset(("", "0", "00", "false", "no", "n", "f", "none", "null", "never", "nein", "non"))
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """How a row names its company; empty: not at all."""

    company_id: str = ""
    domain: str = ""
    email: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One outcome of one company."""

    kind: SignalKind
    who: Who
    #: None: the row states no time that could be read.
    at: datetime | None
    external_id: str
    value_minor: int | None = None
    currency: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RowRead:
    """What a row reports; without outcomes and flaws it says nothing about a company."""

    outcomes: tuple[Outcome, ...] = ()
    #: Why the row, or a part of it, cannot be recorded.
    flaws: tuple[str, ...] = ()
    #: Whether it has an amount that is not recorded, for want of a currency or of clear digits.
    value_dropped: bool = False


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of one file."""

    profile: OutcomeProfile
    header: Sequence[str]
    clock: Clock
    #: The time of rows that state none.
    date: datetime | None = None
    #: Of amounts that name none.
    currency: str | None = None

    def read(self, cells: Sequence[str]) -> RowRead:
        """Read one row."""
        row = {squeezed(name): cell.strip() for name, cell in zip(self.header, cells, strict=False)}
        held: dict[str, str] = {}
        for what, names in self.profile.columns.items():
            held[what] = self._first(row, names)
        who = Who(
            company_id=held.get("company_id", ""),
            domain=held.get("domain", ""),
            email=held.get("email", ""),
            name=held.get("name", ""),
        )
        flaws: list[str] = []
        value, code, dropped = self._amount(held)
        made = []
        for kind, when in self._kinds(row, held, flaws):
            at = self._time(when, flaws)
            made.append(
                Outcome(
                    kind=kind,
                    who=who,
                    at=at,
                    external_id=_external_id(kind, at, who, held),
                    value_minor=value,
                    currency=code,
                    reason=held.get("reason", "")[:_LONGEST_REASON],
                )
            )
        return RowRead(tuple(made), tuple(dict.fromkeys(flaws)), dropped and bool(made))

    def _first(self, row: Mapping[str, str], names: Sequence[str]) -> str:
        cells = (row.get(squeezed(name), "") for name in names)
        return next((cell for cell in cells if cell), "")

    def _kinds(
        self, row: Mapping[str, str], held: Mapping[str, str], flaws: list[str]
    ) -> Iterator[tuple[SignalKind, str]]:
        """Each outcome of the row, and the cell with its time."""
        word = held.get("outcome", "")
        kind = self._kind(word, held.get("bounce_type", ""), flaws) if word else None
        if kind:
            yield kind, held.get("at", "")
        for step in self.profile.steps:
            cell = row.get(squeezed(step.column), "")
            if cell.casefold() not in _NO and step.outcome != kind:
                yield step.outcome, self._cell_with_time(step, row, cell) or held.get("at", "")

    def _kind(self, word: str, bounce_type: str, flaws: list[str]) -> SignalKind | None:
        wanted = squeezed(word)
        for value, kind in self.profile.values.items():
            if squeezed(value) == wanted:
                soft = kind == "bounced" and "soft" in bounce_type.casefold()
                return "soft_bounced" if soft else kind
        is_known = wanted in map(squeezed, self.profile.ignored)
        if not is_known and self.profile.otherwise == "reject":
            flaws.append(f"{self.profile.outcomes} has no outcome {word[:60]!r}")
        return None

    def _cell_with_time(self, step: Step, row: Mapping[str, str], cell: str) -> str:
        if step.at:
            return row.get(squeezed(step.at), "")
        try:
            read_time(cell, self.clock)
        except ValueError:
            return ""
        return cell

    def _time(self, cell: str, flaws: list[str]) -> datetime | None:
        if not cell:
            if self.date is None:
                flaws.append("it has no time: add --date DATE")
            return self.date
        try:
            return read_time(cell, self.clock)
        except ValueError as error:
            flaws.append(str(error))
            return None

    def _amount(self, held: Mapping[str, str]) -> tuple[int | None, str | None, bool]:
        """The amount in hundredths, its currency, and whether an amount had to be dropped."""
        cell = held.get("value", "")
        if not cell:
            return None, None, False
        found = read_amount(cell)
        code = read_currency(held.get("currency", "")) or (found and found.currency)
        code = code or self.currency
        if found is None or code is None:
            return None, None, True
        return found.hundredths, code, False


def _external_id(kind: str, at: datetime | None, who: Who, held: Mapping[str, str]) -> str:
    """The tool's own id of the event, else a hash of the row: the same row has the same id."""
    if own := held.get("event_id"):
        parts = [own, kind]
    else:
        email = parse_email(who.email)
        named = (email.address if email else "") or who.company_id or who.domain or who.name
        moment = at.isoformat() if at else ""
        parts = [kind, moment, named.casefold(), held.get("value", ""), held.get("reason", "")]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:40]
