"""Which company a fact means by a parent, and the links that follow: made, undone, and never over a
person's word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from dedupe.parents import CompanyIndex, resolve_parents, without_cycles
from dedupe.run.parent_links import link_by_parents
from dedupe.run.relations import relate, unrelate
from leads.company_links import LinkKind
from leads.facts import Fact
from leads.ids import new_id
from leads.store import Store, clients, companies, events, links
from leads.store.companies import CompanyRow
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from tests.made_facts import fact

A, B, C, D = (UUID(int=number) for number in range(1, 5))
BEARERS = CompanyIndex(
    [
        (A, "Zyxwell Holding AG"),
        (A, "Zyxwell"),
        (B, "Brandix GmbH"),
        (C, "Brandix AG"),
        (D, "Vandelso"),
    ],
    [(A, "HRB 1234"), (B, "Amtsgericht Hagen HRB 99"), (C, "HRB 99")],
)


@pytest.mark.parametrize(
    ("text", "meant", "why"),
    [
        ("Zyxwell Holding AG", {A}, "the very name"),
        ("ZYXWELL holding", {A}, "without its form"),
        ("Zyxwell Holding GmbH", set(), "of another form"),
        ("Brandix", {B, C}, "two bear it"),
        ("Brandix AG", {C}, "the form tells them apart"),
        ("Vandelso Ltd", {D}, "a form where the list has none"),
        ("hrb-1234", {A}, "by its number"),
        ("HRB 99", {C}, "the very number only"),
        ("HRB 12345", set(), "another number"),
        ("Zyxwell Holding Nord", set(), "a longer name is another name"),
        ("", set(), "nothing"),
    ],
)
def test_who_is_meant(text: str, meant: set[UUID], why: str) -> None:
    assert BEARERS.of(text) == meant, why


@pytest.mark.parametrize(
    ("said", "found", "why"),
    [
        ([(B, "Zyxwell")], {B: A}, "one parent"),
        ([(B, "Zyxwell"), (B, "HRB 1234")], {B: A}, "named twice"),
        ([(D, "Zyxwell"), (D, "Brandix AG")], {}, "two parents"),
        ([(D, "Brandix")], {}, "a name that two bear"),
        ([(A, "Zyxwell Holding")], {}, "itself"),
        ([(D, "Brandix"), (D, "Zyxwell")], {D: A}, "only one of the names is clear"),
    ],
)
def test_one_parent_or_none(
    said: Sequence[tuple[UUID, str]], found: dict[UUID, UUID], why: str
) -> None:
    assert {one: parent for one, (parent, _) in resolve_parents(said, BEARERS).items()} == found, (
        why
    )


@pytest.mark.parametrize(
    ("wanted", "fixed", "kept", "why"),
    [
        ({A: B, B: C}, {}, {A: B, B: C}, "a chain"),
        ({A: B, B: A}, {}, {}, "a ring, of which nobody knows which end is wrong"),
        ({A: B, B: C, C: B}, {}, {A: B}, "what leads into a ring stays"),
        ({A: B}, {B: A}, {}, "a ring with what a person said"),
        ({A: B}, {A: C}, {}, "a person said who its parent is"),
    ],
)
def test_no_ring_is_closed(
    wanted: dict[UUID, UUID], fixed: dict[UUID, UUID], kept: dict[UUID, UUID], why: str
) -> None:
    assert without_cycles(wanted, fixed) == kept, why


NAMES = ("Zyxwell Holding AG", "Brandix GmbH", "Vandelso Boats")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


def told(store: Store, client: UUID, company: UUID, parent: str) -> Fact:
    said = replace(
        fact("parent", parent, source="user:ann", method="told"), id=new_id(), client_id=client
    )
    with store.write() as tx:
        facts.add(tx, [(Subject(company_id=company), said)])
    return said


def look(store: Store, client: UUID, *some: UUID) -> list[tuple[UUID, UUID, str | None]]:
    """The links there are after facts were looked at; those of some companies alone, else of all."""
    with store.write() as tx:
        link_by_parents(tx, client, some or None)
        return [(one.company, one.of, one.by) for one in links.of_client(tx, client)]


def test_links_come_and_go_with_facts(store: Store) -> None:
    client, (holding, pumps, boats) = made_companies(store)
    assert look(store, client) == []
    said = told(store, client, pumps, "Zyxwell Holding")
    assert look(store, client, boats) == []
    assert look(store, client, pumps) == look(store, client) == [(pumps, holding, None)]

    with store.write() as tx:
        facts.retract(tx, [said.id], "wrong")
    assert look(store, client) == []
    told(store, client, pumps, "Zyxwell Holding")
    assert look(store, client) == [(pumps, holding, None)]


def test_links_by_facts_give_way_to_people(store: Store) -> None:
    client, (holding, pumps, boats) = made_companies(store)
    told(store, client, pumps, "Zyxwell Holding")
    assert look(store, client) == [(pumps, holding, None)]
    with store.write() as tx:
        relate(tx, client, NAMES[1], LinkKind.BRAND_OF, NAMES[2], "ann", "")
    assert look(store, client) == [(pumps, boats, "ann")]

    with store.write() as tx:
        unrelate(tx, client, NAMES[1], NAMES[2], "ann", "sold")
        verbs = [(line.verb, line.who) for line in events.of_thing(tx, "company", pumps)]
    assert look(store, client) == [(pumps, holding, None)]
    assert verbs[-3:] == [("related", "ann"), ("unrelated", "ann"), ("related", "sluice")]

    with store.write() as tx:
        unrelate(tx, client, NAMES[0], NAMES[1], "ann", "")
    assert look(store, client) == []


def made_companies(store: Store) -> tuple[UUID, list[UUID]]:
    ids = [new_id() for _ in NAMES]
    rows = [CompanyRow(*one, "") for one in zip(ids, NAMES, strict=True)]
    with store.write() as tx:
        client = clients.make_client(tx, "default").id
        companies.add_companies(tx, client, "legal_entity", rows)
    return client, ids
