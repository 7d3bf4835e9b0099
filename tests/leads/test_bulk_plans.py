"""What a batch of companies or records asks costs no more the more rows its client has: an index
finds them by their own values, in a database that never counted its rows.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text

from leads.company_kind import CompanyIs
from leads.ids import new_id
from leads.store import (
    Store,
    clients,
    companies,
    company_records,
    driver,
    imports,
    lists,
    records,
    verdict_passes,
    verdicts,
)
from leads.store.companies import CompanyRow
from leads.store.company_records import RecordOnCompany
from leads.store.engine import Tx
from leads.store.lists import ListAbout
from leads.store.records import NewRecord
from tests.leads import test_page_plans
from tests.leads.test_page_plans import Asked, steps

#: More than the planner of PostgreSQL takes for nothing; SQLite gets none.
ROWS = 3_000
SOME = 600
#: All rows of a client, which a statement then picks from.
_LARGE = "(?:record|verdict|fact)"
ALL_OF_CLIENT = {
    "sqlite": re.compile(rf"SEARCH {_LARGE} .*\(client_id=\?\)|SCAN {_LARGE}\b"),
    "postgresql": re.compile(rf"Seq Scan on {_LARGE}\b|Index Cond: \(client_id = [^()]*\)$"),
}
#: Verdicts of one campaign; without rows PostgreSQL takes any index of it.
OF_CAMPAIGN = {
    "sqlite": re.compile(r"verdict_of_campaign_lasts_until \(campaign_id=\? AND lasts_until"),
    "postgresql": re.compile(r"Index Cond: \(+campaign_id = "),
}
asked = test_page_plans.asked


def a_record(number: int) -> NewRecord:
    return NewRecord(
        id=new_id(),
        row=number,
        line=number,
        row_key=f"acme {number}|",
        content_hash=f"{number:064}",
        match_key=f"{number:032}",
        name=f"Acme {number}",
        cells=[f"Acme {number}"],
    )


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


def fill(tx: Tx) -> tuple[UUID, list[UUID]]:
    """A client with records on companies, as an import and its dedupe write them."""
    client_id = clients.make_client(tx, "acme").id
    list_id = lists.list_of(tx, client_id, "fair", ListAbout())
    import_id = imports.add_import(tx, client_id, list_id, "fair.csv", "", {"columns": []})
    rows = [a_record(number) for number in range(ROWS)]
    records.add_records(tx, client_id, list_id, import_id, rows)
    made = [CompanyRow(new_id(), one.name, "") for one in rows]
    companies.add_companies(tx, client_id, CompanyIs.LEGAL_ENTITY, made)
    placed = list(zip([one.id for one in rows], [one.id for one in made], strict=True))
    company_records.put_records(tx, placed)
    records.count_added(tx, ROWS)
    return client_id, [one.id for one in made]


def unplaced(company_ids: list[UUID]) -> list[RecordOnCompany]:
    """Records of a new list that say what earlier ones may have said."""
    return [
        RecordOnCompany(one, "Acme", f"{place:032}", None, one, "acme|", "fair", place)
        for place, one in enumerate(company_ids)
    ]


WORK: dict[str, Callable[[Tx, UUID, list[UUID]], object]] = {
    "whom a list excludes": lists.exclusions,
    "earlier companies of records": lambda tx, client_id, ids: company_records.last_companies(
        tx, client_id, unplaced(ids)
    ),
    "companies of records": lambda tx, _, ids: records.companies_of_records(tx, ids),
    # No verdict is there, whatever the campaign.
    "verdicts in force": verdicts.in_force,
}


def test_a_batch_is_found_by_its_own_values(
    store: Store, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Longer lists go SQLAlchemy's own way, which is heard here; shorter ones ask the same.
    monkeypatch.setattr(driver, "MOST_FILLED", SOME - 1)
    with store.write() as tx:
        client_id, company_ids = fill(tx)
    with store.write() as tx:
        for name, work in WORK.items():
            asked.clear()
            work(tx, client_id, company_ids[:SOME])
            sent = list(asked)
            assert sent, name
            for statement, values in sent:
                plan = steps(tx, statement, values)
                found = [step for step in plan if ALL_OF_CLIENT[tx.dialect.name].search(step)]
                assert found == [], f"{name}: {found} in {statement}"


def test_verdicts_that_last_no_longer_are_found_within_their_campaign(
    store: Store, asked: Asked
) -> None:
    with store.write() as tx:
        if tx.dialect.name == "postgresql":
            tx.execute(text("SET LOCAL enable_seqscan = off"))
        asked.clear()
        assert verdict_passes.expired(tx, new_id(), date(2026, 1, 1)) == []
        sent = list(asked)
        assert sent
        for statement, values in sent:
            plan = " ".join(steps(tx, statement, values))
            assert OF_CAMPAIGN[tx.dialect.name].search(plan), plan
