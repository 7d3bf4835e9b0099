"""What decides whether companies may be contacted, read from the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from leads.collection import rare_collection
from leads.levels import LEVELS
from leads.stages import Relationship
from leads.store import (
    Tx,
    contact_keys,
    funnel_counts,
    lists,
    scores,
    suppression_names,
    suppressions,
    verdicts,
)
from leads.store.companies import ids_of, over_among
from leads.store.suppressions import SuppressionRow
from leads.verdicts import RelationshipRow
from outreach.contact import (
    ContactFacts,
    SuppressedBy,
    SuppressedSpelling,
)
from outreach.keys import digest, keys_of, squashed_core
from outreach.run.between_clients import held_until
from outreach.run.contact_index import up_to_date_keys
from outreach.run.known_as import known_as
from outreach.spellings import Spellings, ends

Suppressed = SuppressedBy | SuppressedSpelling
#: What is known of most companies.
_NOTHING = ContactFacts()


def contact_facts(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, company_ids: Sequence[UUID], secret: bytes
) -> dict[UUID, ContactFacts]:
    """What decides about each company as of now; None: apart from any campaign."""
    suppressed = suppressed_among(tx, client_id, campaign_id, company_ids, secret)
    found = dict.fromkeys(company_ids, _NOTHING)
    found |= _exceptions(tx, client_id, campaign_id, company_ids, suppressed)
    for one, until in held_until(tx, client_id, company_ids).items():
        found[one] = replace(found[one], held_until=until)
    return found


def contact_facts_by_stored_keys(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, company_ids: Sequence[UUID]
) -> dict[UUID, ContactFacts]:
    """The same from the stored contact keys, for callers without the installation's secret."""
    with rare_collection():
        suppressed = _suppressed_by_stored_keys(tx, client_id, campaign_id, company_ids)
        found = dict.fromkeys(company_ids, _NOTHING)
        return found | _exceptions(tx, client_id, campaign_id, company_ids, suppressed)


def exceptions(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID], secret: bytes
) -> dict[UUID, ContactFacts]:
    """What decides about those of the companies that anything is known of, but not until when they
    are held.
    """
    suppressed = suppressed_among(tx, client_id, campaign_id, company_ids, secret)
    return _exceptions(tx, client_id, campaign_id, company_ids, suppressed)


def exceptions_of_all(
    tx: Tx, client_id: UUID, campaign_id: UUID, secret: bytes
) -> dict[UUID, ContactFacts]:
    """The same about all live companies of a client."""
    suppressed: Mapping[UUID, Suppressed] = {}
    if suppressions.any_live(tx):
        every = ids_of(tx, client_id)
        suppressed = suppressed_among(tx, client_id, campaign_id, every, secret)
    some = {*funnel_counts.known_of(tx, client_id, campaign_id), *suppressed}
    return _exceptions(tx, client_id, campaign_id, sorted(some), suppressed)


def _exceptions(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID | None,
    company_ids: Sequence[UUID],
    suppressed: Mapping[UUID, Suppressed],
) -> dict[UUID, ContactFacts]:
    related = verdicts.relationships(tx, campaign_id, company_ids) if campaign_id else {}
    excluded = lists.exclusions(tx, client_id, company_ids)
    left = over_among(tx, company_ids)
    out = scores.disqualified_among(tx, campaign_id, company_ids) if campaign_id else {}
    found = {}
    for one in {*related, *excluded, *left, *out, *suppressed}.intersection(company_ids):
        relationship = related.get(one)
        found[one] = ContactFacts(
            left=left.get(one),
            suppressed=suppressed.get(one),
            excluded=excluded.get(one),
            disqualified=out.get(one),
            relationship=_state(relationship),
            relationship_reason=relationship.reason if relationship else "",
            reopens_at=relationship.reopens_at if relationship else None,
            promised_by=relationship.promised_by if relationship else None,
            shared_at=relationship.shared_at if relationship else None,
        )
    return found


def _state(relationship: RelationshipRow | None) -> Relationship:
    # The name of a state is looked up slowly: most companies are untouched.
    return Relationship(relationship.state) if relationship else Relationship.UNTOUCHED


