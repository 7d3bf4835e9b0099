"""Forget a company: erase it at every client, and keep only the hashes that bar its return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from leads.changes import Change
from leads.store import (
    Tx,
    company_search,
    consents,
    contact_keys,
    erasing,
    events,
    name_look_ups,
    suppressions,
)
from leads.store.erased_keys import REASON
from leads.store.facts import facts
from leads.store.suppressions import HashedKey, NewSuppression
from outreach.keys import KnownAs, company_key, digest, keys_of
from outreach.run.contact_index import store_keys, with_keys
from outreach.run.known_as import known_as_of_facts
from outreach.run.suppress import changes_of


@dataclass(frozen=True, slots=True)
class Target:
    """One company of one client that is to be erased."""

    client_id: UUID
    company_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased."""

    #: How many rows went, by what they were.
    counts: Mapping[str, int]
    #: How many keyed hashes bar its return.
    hashes: int
    #: Sites that other companies have too: their pages stay.
    shared_sites: Sequence[str]
    changes: Sequence[Change]
    #: The persons who were erased with their address.
    persons: Sequence[str] = ()


def targets(tx: Tx, client_id: UUID, text: str, secret: bytes) -> list[Target]:
    """The company that a text names, and the same company at other clients: known there by the
    same name, and by the same domain, e-mail or phone where both have one.
    """
    found = company_search.find(tx, client_id, text)
    store_keys(tx, client_id, [found.id], secret)
    keys = keys_of(replace(_known(tx, client_id, found.id, found.name), company_ids=()))
    names = [digest(key, secret) for key in keys if key.kind == "company"]
    points = [digest(key, secret) for key in keys if key.kind != "company"]
    by_name = with_keys(tx, None, names, secret)
    by_point = with_keys(tx, None, points, secret) if points else by_name
    others = [
        Target(owner, one, company_search.get(tx, owner, one).name)
        for owner in sorted(by_name)
        if owner != client_id
        for one in sorted(by_name[owner] & by_point.get(owner, set()))
    ]
    return [Target(client_id, found.id, found.name), *others]


def forget(tx: Tx, every: Sequence[Target], by: str, secret: bytes) -> Forgotten:
    """Erase companies, the pages of sites that are theirs alone, and their suppressions' words."""
    ids: dict[Target, list[UUID]] = {}
    names: dict[Target, Sequence[str]] = {}
    keys: dict[str, HashedKey] = {}
    sites: set[str] = set()
    points: set[str] = set()
    for one in every:
        ids[one] = [one.company_id, *contact_keys.merged_into(tx, [one.company_id])]
        known = _known(tx, one.client_id, one.company_id, one.name)
        names[one] = known.names
        sites.update(known.domains)
        points.update(known.emails, known.phones)
        for key in (*keys_of(known), *map(company_key, ids[one])):
            kind = "company" if key.kind == "company_id" else key.kind
            made = HashedKey(kind, None, digest(key, secret))
            keys[made.key_hash] = made

    mine = {company_id for some in ids.values() for company_id in some}
    having = facts.companies_with_sites(tx, sorted(sites))
    shared = {site for site, _, company_id in having if company_id not in mine}
    counts = Counter(erasing.of_sites(tx, sorted(sites - shared)))
    for one, some in ids.items():
        counts.update(erasing.of_company(tx, one.client_id, some))
        counts["former names"] += erasing.of_former_names(tx, one.client_id, names[one])
    counts["consents"] += consents.erase_at(tx, points)
    counts["look-ups of names"] += name_look_ups.forget_look_ups(tx)
    counts["suppression texts"] += erasing.of_suppressions(tx, list(keys))
    events.log(tx, [_line(one, by) for one in every])
    bar(tx, tuple(keys.values()), by)
    changes = changes_of(tx, None, None, list(keys.values()), secret, ended=False)
    return Forgotten(
        {what: number for what, number in counts.items() if number},
        len(keys),
        sorted(shared),
        changes,
    )


def bar(tx: Tx, keys: tuple[HashedKey, ...], by: str) -> None:
    """Suppress what was erased by its hashes alone, for every client."""
    made = suppressions.add(
        tx, NewSuppression(level="law", subject=None, keys=keys, by=by, reason=REASON)
    )
    if made is not None:
        line = events.Happened(
            verb="suppressed", thing="suppression", thing_id=made, who=by, reason=REASON
        )
        events.log(tx, [line])


def _known(tx: Tx, client_id: UUID, company_id: UUID, name: str) -> KnownAs:
    """Everything the company is and ever was known by."""
    current = facts.of_companies(tx, client_id, [company_id])[company_id]
    known = known_as_of_facts([*current, *facts.ever_of(tx, client_id, company_id)])
    return replace(known, names=tuple(dict.fromkeys((name, *known.names))))


def _line(target: Target, by: str) -> events.Happened:
    """The log names the id, which leads nowhere any more."""
    return events.Happened(
        verb="erased",
        thing="company",
        thing_id=target.company_id,
        who=by,
        client_id=target.client_id,
        reason=REASON,
    )
