"""Bring the queue into line with verdicts, suppressions, exclusions and what people said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from leads.store import Tx, events, lists, queue, suppressions, verdicts
from leads.store.companies import over_among
from leads.store.facts import facts
from leads.verdicts import RelationshipRow, VerdictBrief
from outreach.keys import Known, Spellings, digest, keys_of
from outreach.place import Belongs, Standing, belongs, fits


def refresh(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID], secret: bytes
) -> None:
    """Put each of the companies where it belongs: into the queue, out of it, or, while somebody
    holds it, a note on the card.
    """
    standing = standings(tx, client_id, campaign_id, company_ids, secret)
    found = verdicts.brief(tx, campaign_id, company_ids)
    rows = queue.entries(tx, campaign_id, company_ids)
    fresh, moved, noted, lines = [], [], [], []
    for company_id in company_ids:
        to = place(company_id, belongs(standing[company_id]), found.get(company_id))
        row = rows.get(company_id)
        if row is None:
            # A fitting company that must stay out gets its row too: the day the suppression ends,
            # it is found again.
            if to.state == "ready" or fits(standing[company_id]):
                fresh.append(to)
            if to.state == "ready":
                lines.append(_line("queued", client_id, company_id, to.reason))
        elif row["state"] == "leased":
            noted.append((row["id"], "" if to.state == "ready" else to.reason))
        elif _differs(row, to):
            moved.append((row["id"], to))
            if row["state"] != to.state:
                lines.append(
                    _line(
                        "queued" if to.state == "ready" else "left the queue",
                        client_id,
                        company_id,
                        to.reason,
                    )
                )
    queue.add(tx, client_id, campaign_id, fresh)
    queue.move(tx, moved)
    queue.note(tx, noted)
    events.log(tx, lines)


def standings(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID], secret: bytes
) -> dict[UUID, Standing]:
    """All that decides about each company's place."""
    found = verdicts.brief(tx, campaign_id, company_ids)
    related = verdicts.relationships(tx, campaign_id, company_ids)
    excluded = lists.exclusions(tx, client_id, company_ids)
    suppressed = suppressed_among(tx, client_id, campaign_id, company_ids, secret)
    over = over_among(tx, company_ids)
    return {
        one: _standing(
            found.get(one), related.get(one), excluded.get(one), suppressed.get(one), over.get(one)
        )
        for one in company_ids
    }


def suppressed_among(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, company_ids: Sequence[UUID], secret: bytes
) -> dict[UUID, str]:
    """Which of the companies must not be contacted, and why."""
    if not suppressions.any_live(tx):
        return {}
    known = {
        one: known_of(held) for one, held in facts.of_companies(tx, client_id, company_ids).items()
    }
    hashes = {one: [digest(key, secret) for key in keys_of(what)] for one, what in known.items()}
    hits = suppressions.hits(
        tx, client_id, campaign_id, [value for some in hashes.values() for value in some]
    )
    spellings = Spellings(suppressions.names(tx, client_id, campaign_id))
    found: dict[UUID, str] = {}
    for one, values in hashes.items():
        if hit := next((hits[value] for value in values if value in hits), None):
            found[one] = _why(hit)
        elif near := spellings.near(known[one]):
            found[one] = f"its name is a spelling of one that is suppressed ({near})"
    return found


def known_of(held: Sequence[Any]) -> Known:
    """What a company is known by, from its facts."""
    by: dict[str, list[str]] = {}
    for fact in held:
        by.setdefault(fact.attribute, []).append(str(fact.value))
    names = [
        name
        for attribute in ("name", "legal_name", "alias", "former_name")
        for name in by.get(attribute, ())
    ]
    return Known(
        *(
            tuple(dict.fromkeys(values))
            for values in (names, by.get("domain", ()), by.get("email", ()), by.get("phone", ()))
        )
    )


def _standing(
    verdict: VerdictBrief | None,
    related: RelationshipRow | None,
    excluded: str | None,
    suppressed: str | None,
    over: str | None,
) -> Standing:
    return Standing(
        verdict=verdict.verdict if verdict else None,
        fit_stage=verdict.fit_stage if verdict else "name",
        asks=bool(verdict and verdict.asks),
        why_not=verdict.why_not if verdict else "",
        relationship=related.state if related else "untouched",
        relationship_reason=related.reason if related else "",
        reopens_at=related.reopens_at if related else None,
        excluded=excluded,
        suppressed=suppressed,
        over=over,
    )


def place(company_id: UUID, where: Belongs, verdict: VerdictBrief | None) -> queue.Place:
    """The queue row of a company that belongs there."""
    score = (verdict.score_worst, verdict.score_best) if verdict else (0, 0)
    return queue.Place(
        company_id=company_id,
        state=where.state,
        reason=where.reason,
        score_worst=score[0],
        score_best=score[1],
        not_before=where.not_before,
    )


def _differs(row: dict[str, Any], place: queue.Place) -> bool:
    return any(
        row[name] != getattr(place, name)
        for name in ("state", "reason", "score_worst", "score_best", "not_before")
    )


def _line(verb: str, client_id: UUID, company_id: UUID, reason: str) -> events.Happened:
    return events.Happened(
        verb=verb, thing="company", thing_id=company_id, client_id=client_id, reason=reason
    )


def _why(hit: dict[str, Any]) -> str:
    what = hit["subject"] or f"a {hit['kind']}"
    return f"{what}, by {hit['by']} on {hit['at'].date()} for {hit['level']}" + (
        f" ({hit['reason']})" if hit["reason"] else ""
    )
