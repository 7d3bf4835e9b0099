"""Add many suppressions at once: a do-not-contact list of any length, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from leads.changes import Change, SuppressionChanged
from leads.spool import Spool
from leads.store import Tx, contact_keys, events, staged_matches, suppression_known
from leads.store import suppression_load as load
from leads.store.suppression_staging import Coming, Owner, OwnerName, stage, unstage
from outreach.run.contact_index import store_keys
from outreach.spellings import MIN_LENGTH, Spellings

#: Told how many entries are stored, and of how many.
Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that is ready to be stored."""

    entries: Spool[Coming]
    count: int
    owners: Mapping[OwnerName, Owner]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a list added."""

    new: int
    changes: tuple[Change, ...]


def add_list(tx: Tx, listed: Listed, by: str, secret: bytes, step: Step | None = None) -> Loaded:
    """Store what the list adds, and find the companies that it means."""
    tell = step or _silent
    stage(tx, _told(listed, tell, "comparing"), listed.owners, MIN_LENGTH)
    owners = list(listed.owners.values())
    known = suppression_known.mark_known(tx, owners)
    new = listed.count - known
    if new:
        made = load.load(tx, listed.owners, _told(listed, tell, "storing"), new)
        _log(tx, listed, by, made, new)

    changes = [
        change
        for place, owner in enumerate(owners)
        for change in _changes(owner.campaign_id, _meant(tx, place, owner, secret))
    ]
    unstage(tx)
    return Loaded(new, tuple(changes))


def _silent(_what: str, _done: int, _of: int) -> None:
    pass


def _told(listed: Listed, tell: Step, what: str) -> Iterator[Sequence[Coming]]:
    done = 0
    for batch in listed.entries.batches():
        tell(what, done, listed.count)
        yield batch
        done += len(batch)


def _log(tx: Tx, listed: Listed, by: str, made: UUID | None, count: int) -> None:
    clients = {owner.client_id for owner in listed.owners.values()}
    line = events.Happened(
        verb="suppressed",
        thing="suppression",
        thing_id=str(made),
        who=by,
        client_id=clients.pop() if len(clients) == 1 else None,
        data={"count": count},
    )
    events.log(tx, [line])


def _meant(tx: Tx, place: int, owner: Owner, secret: bytes) -> Mapping[UUID, set[UUID]]:
    """By client, the companies that have a key of an entry, or another spelling of its name."""
    for client_id, waiting in contact_keys.not_stored(tx, owner.client_id).items():
        store_keys(tx, client_id, waiting, secret)

    found: dict[UUID, set[UUID]] = {}
    for client_id, company_id in staged_matches.with_staged_keys(tx, owner.client_id, place):
        found.setdefault(client_id, set()).add(company_id)
    for names, owned in staged_matches.names_beside(tx, owner.client_id, place):
        near = Spellings(names).near_each(one.form for one in owned)
        for one in owned:
            if one.form in near:
                found.setdefault(one.client_id, set()).add(one.company_id)
    return found


def _changes(campaign_id: UUID | None, found: Mapping[UUID, set[UUID]]) -> list[Change]:
    return [
        SuppressionChanged(owner, campaign_id, tuple(sorted(found[owner])), ended=False)
        for owner in sorted(found)
    ]
