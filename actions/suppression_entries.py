"""Turn the entries of a do-not-contact list into what is stored of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from intake.suppression_file import Entry, Part
from intake.suppression_terms import Terms
from leads.errors import UsageError
from leads.lexicon.channels import ALL
from leads.spool import pickled
from leads.store.suppression_staging import Coming, KeyCells, OwnerName
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

    def add_all(self, more: Refused) -> None:
        """Count the lines that follow."""
        self.count += more.count
        self.lines += more.lines[: MOST_SHOWN - len(self.lines)]


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
class Understood:
    """What was understood of entries, and counted."""

    #: Those that are stored.
    count: int = 0
    owners: dict[OwnerName, None] = field(default_factory=dict)
    #: Lines of which nothing is stored.
    rejected: Refused = field(default_factory=Refused)
    #: Lines of which some values are not stored.
    unread: Refused = field(default_factory=Refused)
    kinds: dict[str, int] = field(default_factory=dict)

    def add(self, more: Understood) -> None:
        """Count what was understood of the entries that follow."""
        self.count += more.count
        self.owners |= more.owners
        self.rejected.add_all(more.rejected)
        self.unread.add_all(more.unread)
        for kind, count in more.kinds.items():
            self.kinds[kind] = self.kinds.get(kind, 0) + count


@dataclass(frozen=True, slots=True)
class EntriesRead:
    """What some entries say; the values that are stored are pickled for a spool."""

    coming: bytes
    understood: Understood


@dataclass(frozen=True, slots=True)
class EntryReader:
    """Reads entries, in whichever process."""

    secret: bytes
    countries: Sequence[str]
    defaults: Defaults
    #: The moment of the import.
    at: datetime

    def read(self, entries: Sequence[Entry]) -> EntriesRead:
        """What is stored of those entries that name somebody."""
        found = Understood()
        coming = list(self._read(entries, found))
        found.count = len(coming)
        return EntriesRead(pickled(coming), found)

    def _read(self, entries: Sequence[Entry], found: Understood) -> Iterator[Coming]:
        for entry in entries:
            keys, text, errors = self._keys_of(entry, found.kinds)
            terms = entry.terms
            if terms.until is not None and terms.until <= self.at:
                found.rejected.add(entry.line, f"it ended on {terms.until:%Y-%m-%d}")
                continue
            if errors:
                (found.unread if keys else found.rejected).add(entry.line, "; ".join(errors))
            if keys:
                yield self._coming(terms, keys, text, found.owners)

    def _coming(
        self, terms: Terms, keys: tuple[KeyCells, ...], text: str, owners: dict[OwnerName, None]
    ) -> Coming:
        otherwise = self.defaults
        stopped = terms.channel or otherwise.channel
        level = otherwise.level or terms.level or "client"
        owner = (level, terms.campaign if level == "campaign" else None)
        owners.setdefault(owner)
        return Coming(
            owner=owner,
            subject=text,
            keys=keys,
            until=terms.until or otherwise.until,
            channel=None if stopped == ALL else stopped,
            reason=otherwise.reason if terms.reason is None else terms.reason,
            by=terms.by or otherwise.by,
            # Nothing was suppressed tomorrow.
            at=min(terms.at, self.at) if terms.at else None,
        )

    def _keys_of(
        self, entry: Entry, kinds: dict[str, int]
    ) -> tuple[tuple[KeyCells, ...], str, list[str]]:
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
            kinds[kind] = kinds.get(kind, 0) + 1
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
