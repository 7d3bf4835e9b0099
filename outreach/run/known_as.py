"""What companies are known by, read from their facts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from uuid import UUID

from leads.facts import Fact
from leads.store import Tx, contact_keys
from leads.store.facts import facts, held
from leads.store.facts.held import ATTRIBUTE, VALUE, HeldRow
from leads.store.snapshot import is_about_few
from outreach.keys import KnownAs

_NAMES = ("name", "legal_name", "alias", "former_name")
ATTRIBUTES = (*_NAMES, "domain", "email", "phone")

#: An attribute and its value.
Pair = tuple[str, str]
#: What is held about each of some companies.
Rows = Mapping[UUID, list[HeldRow]]


def known_as(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], read: Rows | None = None
) -> dict[UUID, KnownAs]:
    """What each company is known by, from its records, from what people said and from its sites.

    `read` are rows about ATTRIBUTES, and more if you like, that are read already.
    """
    rows = rows_about(tx, client_id, company_ids, ATTRIBUTES, read)
    merged_ids: dict[UUID, list[UUID]] = {one: [one] for one in company_ids}
    for gone, survivor in contact_keys.merged_into(tx, company_ids).items():
        merged_ids[survivor].append(gone)

    return {
        one: known_as_of_pairs(pairs(some), sorted(merged_ids[one])) for one, some in rows.items()
    }


def rows_about(
    tx: Tx,
    client_id: UUID,
    company_ids: Sequence[UUID],
    attributes: Sequence[str],
    read: Rows | None = None,
) -> Rows:
    """What is held about some attributes of each company; `domain` must be one of them.

    Of companies in `read`, these rows: they may be about other attributes too.
    """
    if not read:
        return _rows_about(tx, client_id, company_ids, attributes)
    missing = [one for one in company_ids if one not in read]
    further = _rows_about(tx, client_id, missing, attributes) if missing else {}
    return {one: read[one] if one in read else further[one] for one in company_ids}


def _rows_about(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], attributes: Sequence[str]
) -> Rows:
    if is_about_few(tx, company_ids):
        every = facts.of_companies(tx, client_id, company_ids)
        return {one: _rows_of(some, attributes) for one, some in every.items()}
    rows: dict[UUID, list[HeldRow]] = {one: [] for one in company_ids}
    by_text = {text: one for one in company_ids for text in (str(one), one.hex)}
    owners: dict[str, dict[UUID, None]] = {}
    for row in held.of_companies(tx, client_id, company_ids, attributes):
        company_id = by_text[row[0]]
        rows[company_id].append(row)
        if row[2][ATTRIBUTE] == "domain":
            owners.setdefault(value_of(row), {})[company_id] = None

    for row in held.of_entries(tx, client_id, company_ids, attributes):
        rows[by_text[row[0]]].append(row)

    for row in held.of_sites(tx, owners, attributes):
        for company_id in owners[row[0]]:
            rows[company_id].append(row)
    return rows


def _rows_of(some: Iterable[Fact], attributes: Sequence[str]) -> list[HeldRow]:
    """The rows of facts that were read as a whole."""
    return [held.row_of(one) for one in some if one.attribute in attributes]


def known_as_of_facts(facts: Iterable[Fact]) -> KnownAs:
    """What these facts of one company say it is known by."""
    return known_as_of_pairs((one.attribute, str(one.value)) for one in facts)


def pairs(rows: list[HeldRow]) -> list[Pair]:
    """The facts in the order in which they were stored."""
    return [(str(row[2][ATTRIBUTE]), value_of(row)) for row in sorted(rows, key=itemgetter(1))]


def value_of(row: HeldRow) -> str:
    """The value of a fact as text."""
    text = str(row[2][VALUE])
    if text[:1] == '"' and "\\" not in text:
        # Nearly every value is such a text, and to load the document takes ten times as long.
        return text[1:-1]
    return str(json.loads(text))


def known_as_of_pairs(pairs: Iterable[Pair], company_ids: Sequence[UUID] = ()) -> KnownAs:
    """What these attributes and values of one company say it is known by."""
    values: dict[str, dict[str, None]] = {}
    for attribute, value in pairs:
        values.setdefault(attribute, {})[value] = None
    names = [name for attribute in _NAMES for name in values.get(attribute, ())]
    return KnownAs(
        names=tuple(dict.fromkeys(names)),
        domains=tuple(values.get("domain", ())),
        emails=tuple(values.get("email", ())),
        phones=tuple(values.get("phone", ())),
        company_ids=tuple(company_ids),
    )
