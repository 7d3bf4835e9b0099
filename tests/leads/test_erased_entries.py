"""A register that withdraws an entry has its facts erased, by whatever number it was asked."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from leads.ids import new_id
from leads.store import Store, Tx, clients, companies, schema
from leads.store.companies import CompanyRow
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from sources.registers.catalog import registers
from sources.run.applying import erase
from tests.made_facts import fact

LEI = "213800AAAAAAAAAAAA11"
CARDS = {one.card.name: one.card for one in registers()}
BRITISH, CZECH = "GB:00941200", "CZ:00941200"
PAGE = "https://find-and-update.company-information.service.gov.uk/company/"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


def _made(store: Store) -> tuple[UUID, UUID]:
    """A company of a client, and facts of registers about it and about entries."""
    with store.write() as tx:
        client, company = clients.make_client(tx, "nordwind").id, new_id()
        companies.add_companies(tx, client, "legal_entity", [CompanyRow(company, "Zyxwell", "")])
        said = [
            (Subject(register_entry=BRITISH), "register:gleif", "lei", LEI, ""),
            (Subject(register_entry=BRITISH), "register:gleif", "city", "Leeds", ""),
            (Subject(register_entry=BRITISH), "register:gb", "city", "Leeds", ""),
            (Subject(register_entry=CZECH), "register:gleif", "register_number", "00941200", ""),
            (Subject(company_id=company), "register:sec", "national_id", "CIK 0001999001", ""),
            (Subject(company_id=company), "register:sec", "city", "Reno", ""),
            (Subject(company_id=company), "register:gb", "city", "Kiel", f"{PAGE}FC012345"),
        ]
        rows = []
        for subject, source, name, value, url in said:
            one = fact(name, value, source=source, method="register")
            owner = client if subject.company_id else None
            evidence = replace(one.evidence, url=url or None)
            rows.append((subject, replace(one, id=new_id(), client_id=owner, evidence=evidence)))
        facts.add(tx, rows)
    return client, company


@pytest.mark.parametrize(
    ("source", "country", "number", "gone", "of_company"),
    [
        # Its facts hang on the entry of the national register.
        ("register:gleif", "GB", LEI, {(BRITISH, "lei"), (BRITISH, "city")}, False),
        # The number of one country is not that of another.
        ("register:gleif", "GB", "00941200", {(BRITISH, "lei"), (BRITISH, "city")}, False),
        ("register:gb", "GB", "00941200", {(BRITISH, "city")}, False),
        # They hang on the company that was asked about.
        ("register:sec", "US", "CIK 0001999001", {("", "national_id"), ("", "city")}, True),
        # The number is known by the page of the entry alone.
        ("register:gb", "GB", "FC012345", {("", "city")}, True),
        ("register:sec", "US", "CIK 0009999999", set(), False),
    ],
)
def test_all_that_it_stated_of_the_entry_is_erased(
    source: str,
    country: str,
    number: str,
    gone: set[tuple[str, str]],
    of_company: bool,
    store: Store,
) -> None:
    owner = _made(store)
    with store.write() as tx:
        before = _held(tx)
        done = erase(tx, CARDS[source], country, [number])
        after = _held(tx)
    assert {(entry, name) for entry, origin, name in before - after} == gone
    assert {origin for _, origin, _ in before - after} <= {source}
    assert done.is_changed
    assert done.others == ((owner,) if of_company else ())


def _held(tx: Tx) -> set[tuple[str, str, str]]:
    columns = (schema.fact.c.register_entry, schema.fact.c.source, schema.fact.c.attribute)
    return {(row[0] or "", row[1], row[2]) for row in tx.execute(select(*columns))}
