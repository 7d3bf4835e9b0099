"""Facts of register entries, by source, and the companies that the entries belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import literal, select

from leads.facts import Fact
from leads.store.among import is_among
from leads.store.engine import Tx, chunks
from leads.store.facts.belonging import entries, held, is_about, of_client, own
from leads.store.facts.facts import PARTS, fact_of
from leads.store.schema import fact


def stated(tx: Tx, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Fact]]:
    """What holds of entries by single sources: by (entry, source)."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for some in chunks(sorted({key for key, _ in wanted})):
        of_these = is_among(tx, fact.c.register_entry, some)
        rows = tx.execute(
            select(fact.c.register_entry, *PARTS).where(
                of_these, fact.c.client_id.is_(None), held()
            )
        )
        for row in rows:
            one = fact_of(row[1:], None)
            found.setdefault((row[0], one.evidence.source), []).append(one)
    return found


def companies_with_entries(tx: Tx, keys: Iterable[str]) -> list[tuple[UUID, UUID]]:
    """Client and company ids of the companies that one of these register entries belongs to."""
    wanted = set(keys)
    spelled = {form for key in wanted for form in _spellings(key)}
    by_client: dict[UUID, set[UUID]] = {}
    for some in chunks(sorted(spelled), 1000):
        named = fact.c.value.in_([literal(one, fact.c.value.type) for one in some])
        for one in own():
            mine = select(one.client, one.company).where(
                one.holds, is_about("register_number"), named
            )
            for client_id, company_id in tx.execute(mine.distinct()):
                by_client.setdefault(client_id, set()).add(company_id)
    return [
        (client_id, company_id)
        for client_id, ids in sorted(by_client.items())
        for company_id in _with(tx, client_id, sorted(ids), wanted)
    ]


def entries_of(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> set[tuple[UUID, str]]:
    """The register entries that are these companies' own, as (company, entry)."""
    found: set[tuple[UUID, str]] = set()
    for some in chunks(list(company_ids)):
        rows = tx.execute(entries(tx, of_client(client_id, some)))
        found |= {(company_id, key) for company_id, key in rows}
    return found


def _with(tx: Tx, client_id: UUID, ids: Sequence[UUID], wanted: set[str]) -> list[UUID]:
    """Those of the companies that have one of the entries: a number alone may be of elsewhere."""
    found = entries_of(tx, client_id, ids)
    return sorted({company_id for company_id, key in found if key in wanted})


def _spellings(key: str) -> Iterable[str]:
    """How lists write the number of an entry."""
    country, _, number = key.partition(":")
    yield number
    yield f"{country}{number}"
    yield f"{country} {number}"
    if number.isdigit():
        threes = [number[at : at + 3] for at in range(0, len(number), 3)]
        yield " ".join(threes)
        yield ".".join(threes)
    letters = len(number) - len(number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    if letters:
        yield f"{number[:letters]} {number[letters:]}"
    yield f"{number[:-1]}-{number[-1:]}"
