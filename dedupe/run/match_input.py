"""Read what a client's records state in one short transaction; compare them outside of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dedupe.engine import Clustering, cluster
from dedupe.learned import SHIPPED, Learned
from dedupe.outcome import Strictness
from dedupe.record import Decisions, MatchRecord, only_value
from dedupe.run.client_strictness import strictness_of_client
from dedupe.run.models import learned_of_client
from leads.company_kind import CompanyIs
from leads.store import Tx, company_records, judgements, unsure_pairs
from leads.store.company_records import RecordOnCompany
from leads.store.compared_records import ComparedRecord
from leads.store.facts import matching

KIND = CompanyIs.LEGAL_ENTITY

#: Attributes of facts, and the MatchRecord field each fills: fields with several values, then with
#: one.
_MANY = {
    "alias": "aliases",
    "former_name": "aliases",
    "legal_name": "aliases",
    "domain": "domains",
    "phone": "phones",
}
_ONE = ("country", "city", "postcode", "street", "register_number", "legal_form")
#: The attributes that are compared besides the name.
COMPARED = (*_MANY, *_ONE)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class MatchInput:
    """Everything that clustering uses."""

    records: Sequence[RecordOnCompany]
    #: Attributes and values by record.
    stated: Mapping[UUID, Sequence[tuple[str, Any]]]
    #: Left key, right key, decision.
    decided: Sequence[tuple[str, str, str]]
    strictness: Strictness = Strictness.BALANCED
    #: What the client's model in force adds to the weights.
    learned: Learned = SHIPPED
    #: Pairs of keys that nobody could decide.
    unsure: Sequence[tuple[str, str]] = ()


def read_input(tx: Tx, client_id: UUID) -> MatchInput:
    """Read a client's live records and people's decisions about them."""
    return MatchInput(
        records=company_records.live_records(tx, client_id),
        stated=matching.stated(tx, client_id, COMPARED),
        decided=judgements.judgements(tx, client_id),
        strictness=strictness_of_client(tx, client_id),
        learned=learned_of_client(tx, client_id),
        unsure=unsure_pairs.of_client(tx, client_id),
    )


def clustered(found: MatchInput, progress: Progress | None = None) -> Clustering:
    """Cluster the records into companies."""
    rows = [match_record(one, found.stated.get(one.id, ())) for one in found.records]
    unsure = [(*pair, "unsure") for pair in found.unsure]
    decisions = decisions_about(found.records, [*found.decided, *unsure])
    return cluster(
        rows,
        company_is=KIND,
        strictness=found.strictness,
        stored=True,
        decisions=decisions,
        learned=found.learned,
        progress=progress,
    )


def decisions_about(
    records: Sequence[RecordOnCompany], decided: Sequence[tuple[str, str, str]]
) -> Decisions:
    """Return what people decided about some records."""
    if not decided:
        return Decisions()

    by_key = keys_by_said(records)
    pairs: dict[str, list[tuple[str, str]]] = {"same": [], "different": [], "unsure": []}
    for left, right, decision in decided:
        for one_id in by_key.get(left, ()):
            pairs[decision] += [(one_id, other_id) for other_id in by_key.get(right, ())]
    return Decisions(**{name: tuple(found) for name, found in pairs.items()})


def keys_by_said(records: Sequence[RecordOnCompany]) -> dict[str, list[str]]:
    """Map each key of a decision to the records that it is about."""
    by_key: dict[str, list[str]] = {}
    for one in records:
        by_key.setdefault(one.match_key, []).append(str(one.id))
        by_key.setdefault(one.own_key, []).append(str(one.id))
    return by_key


def match_record(
    one: RecordOnCompany | ComparedRecord, stated: Sequence[tuple[str, Any]]
) -> MatchRecord:
    """Return what is compared of a record."""
    values: dict[str, dict[str, None]] = {}
    for attribute, value in stated:
        values.setdefault(_MANY.get(attribute, attribute), {})[str(value)] = None

    single = {name: only_value(name, tuple(values[name])) for name in _ONE if name in values}
    return MatchRecord(
        key=str(one.id),
        name=one.name,
        aliases=tuple(values.get("aliases", ())),
        domains=tuple(values.get("domains", ())),
        phones=tuple(values.get("phones", ())),
        **single,
    )
