"""A register that withdraws an entry has its facts erased, by whatever number it was asked."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from leads.ids import new_id
from leads.store import (
    Store,
    Tx,
    clients,
    companies,
    company_records,
    imports,
    lists,
    match_index,
    records,
    schema,
)
from leads.store.companies import CompanyRow
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.lists import ListAbout
from leads.store.match_index import BaseHead
from sources.registers.catalog import registers
from sources.run.applying import erase
from tests.leads.test_bulk_plans import a_record
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


def test_a_domain_on_a_record_is_erased_and_its_records_are_matched_again(store: Store) -> None:
    with store.write() as tx:
        client, company, record = _record(tx)
        said = [("register:no", "923609016"), ("register:no", "923609017"), ("register:gb", "1")]
        rows = []
        for source, number in said:
            one = fact("domain", f"fjordvik{number}.example", source=source, method="register")
            evidence = replace(one.evidence, url=f"https://virksomhet.brreg.no/enheter/{number}")
            stated = replace(one, id=new_id(), client_id=client, evidence=evidence)
            rows.append((Subject(record_id=record), stated))
        facts.add(tx, rows)
        match_index.put_head(tx, client, BaseHead(new_id(), (), 1, 8), b"")

    with store.write() as tx:
        assert not erase(tx, CARDS["register:no"], "NO", ["999999999"]).clients
        assert match_index.head(tx, client) is not None

        done = erase(tx, CARDS["register:no"], "NO", ["923609016"])
        assert _held(tx) == {("", "register:gb", "domain")}
        assert (done.others, done.clients) == (((client, company),), (client,))
        assert match_index.head(tx, client) is None


def _record(tx: Tx) -> tuple[UUID, UUID, UUID]:
    """A client, a company of it, and the record that the company has."""
    client, company = clients.make_client(tx, "nordwind").id, new_id()
    companies.add_companies(tx, client, "legal_entity", [CompanyRow(company, "Fjordvik", "")])
    list_id = lists.list_of(tx, client, "fair", ListAbout())
    import_id = imports.add_import(tx, client, list_id, "fair.csv", "", {"columns": []})
    row = a_record(1)
    records.add_records(tx, client, list_id, import_id, [row])
    company_records.put_records(tx, [(row.id, company)])
    return client, company, row.id
