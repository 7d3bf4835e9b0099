"""Import a do-not-contact list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.number_country import NumberCountry, number_country
from actions.session import Session, Transaction, check_actor
from actions.suppression_entries import Defaults, EntryReader, Refused, Understood
from actions.suppressions import (
    Hits,
    Scope,
    client_and_campaign,
    right_for,
    store_keys_of_all,
)
from intake.read_options import ReadOptions
from intake.suppression_file import Entry, SuppressionFile, read_suppressions
from leads.clock import now
from leads.collection import rare_collection
from leads.second_process import shared_by_two
from leads.spool import Spool, new_spool
from leads.store.suppression_staging import Coming, Owner, OwnerName
from outreach.run.hits import hits_of
from outreach.run.suppress import check_channel
from outreach.run.suppress_many import Listed, Loaded, add_list
from outreach.shown_countries import countries_shown

__all__ = ["ImportedSuppressions", "ReadOptions", "Refused", "import_file"]

#: Entries read at a time.
_BATCH = 1_000
#: As many batches are read before a second process is worth its start.
_ALONE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSuppressions:
    """What an import of suppressions did, or would do in a dry run."""

    new: int
    known: int
    rejected: Refused
    #: Values that were not read on lines whose other values were stored.
    unread: Refused
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
    keep_levels: bool = False,
    dry_run: bool = False,
) -> ImportedSuppressions:
    """Suppress the companies, domains, addresses and numbers of a file; a row without any is rejected.

    `country` is that of phone numbers in national form, where the row names none; default:
    the client's, else the setting. `channel` is the only one that a row stops which names none.
    With `keep_levels` each row counts at the level that it names. The list is stored whole or not
    at all.
    """
    check_channel(channel)
    with session.read(right_for(scope.level)) as work:
        client_and_campaign(work, scope)
    assumed = number_country(session, country, scope.where.client, scope.level)
    found = read_suppressions(file, options or ReadOptions())
    gives_reasons = any(what == "reason" for _, what in found.columns)
    defaults = Defaults(
        reason=reason or ("" if gives_reasons else f"from {file}"),
        by=session.user_name,
        until=until,
        channel=channel,
        level=None if keep_levels else scope.level,
    )
    countries = (assumed.code,) if assumed.code else _shown(found)
    reader = EntryReader(session.secret, countries, defaults, now())
    with new_spool(Coming) as spool, rare_collection():
        read = _fill(session, spool, reader, found.entries(), file)
        _check_rights(session, read.owners)
        if not dry_run:
            for level in {level for level, _ in read.owners}:
                store_keys_of_all(session, replace(scope, level=level))
        loaded, hits = _store(session, scope, spool, read, dry_run=dry_run)

    return ImportedSuppressions(
        new=loaded.new,
        known=read.count - loaded.new,
        rejected=read.rejected,
        unread=read.unread,
        columns=found.columns,
        unused=found.unused,
        allowed=found.allowed,
        kinds=read.kinds,
        hits=hits,
        country=assumed if assumed.code else _as_shown(countries),
        work=WorkedOff() if dry_run else work_off(session),
    )


def _shown(found: SuppressionFile) -> tuple[str, ...]:
    """The countries that the numbers in international form show."""
    if not found.has_phones:
        return ()
    return countries_shown(
        part.text
        for entry in found.entries()
        for part in entry.parts
        if part.kind in (None, "phone")
    )


def _as_shown(countries: Sequence[str]) -> NumberCountry:
    if not countries:
        return NumberCountry(None)
    return NumberCountry(" and ".join(countries), "as other numbers of the file show")


def _fill(
    session: Session, spool: Spool[Coming], reader: EntryReader, entries: Iterator[Entry], file: str
) -> Understood:
    """Read the file outside any transaction: others write meanwhile."""
    found = Understood()
    batches = iter(lambda: list(islice(entries, _BATCH)), [])
    for some in shared_by_two(reader.read, batches, _ALONE):
        spool.add_pickled(some.coming)
        found.add(some.understood)
        if session.progress:
            session.progress(f"reading {file}", found.count + found.rejected.count, 0)
    return found


def _check_rights(session: Session, owners: Iterable[OwnerName]) -> None:
    """NotAllowedError when the actor may not suppress at a level that a row names."""
    rights: set[Right] = {right_for(level) for level, _ in owners}
    for right in sorted(rights):
        with session.read(right) as work:
            check_actor(work.actor, right)


def _store(
    session: Session, scope: Scope, spool: Spool[Coming], read: Understood, *, dry_run: bool
) -> tuple[Loaded, Hits]:
    with session.write(right_for(scope.level), dry_run=dry_run) as work:
        owners = {one: _owner(work, scope, *one) for one in read.owners}
        listed = Listed(spool, read.count, owners)
        loaded = add_list(work.tx, listed, work.actor.name, session.secret, session.progress)
        hits = hits_of(work.tx, loaded.changes, work.actor.clients)
        if not dry_run:
            work.follow(loaded.changes)
        return loaded, hits


def _owner(work: Transaction, scope: Scope, level: str, campaign: str | None) -> Owner:
    where = scope.where if campaign is None else replace(scope.where, campaign=campaign)
    client_id, campaign_id = client_and_campaign(work, Scope(where, level))
    shared = right_for(level) is Right.MANAGE
    client: UUID | None = None if shared else client_id
    return Owner(level, client, campaign_id)
