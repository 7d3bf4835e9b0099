"""Turn the entries of a do-not-contact list into what is stored of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from intake.suppression_file import Entry, Part
from intake.suppression_terms import Terms
from leads.clock import now
from leads.errors import UsageError
from leads.lexicon.channels import ALL
from leads.store.suppression_staging import Coming, KeyCells
from outreach.entries import keys_of_text, kind_of_name, owner_of_shared
from outreach.keys import Key
from outreach.run.suppress import key_cells

#: Lines that are kept to be shown.
MOST_SHOWN = 1_000


@dataclass(slots=True)
class Refused:
    """Lines that were not understood: all are counted, and the first ones kept."""

    count: int = 0
    #: Number and error.
    lines: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, error: str) -> None:
        """Count a line."""
        self.count += 1
        if len(self.lines) < MOST_SHOWN:
            self.lines.append((line, error))


@dataclass(frozen=True, slots=True)
class Defaults:
    """What counts where a row does not say it."""

    reason: str
    by: str
    until: datetime | None
    channel: str | None
    #: None: as the row says, else one client.
    level: str | None


@dataclass(slots=True)
class EntryReader:
    """Reads entries, and counts what was understood."""

    secret: bytes
    countries: Sequence[str]
    defaults: Defaults
    #: Level and campaign of the owners met, each with its place.
    owners: dict[tuple[str, str | None], int] = field(default_factory=dict)
    count: int = 0
    #: Lines of which nothing is stored.
    rejected: Refused = field(default_factory=Refused)
    #: Lines of which some values are not stored.
    unread: Refused = field(default_factory=Refused)
    kinds: dict[str, int] = field(default_factory=dict)

    def read(self, entries: Iterator[Entry]) -> Iterator[Coming]:
        """What is stored of each entry that names somebody."""
        at = now()
        for entry in entries:
            keys, text, errors = self._keys_of(entry)
            terms = entry.terms
            if terms.until is not None and terms.until <= at:
                self.rejected.add(entry.line, f"it ended on {terms.until:%Y-%m-%d}")
                continue
            if errors:
                (self.unread if keys else self.rejected).add(entry.line, "; ".join(errors))
            if keys:
                yield self._coming(terms, keys, text, at)

    def _coming(self, terms: Terms, keys: tuple[KeyCells, ...], text: str, at: datetime) -> Coming:
        otherwise, number = self.defaults, self.count
        self.count += 1
        stopped = terms.channel or otherwise.channel
        return Coming(
            number=number,
            owner=self._owner(terms),
            subject=text,
            keys=keys,
            until=terms.until or otherwise.until,
            channel=None if stopped == ALL else stopped,
            reason=otherwise.reason if terms.reason is None else terms.reason,
            by=terms.by or otherwise.by,
            # Nothing was suppressed tomorrow.
            at=min(terms.at, at) if terms.at else None,
        )

    def _owner(self, terms: Terms) -> int:
        level = self.defaults.level or terms.level or "client"
        campaign = terms.campaign if level == "campaign" else None
        return self.owners.setdefault((level, campaign), len(self.owners))

    def _keys_of(self, entry: Entry) -> tuple[tuple[KeyCells, ...], str, list[str]]:
        """The keys of one entry, the text to be shown, and an error for each part not understood."""
        errors = [entry.flaw] if entry.flaw else []
        keys: dict[KeyCells, None] = {}
        text = ""
        countries = (entry.country,) if entry.country else self.countries
        for part in entry.parts:
            if part.kind == "domain" and len(entry.parts) > 1 and owner_of_shared(part.text):
                errors.append(f"{part.text} is shared by many companies")
                continue
            try:
                kind, of_part = _keys(part, countries)
            except UsageError as error:
                errors.append(f"{error.message}: {error.hint}")
                continue
            keys |= dict.fromkeys(key_cells(key, self.secret) for key in of_part)
            text = text or part.text
            self.kinds[kind] = self.kinds.get(kind, 0) + 1
        return tuple(keys), text, errors


def _keys(part: Part, countries: Sequence[str | None]) -> tuple[str, tuple[Key, ...]]:
    """The keys of a text; of a number in national form, those of each country where it is one."""
    given = kind_of_name(part.text) if part.kind == "company" else part.kind
    if given not in (None, "phone"):
        return keys_of_text(part.text, given)

    found: dict[Key, None] = {}
    kind, error = "", None
    for country in countries or (None,):
        try:
            kind, keys = keys_of_text(part.text, given, country)
        except UsageError as one:
            error = error or one
            continue
        found |= dict.fromkeys(keys)
    if error and not found:
        raise error
    return kind, tuple(found)
