"""Why records are one company or two, and which a person should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dedupe.run.seeing import Seen, clustered, see
from dedupe.told import held_together, kept_apart, to_review
from leads.errors import UsageError
from leads.store import Tx, company_search
from leads.store.company_records import RecordOnCompany


@dataclass(frozen=True, slots=True)
class Asked:
    """What was read to explain one company, or two."""

    seen: Seen
    companies: tuple[UUID, ...]


def ask(tx: Tx, client_id: UUID, company: str, other: str | None = None) -> Asked:
    """Read what `explain` needs; UsageError when the two are one company."""
    found = tuple(
        company_search.find(tx, client_id, text).id
        for text in (company, *([other] if other else []))
    )
    if len(set(found)) < len(found):
        raise UsageError(
            f"{company} and {other} are one company",
            "see what holds it together with `sluice dedupe explain COMPANY`",
        )
    return Asked(see(tx, client_id), found)


def explain(asked: Asked) -> list[dict[str, Any]]:
    """The pairs that hold a company together; of two companies the likeliest pair between them, and
    why it is none.
    """
    records = asked.seen.records
    inside = [
        [str(one.id) for one in records if one.company_id == company_id]
        for company_id in asked.companies
    ]
    if not all(inside):
        return []
    found = clustered(asked.seen)
    return _labelled(
        [kept_apart(found, *inside)] if len(inside) > 1 else held_together(found, inside[0]),
        asked.seen,
    )


def review(seen: Seen, limit: int) -> list[dict[str, Any]]:
    """The pairs of a client's records that a person should look at, the most doubtful first."""
    return _labelled(to_review(clustered(seen), limit), seen)


def _labelled(told: Sequence[dict[str, Any]], seen: Seen) -> list[dict[str, Any]]:
    """Pairs whose two sides say how people find the records, and what is compared of them beside
    the name.
    """
    by_key = {str(one.id): one for one in seen.records}
    return [
        {**pair, **{side: _label(by_key[pair[side]], seen) for side in ("left", "right")}}
        for pair in told
    ]


def _label(one: RecordOnCompany, seen: Seen) -> dict[str, Any]:
    stated: dict[str, list[str]] = {}
    for attribute, value in seen.said.get(one.id, ()):
        stated.setdefault(attribute, []).append(str(value))
    return {
        "record": one.id,
        "company": one.company_id,
        "list": one.list_name,
        "row": one.row,
        "name": one.name,
        "stated": stated,
    }
