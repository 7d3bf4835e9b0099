"""Which facts belong to a company: every reader gives the same answer, registers included."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert

from leads.clock import now
from leads.facts import Fact
from leads.ids import new_id
from leads.register_entries import IGNORED, entry_key
from leads.store import Store, Tx, clients, companies, company_records, driver, parents, schema
from leads.store.companies import CompanyRow
from leads.store.facts import belonging, facts, gathered, held, past, site_countries
from leads.store.facts.facts import Subject
from tests.made_facts import fact, people

ENTRY = entry_key("DE", "HRB 12345 B")


@dataclass
class Town:
    """Three companies; the record of each states a country and a register number."""

    store: Store
    client: UUID
    companies: list[UUID]
    records: list[UUID]

    def add(self, subject: Subject, *said: Fact, client: UUID | None = None) -> None:
        with self.store.write() as tx:
            facts.add(tx, [(subject, replace(one, id=new_id(), client_id=client)) for one in said])


NUMBERS = [("DE", "HRB 12345 B"), ("AT", "HRB 12345 B"), ("DE", "hrb-99/1")]


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    store = Store(database_url)
    with store.write() as tx:
        client = clients.make_client(tx, "nordwind").id
        made = Town(store, client, [new_id() for _ in NUMBERS], [])
        rows = [CompanyRow(one, f"Firm {place}", "") for place, one in enumerate(made.companies)]
        companies.add_companies(tx, client, "legal_entity", rows)
        made.records += _records(tx, client, made.companies)
        for record_id, (country, number) in zip(made.records, NUMBERS, strict=True):
            said = (fact("country", country), fact("register_number", number))
            facts.add(
                tx,
                [
                    (Subject(record_id=record_id), replace(one, id=new_id(), client_id=client))
                    for one in said
                ],
            )
    yield made
    store.close()


def _records(tx: Tx, client: UUID, company_ids: Sequence[UUID]) -> list[UUID]:
    list_id, import_id, at = new_id(), new_id(), now()
    tx.execute(
        insert(schema.raw_list).values(
            id=list_id, client_id=client, name="fair", role="x", shareable=False, created_at=at
        )
    )
    tx.execute(
        insert(schema.list_import).values(
            id=import_id,
            client_id=client,
            list_id=list_id,
            file_name="fair.csv",
            file_sha256="",
            counts={},
            columns={},
            at=at,
        )
    )
    ids = [new_id() for _ in company_ids]
    rows = [
        {
            "id": one,
            "client_id": client,
            "list_id": list_id,
            "import_id": import_id,
            "row": place,
            "line": place,
            "row_key": str(place),
            "content_hash": str(place),
            "match_key": str(place),
            "name": f"Firm {place}",
            "raw": {},
            "company_id": company_id,
            "end_noticed": False,
        }
        for place, (one, company_id) in enumerate(zip(ids, company_ids, strict=True))
    ]
    tx.execute(insert(schema.record), rows)
    return ids


def owners(town: Town, attribute: str) -> list[set[UUID]]:
    """The companies that have a fact about the attribute, as each reader finds them."""
    with town.store.read() as tx:
        whole = facts.of_companies(tx, town.client, town.companies)
        texts = {text: one for one in town.companies for text in (str(one), one.hex)}
        rows = list(held.of_companies(tx, town.client, town.companies, [attribute]))
        rows += held.of_entries(tx, town.client, town.companies, [attribute])
        single = {texts[of] for of, _, _ in rows}
        sites = companies_by_site(whole)
        for site, _, _ in held.of_sites(tx, sites, [attribute]):
            single.update(sites[site])

        (some,) = gathered.ranges(tx, town.client, 100)
        readers = (gathered.of_own, gathered.of_sites, gathered.of_entries)
        bulk = {texts[of] for read in readers for of, _, _ in read(tx, some, [attribute])}

        said = {of for of, _ in parents.said_of(tx, town.client, town.companies, attribute)}
    named = {one for one, known in whole.items() if attribute in {each.attribute for each in known}}
    return [named, single, bulk, said]


def companies_by_site(whole: Mapping[UUID, Sequence[Fact]]) -> dict[str, list[UUID]]:
    sites: dict[str, list[UUID]] = {}
    for one, known in whole.items():
        for each in known:
            if each.attribute == "domain":
                sites.setdefault(str(each.value), []).append(one)
    return sites


def test_what_a_register_says_is_known_of_the_company_of_that_entry(town: Town) -> None:
    town.add(Subject(register_entry=ENTRY), fact("employees", people(40), method="register"))

    assert owners(town, "employees") == [{town.companies[0]}] * 4


def test_people_write_a_number_as_they_like(town: Town) -> None:
    town.add(Subject(register_entry=entry_key("de", "HRB 99.1")), fact("status", "active"))

    assert owners(town, "status") == [{town.companies[2]}] * 4


def test_a_number_without_a_country_on_the_same_record_names_no_entry(town: Town) -> None:
    with town.store.write() as tx:
        own = facts.of_companies(tx, town.client, town.companies)[town.companies[0]]
        facts.retract(tx, [one.id for one in own if one.attribute == "country"], "wrong")
    town.add(Subject(register_entry=ENTRY), fact("status", "active"))

    assert owners(town, "status") == [set()] * 4


def test_what_people_told_of_a_merged_company_names_its_survivors_entry(town: Town) -> None:
    first, second, _ = town.companies
    told = (fact("country", "PL"), fact("register_number", "KRS 7"))
    town.add(Subject(company_id=second), *told, client=town.client)
    town.add(Subject(register_entry=entry_key("PL", "KRS 7")), fact("status", "active"))
    with town.store.write() as tx:
        company_records.put_records(tx, [(town.records[1], first)])
        companies.redirect(tx, [(second, first)])

    assert owners(town, "status") == [{first}] * 4


def test_sites_that_records_or_people_name_are_the_companys(town: Town) -> None:
    first, second, _ = town.companies
    by_record, by_person = fact("domain", "firm-0.example"), fact("domain", "firm-1.example")
    town.add(Subject(record_id=town.records[0]), by_record, client=town.client)
    town.add(Subject(company_id=second), by_person, client=town.client)
    sites = ["firm-0.example", "firm-1.example"]
    for site in sites:
        town.add(Subject(site=site), fact("status", "active"))

    assert owners(town, "status") == [{first, second}] * 4
    with town.store.read() as tx:
        found = facts.companies_with_sites(tx, sites)
    assert sorted(found) == [(sites[0], town.client, first), (sites[1], town.client, second)]


def test_what_was_taken_back_later_was_held_until_then(town: Town) -> None:
    first, second, third = town.companies
    town.add(Subject(record_id=town.records[0]), fact("domain", "a.example"), client=town.client)
    town.add(Subject(company_id=second), fact("status", "active"), client=town.client)
    town.add(Subject(site="a.example"), fact("status", "active"))
    early = now()
    with town.store.write() as tx:
        facts.retract_of_site(tx, "a.example", "a newer visit")
        facts.retract_of_records(tx, town.records, "undone")
        told = facts.of_companies(tx, town.client, [second])[second]
        facts.retract(tx, [one.id for one in told], "wrong")
        late = now()

        then = past.of_companies(tx, town.client, town.companies, {first: early, second: early})
        after = past.of_companies(tx, town.client, town.companies, dict.fromkeys([first], late))
    names = {one: sorted(each.attribute for each in some) for one, some in then.items()}
    assert names[first] == ["country", "domain", "register_number", "status"]
    assert names[second] == ["country", "register_number", "status"]
    assert [names[third], after[first], after[second]] == [[], [], []]


def test_a_parent_that_a_register_names_counts(town: Town) -> None:
    town.add(Subject(register_entry=ENTRY), fact("parent", "Firm 2"))

    with town.store.read() as tx:
        assert parents.all_with_parents(tx, town.client) == [town.companies[0]]


def test_another_client_sees_nothing_of_it(town: Town) -> None:
    town.add(Subject(register_entry=ENTRY), fact("status", "active"))
    with town.store.write() as tx:
        other = clients.make_client(tx, "other").id

        assert facts.of_companies(tx, other, town.companies)[town.companies[0]] == []
        assert not list(held.of_entries(tx, other, town.companies, ["status"]))


@pytest.mark.parametrize("number", ["HRB 12345 B", f"a{IGNORED}z", "ÄöÜß 7", "№ 12"])
def test_the_database_makes_the_same_key(town: Town, number: str) -> None:
    company, record = town.companies[0], town.records[0]
    town.add(Subject(record_id=record), fact("register_number", number), client=town.client)

    with town.store.read() as tx:
        within = belonging.of_client(town.client, [company])
        made = {row.key for row in tx.execute(belonging.entries(tx, within))}
    assert entry_key("DE", number) in made


def test_an_index_finds_a_fact_that_hangs_on_an_entry(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, Any]] = []
    send = driver._rows

    def hear(tx: Any, written: Any, given: Any) -> Any:
        sent.append((written.text, written.given(given)))
        return send(tx, written, given)

    monkeypatch.setattr(driver, "_rows", hear)
    with town.store.read() as tx:
        assert not belonging.any_entries(tx)
        ((statement, values),) = sent
        if tx.dialect.name == "sqlite":
            cursor = driver._cursor(tx)
            plan = cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            assert "USING COVERING INDEX ix_fact_register_entry" in str(plan)

    town.add(Subject(register_entry=ENTRY), fact("employees", people(40)))
    with town.store.read() as tx:
        assert belonging.any_entries(tx)


def test_the_country_of_a_site_is_that_of_all_its_companies(town: Town) -> None:
    german, austrian, other = (Subject(record_id=one) for one in town.records)
    town.add(german, fact("domain", "a.example"), fact("domain", "ab.example"), client=town.client)
    town.add(austrian, fact("domain", "ab.example"), client=town.client)
    town.add(other, fact("domain", "a.example"), client=town.client)
    with town.store.read() as tx:
        found = site_countries.countries_of_sites(tx, ["a.example", "ab.example", "nobody.example"])
    assert found == {"a.example": "DE"}
