"""What a client's records say, read in one short transaction and compared in none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dedupe.engine import Clustering, cluster
from dedupe.record import Decisions, MatchRecord, only_value
from leads.company_kind import CompanyIs
from leads.store import Tx, company_records, judgements
from leads.store.company_records import RecordOnCompany
from leads.store.facts import facts

KIND = CompanyIs.LEGAL_ENTITY

#: Attribute of a fact, and the field of a MatchRecord it fills; the first group holds several
#: values, the second one.
_MANY = {
    "alias": "aliases",
    "former_name": "aliases",
    "legal_name": "aliases",
    "domain": "domains",
    "phone": "phones",
}
_ONE = ("country", "city", "postcode", "street", "register_number", "legal_form")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """All that clustering looks at."""

    records: Sequence[RecordOnCompany]
    #: By record, attributes and values.
    said: Mapping[UUID, Sequence[tuple[str, Any]]]
    #: Left key, right key, decision.
    judged: Sequence[tuple[str, str, str]]


def see(tx: Tx, client_id: UUID) -> Seen:
    """Read what a client's live records say and what people decided about them."""
    records = company_records.live_records(tx, client_id)
    return Seen(
        records,
        facts.matching(tx, client_id, [*_MANY, *_ONE]),
        judgements.judgements(tx, client_id),
    )


def clustered(seen: Seen, progress: Progress | None = None) -> Clustering:
    """Which of the records are one company."""
    rows = [_match_record(one, seen.said.get(one.id, ())) for one in seen.records]
    return cluster(
        rows, company_is=KIND, decisions=_decisions(seen.records, seen.judged), progress=progress
    )


def _decisions(
    records: Sequence[RecordOnCompany], judged: Sequence[tuple[str, str, str]]
) -> Decisions:
    by_key: dict[str, list[str]] = {}
    for one in records if judged else ():
        by_key.setdefault(one.match_key, []).append(str(one.id))
        by_key.setdefault(one.own_key, []).append(str(one.id))
    pairs: dict[str, list[tuple[str, str]]] = {"same": [], "different": []}
    for left, right, decision in judged:
        pairs[decision] += [
            (one, other) for one in by_key.get(left, ()) for other in by_key.get(right, ())
        ]
    return Decisions(same=tuple(pairs["same"]), different=tuple(pairs["different"]))


def _match_record(one: RecordOnCompany, said: Sequence[tuple[str, Any]]) -> MatchRecord:
    stated: dict[str, dict[str, None]] = {}
    for attribute, value in said:
        stated.setdefault(_MANY.get(attribute, attribute), {})[str(value)] = None
    many = {name: tuple(values) for name, values in stated.items() if name not in _ONE}
    fields: Mapping[str, Any] = many | {
        name: only_value(name, tuple(stated[name])) for name in _ONE if name in stated
    }
    return MatchRecord(key=str(one.id), name=one.name, **fields)
