"""Import a do-not-contact list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from actions.follow_up import WorkedOff, work_off
from actions.number_country import NumberCountry, number_country
from actions.session import Session, Transaction
from actions.suppressions import Hits, Scope, client_and_campaign, right_for, store_keys_of_all
from intake.read_list import ReadOptions
from intake.suppression_file import Entry, Part, read_suppressions
from leads.changes import Change
from leads.errors import UsageError
from leads.lexicon.channels import ALL
from outreach.entries import keys_of_text, kind_of_name, owner_of_shared
from outreach.keys import Key
from outreach.run.hits import hits_of
from outreach.run.suppress import SuppressionRequest, check_channel
from outreach.run.suppress_many import HashedEntry, add_entries, hashed_entry, spelling_changes
from outreach.shown_countries import countries_shown

__all__ = ["ImportedSuppressions", "ReadOptions", "import_file"]

#: Entries stored in one transaction.
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSuppressions:
    """What an import of suppressions did, or would do in a dry run."""

    new: int
    known: int
    #: The number of each rejected line, and the error.
    rejected: Sequence[tuple[int, str]]
    #: The same for values that were not read on lines whose other values were stored.
    unread: Sequence[tuple[int, str]]
    #: Columns and what they name; empty for a file with one entry a line.
    columns: Sequence[tuple[str, str]]
    unused: Sequence[str]
    #: Rows whose opt-out cell says no, or nothing.
    allowed: int
    #: How many suppressions name each kind.
    kinds: dict[str, int]
    hits: Hits
    #: Where the country of numbers in national form comes from, unless the user told it.
    country: NumberCountry
    work: WorkedOff


@dataclass(slots=True)
class _Tally:
    new: int = 0
    known: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Job:
    """One list that is being stored."""

    session: Session
    scope: Scope
    reason: str
    until: datetime | None
    tally: _Tally

    def store(self, entries: Iterator[HashedEntry]) -> Hits:
        """Store the entries in short transactions: others write in between."""
        names: list[str] = []
        while some := list(islice(entries, _AT_ONCE)):
            with self.session.write(right_for(self.scope.level)) as work:
                work.follow(self._add(work, some))
            names += _names(some)
        with self.session.write(right_for(self.scope.level)) as work:
            work.follow(self._spelled(work, names))
            return hits_of(work.tx, self.tally.changes, work.actor.clients)

    def rehearse(self, entries: Iterator[HashedEntry]) -> Hits:
        """Count what the entries would do, and keep nothing."""
        names: list[str] = []
        with self.session.write(right_for(self.scope.level), dry_run=True) as work:
            while some := list(islice(entries, _AT_ONCE)):
                self._add(work, some)
                names += _names(some)
            self._spelled(work, names)
            return hits_of(work.tx, self.tally.changes, work.actor.clients)

    def _add(self, work: Transaction, some: Sequence[HashedEntry]) -> list[Change]:
        new, changes = add_entries(work.tx, self._request(work), some, self.session.secret)
        self.tally.new += new
        self.tally.known += len(some) - new
        self.tally.changes += changes
        return changes

    def _spelled(self, work: Transaction, names: Sequence[str]) -> list[Change]:
        changes = spelling_changes(work.tx, self._request(work), names)
        self.tally.changes += changes
        return changes

    def _request(self, work: Transaction) -> SuppressionRequest:
        client_id, campaign_id = client_and_campaign(work, self.scope)
        return SuppressionRequest(
            kind=None,
            text="",
            level=self.scope.level,
            by=work.actor.name,
            reason=self.reason,
            client_id=client_id,
            campaign_id=campaign_id,
            until=self.until,
        )


def _names(entries: Sequence[HashedEntry]) -> list[str]:
    keys = [key for one in entries for key in one.keys]
    return [key.key for key in keys if key.kind == "company" and key.key is not None]


def import_file(
    session: Session,
    scope: Scope,
    file: str,
    *,
    options: ReadOptions | None = None,
    country: str | None = None,
    reason: str = "",
    until: datetime | None = None,
    channel: str | None = None,
    dry_run: bool = False,
) -> ImportedSuppressions:
    """Suppress the companies, domains, addresses and numbers of a file; a row without any is rejected.

    `country` is that of phone numbers in national form, where the row names none; default:
    the client's, else the setting. `channel` is the only one that a row stops which names none.
    """
    check_channel(channel)
    assumed = number_country(session, country, scope.where.client, scope.level)
    # Read first: a pipe may take its time.
    found = read_suppressions(file, options or ReadOptions())
    countries = (assumed.code,) if assumed.code else _shown(found.entries)
    tally = _Tally()
    if not dry_run:
        store_keys_of_all(session, scope)

    job = _Job(session, scope, reason or f"from {file}", until, tally)
    # Read once: it is a file.
    entries = (
        hashed_entry(keys, text, session.secret, _stopped(entry, channel))
        for entry, keys, text in _read(found.entries, countries, tally)
    )
    hits = job.rehearse(entries) if dry_run else job.store(entries)

    return ImportedSuppressions(
        new=tally.new,
        known=tally.known,
        rejected=tally.rejected,
        unread=tally.unread,
        columns=found.columns,
        unused=found.unused,
        allowed=found.allowed,
        kinds=tally.kinds,
        hits=hits,
        country=assumed if assumed.code else _as_shown(countries),
        work=WorkedOff() if dry_run else work_off(session),
    )


def _stopped(entry: Entry, otherwise: str | None) -> str | None:
    """The only channel that an entry stops: what its row says, else what the user said."""
    said = entry.channel or otherwise
    return None if said == ALL else said


def _shown(entries: Sequence[Entry]) -> tuple[str, ...]:
    """The countries that the numbers in international form show."""
    return countries_shown(
        part.text for entry in entries for part in entry.parts if part.kind in (None, "phone")
    )


def _as_shown(countries: Sequence[str]) -> NumberCountry:
    if not countries:
        return NumberCountry(None)
    return NumberCountry(" and ".join(countries), "as other numbers of the file show")


def _read(
    entries: Sequence[Entry], countries: Sequence[str], tally: _Tally
) -> Iterator[tuple[Entry, tuple[Key, ...], str]]:
    """Each entry that names somebody, its keys, and the text to be shown."""
    for entry in entries:
        keys, text, errors = _read_entry(entry, countries, tally)
        if keys:
            yield entry, keys, text
        if errors:
            refused = tally.unread if keys else tally.rejected
            refused.append((entry.line, "; ".join(errors)))


def _read_entry(
    entry: Entry, countries: Sequence[str], tally: _Tally
) -> tuple[tuple[Key, ...], str, list[str]]:
    """The keys of one entry, the text to be shown, and an error for each part not understood."""
    errors = [entry.flaw] if entry.flaw else []
    keys: dict[Key, None] = {}
    text = ""
    for part in entry.parts:
        if part.kind == "domain" and len(entry.parts) > 1 and owner_of_shared(part.text):
            errors.append(f"{part.text} is shared by many companies")
            continue
        try:
            kind, of_part = _keys(part, (entry.country,) if entry.country else countries)
        except UsageError as error:
            errors.append(f"{error.message}: {error.hint}")
            continue
        keys |= dict.fromkeys(of_part)
        text = text or part.text
        tally.kinds[kind] = tally.kinds.get(kind, 0) + 1
    return tuple(keys), text, errors


def _keys(part: Part, countries: Sequence[str | None]) -> tuple[str, tuple[Key, ...]]:
    """The keys of a text; of a number in national form, those of each country where it is one."""
    found: dict[Key, None] = {}
    kind, error = "", None
    given = kind_of_name(part.text) if part.kind == "company" else part.kind
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
