"""One company at two clients: recognised, held through merges, and never claimed for both at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest

from leads.changes import WorkedElsewhere
from leads.clock import now
from leads.company_links import CompanyLink, LinkKind
from leads.store import agency, companies, leases, links
from leads.store.agency import BetweenClients
from outreach.contact import Barrier as Bar
from outreach.contact import ContactFacts, may_contact
from outreach.keys import KnownAs
from outreach.run import leasing
from outreach.run.between_clients import held_until
from outreach.run.contact_index import store_keys
from outreach.run.desk import release
from outreach.run.disposing import DispositionRequest, done
from outreach.same_company import is_same
from tests.outreach.conftest import SECRET, MadeClient, World
from tests.outreach.one_transaction import take_next

ZETA = KnownAs(names=("Zeta GmbH",), domains=("zeta.example",), phones=("+4930123",))
SOON = now() + timedelta(days=9)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (KnownAs(names=("Zeta",)), True),
        (KnownAs(names=("ZETA AG",), phones=("+4999",)), True),
        (KnownAs(names=("Zeta GmbH",), domains=("zeta-berlin.example",)), False),
        (KnownAs(names=("Other",), domains=("zeta.example",)), True),
        (KnownAs(names=("Other",), phones=("+4930123",)), True),
        (KnownAs(names=("Other",), emails=("sales@zeta.example",)), True),
        (KnownAs(names=("Other",), domains=("zeta-berlin.example",), phones=("+4930123",)), True),
        (KnownAs(names=("Other",)), False),
        (KnownAs(), False),
    ],
)
def test_who_is_the_same(other: KnownAs, *, same: bool) -> None:
    assert is_same(ZETA, other) is same
    assert is_same(other, ZETA) is same


@pytest.mark.parametrize(
    ("facts", "barrier"),
    [
        (ContactFacts(held_until=SOON), Bar.HELD),
        (ContactFacts(held_until=SOON, promised_by="ann", reopens_at=now()), None),
        (ContactFacts(held_until=SOON, reopens_at=SOON + timedelta(days=1)), None),
        (ContactFacts(held_until=SOON, reopens_at=SOON - timedelta(days=1)), Bar.HELD),
        (ContactFacts(held_until=SOON, excluded="customers"), Bar.EXCLUDED),
    ],
)
def test_when_it_holds(facts: ContactFacts, barrier: Bar | None) -> None:
    assert may_contact(facts).barrier is barrier


def work(world: World, owner: MadeClient, company_id: UUID) -> list[WorkedElsewhere]:
    """Let a user of that client report a contact; whose queues that concerns."""
    with world.store.write() as tx:
        user = owner.user("ann")
        take_next(tx, user, 20)
        request = DispositionRequest(kind="no_answer", company=str(company_id))
        changes = done(tx, user, request)[1]
        for left in leases.live(tx, owner.campaign_id):
            release(tx, user, str(left.company_id))
    return [one for one in changes if isinstance(one, WorkedElsewhere)]


def holds(world: World, owner: MadeClient, company_id: UUID) -> bool:
    with world.store.read() as tx:
        return company_id in held_until(tx, owner.id, [company_id])


def test_it_follows_merges(world: World) -> None:
    one, two = world.client("one"), world.client("two")
    worked = world.prospect(one, "Zeta GmbH")
    kept = world.prospect(one, "Birch AG", domain=["birch.example"])
    there = world.prospect(two, "Birch", domain=["birch.example"])
    assert work(world, one, worked) == []
    assert not holds(world, two, there)

    with world.store.write() as tx:
        companies.redirect(tx, [(worked, kept)])
        store_keys(tx, one.id, [kept], SECRET)
    assert holds(world, two, there)


@pytest.mark.parametrize("groups", [False, True])
@pytest.mark.parametrize("linked_at", ["one", "two"])
def test_a_group_is_held_where_the_agency_says_so(
    world: World, linked_at: str, *, groups: bool
) -> None:
    one, two = world.client("one"), world.client("two")
    parent, theirs = world.prospect(one, "Zeta"), world.prospect(two, "Zeta")
    site, their_site = world.prospect(one, "Alder"), world.prospect(two, "Alder")
    with world.store.write() as tx:
        agency.set_between_clients(tx, BetweenClients(14, groups))
        owner, ends = (one, (site, parent)) if linked_at == "one" else (two, (their_site, theirs))
        links.put(tx, owner.id, [(CompanyLink(*ends, LinkKind.SITE_OF, "ann"), "said")])
    work(world, one, parent)
    assert holds(world, two, theirs)
    assert holds(world, two, their_site) is groups


@pytest.mark.parametrize("in_one", [True, False], ids=["one transaction", "short transactions"])
def test_two_clients_never_claim_one_company_at_once(world: World, *, in_one: bool) -> None:
    owners = [world.client("one"), world.client("two")]
    for number in range(8):
        for owner in owners:
            world.prospect(owner, f"Company {number}")
    start = Barrier(len(owners), timeout=60)

    def claim(owner: MadeClient) -> list[str]:
        taken: list[str] = []
        start.wait()
        for want in range(1, 9):
            user = owner.user("ann")
            if not in_one:
                taken = [card.name for card in leasing.take_next(world.store, user, want)]
                continue
            with world.store.write() as tx:
                taken = [card.name for card in take_next(tx, user, want)]
        return taken

    with ThreadPoolExecutor(len(owners)) as pool:
        first, second = pool.map(claim, owners)
    assert not set(first) & set(second)
    assert len(first) + len(second) == 8
