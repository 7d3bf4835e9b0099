"""What is compared of records: their names and what they state, read narrowly and in one way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select

from leads.ids import dashed
from leads.store import driver
from leads.store.among import as_id_list, as_text, is_listed
from leads.store.engine import Tx, chunks
from leads.store.facts.belonging import held
from leads.store.schema import fact, record

#: Records that one statement reads.
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class ComparedRecord:
    """A live record as far as it is compared. Ids are texts: to make an id of each costs more."""

    id: str
    name: str
    company_id: str | None
    #: Attributes and their values, the oldest fact first.
    stated: list[tuple[str, Any]] = field(default_factory=list)


def _statement(database: str) -> Select[*tuple[Any, ...]]:
    states = and_(
        fact.c.record_id == record.c.id,
        fact.c.attribute.in_(bindparam("attributes", expanding=True)),
        held(),
    )
    return (
        select(
            as_text(record.c.id),
            record.c.name,
            as_text(record.c.company_id),
            fact.c.attribute,
            fact.c.value,
        )
        .select_from(record.outerjoin(fact, states))
        .where(
            record.c.client_id == bindparam("of_client"),
            is_listed(database, record.c.id, "of_records"),
            record.c.ended_at.is_(None),
        )
        .order_by(record.c.id, fact.c.id)
    )


_COMPARED = {database: _statement(database) for database in ("sqlite", "postgresql")}


def compared(
    tx: Tx, client_id: UUID, attributes: Sequence[str], record_ids: Sequence[str]
) -> list[ComparedRecord]:
    """Those of a client's records that count, and what they state about these attributes.

    They are in the order of their ids, which are texts with dashes.
    """
    database = tx.dialect.name
    found: dict[str, ComparedRecord] = {}
    for some in chunks(sorted(record_ids), _AT_ONCE):
        given = {
            "of_client": client_id,
            "attributes": list(attributes),
            "of_records": as_id_list(database, some),
        }
        for id_, name, company_id, attribute, value in driver.run(tx, _COMPARED[database], given):
            one = found.get(id_)
            if one is None:
                one = found[id_] = ComparedRecord(dashed(id_), name, company_id)
            if attribute is not None:
                one.stated.append((attribute, value))
    return list(found.values())
