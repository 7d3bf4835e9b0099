"""The facts of companies about some attributes as bare rows, their own, their registers' and their
sites'.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from operator import itemgetter
from uuid import UUID

from leads.store import Tx
from leads.store.facts import held
from leads.store.facts.held import ATTRIBUTE, VALUE, HeldRow

#: An attribute and its value.
Pair = tuple[str, str]


def pairs_of(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], attributes: Sequence[str]
) -> dict[UUID, list[Pair]]:
    """The values of these attributes of each company, in the order in which they were stored.

    `domain` must be one of them: by it the facts of sites are found.
    """
    rows: dict[UUID, list[HeldRow]] = {one: [] for one in company_ids}
    by_text = {text: one for one in company_ids for text in (str(one), one.hex)}
    owners: dict[str, dict[UUID, None]] = {}
    for row in held.of_companies(tx, client_id, company_ids, attributes):
        company_id = by_text[row[0]]
        rows[company_id].append(row)
        if row[2][ATTRIBUTE] == "domain":
            owners.setdefault(_value(row), {})[company_id] = None

    for row in held.of_entries(tx, client_id, company_ids, attributes):
        rows[by_text[row[0]]].append(row)

    for row in held.of_sites(tx, owners, attributes):
        for company_id in owners[row[0]]:
            rows[company_id].append(row)

    return {one: _pairs(some) for one, some in rows.items()}


def _pairs(rows: list[HeldRow]) -> list[Pair]:
    return [(str(row[2][ATTRIBUTE]), _value(row)) for row in sorted(rows, key=itemgetter(1))]


def _value(row: HeldRow) -> str:
    return str(json.loads(str(row[2][VALUE])))