def suppressed_among(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, company_ids: Sequence[UUID], secret: bytes
) -> dict[UUID, Suppressed]:
    """Which of the companies are suppressed, from what is known of them now."""
    if not suppressions.any_live(tx):
        return {}
    with rare_collection():
        return _suppressed_now(tx, client_id, campaign_id, company_ids, secret)


def _suppressed_now(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, company_ids: Sequence[UUID], secret: bytes
) -> dict[UUID, Suppressed]:
    known = known_as(tx, client_id, company_ids)
    # Making keys costs far more than reading them. The stored ones tell who is not suppressed; the
    # order of fresh ones says which suppression of several is shown.
    stored = up_to_date_keys(tx, known, secret)
    suspected = _suppressed(tx, client_id, campaign_id, stored.hashes, stored.forms)
    rest = {
        one: what for one, what in known.items() if one not in stored.hashes or one in suspected
    }
    if not rest:
        return {}
    hashes = {one: [digest(key, secret) for key in keys_of(what)] for one, what in rest.items()}
    names = {one: [squashed_core(name) for name in what.names] for one, what in rest.items()}
    return _suppressed(tx, client_id, campaign_id, hashes, names)


def _suppressed_by_stored_keys(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, company_ids: Sequence[UUID]
) -> dict[UUID, Suppressed]:
    if not suppressions.any_live(tx):
        return {}
    stored = contact_keys.of_many(tx, company_ids)
    return _suppressed(tx, client_id, campaign_id, stored.hashes, stored.forms)


def _suppressed(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID | None,
    hashes: Mapping[UUID, Sequence[str]],
    names: Mapping[UUID, Sequence[str]],
) -> dict[UUID, Suppressed]:
    hit_of = _hits(tx, client_id, campaign_id, hashes)
    wanted = ends(form for some in names.values() for form in some)
    spellings = Spellings(suppression_names.names(tx, client_id, campaign_id, *wanted))
    near = spellings.near_each(
        form for one, hit in hit_of.items() if hit is None for form in names[one]
    )
    found: dict[UUID, Suppressed] = {}
    for one, hit in hit_of.items():
        if hit is not None:
            found[one] = suppressed_by(hit, client_id)
        elif spelled := next(filter(None, map(near.get, names[one])), None):
            origins = suppression_names.origins_of_name(tx, client_id, campaign_id, spelled)
            is_own = not origins.isdisjoint((None, client_id))
            found[one] = SuppressedSpelling(spelled if is_own else None)
    return found


def _hits(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, hashes: Mapping[UUID, Sequence[str]]
) -> dict[UUID, SuppressionRow | None]:
    """The suppression that counts for each company by one of its keys; None when there is none."""
    every = [key_hash for some in hashes.values() for key_hash in some]
    hits = strictest(suppressions.with_hashes(tx, client_id, campaign_id, every))
    found: dict[UUID, SuppressionRow | None] = dict.fromkeys(hashes)
    for one, some in hashes.items():
        if not hits.keys().isdisjoint(some):
            found[one] = next(hits[key_hash] for key_hash in some if key_hash in hits)
    return found


def strictest(rows: Iterable[SuppressionRow]) -> dict[str, SuppressionRow]:
    """The suppression that counts for each hash: the strictest level, then the oldest."""
    found: dict[str, SuppressionRow] = {}
    for row in rows:
        before = found.get(row.key_hash)
        if before is None or LEVELS.index(row.level) < LEVELS.index(before.level):
            found[row.key_hash] = row
    return found


def suppressed_by(row: SuppressionRow, client_id: UUID) -> SuppressedBy:
    """The suppression as this client sees it: the words of other clients are theirs."""
    if row.origin_id not in (None, client_id):
        return SuppressedBy(
            subject=f"a {row.kind}", by="the agency", at=row.at, level=row.level, until=row.until
        )
    return SuppressedBy(
        subject=row.subject or f"a {row.kind}",
        by=row.by,
        at=row.at,
        level=row.level,
        reason=row.reason,
        until=row.until,
    )
