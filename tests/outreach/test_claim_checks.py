"""What happens between the lease and its check, and between the check and its end, counts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import delete, func, select

from leads.store import Store, Tx, events, leases, queue, suppressions
from leads.store.direct import Direct
from leads.store.schema import holiday_year
from outreach.run.leasing import take_next
from outreach.run.refresh import refresh
from outreach.run.suppress import SuppressionRequest, add
from outreach.run.suppression_ends import end
from outreach.run.transactions import Result
from tests.outreach.conftest import SECRET, MadeClient, World

Step = Callable[[], None]


@dataclass
class Interrupted:
    """A store to which others write before the transactions of these numbers, counted from one."""

    store: Store
    steps: dict[int, Step]
    opened: list[str] = field(default_factory=list)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        self._open("read")
        with self.store.read() as tx:
            yield tx

    @contextmanager
    def write(self) -> Iterator[Tx]:
        self._open("write")
        with self.store.write() as tx:
            yield tx

    def at_once(self, work: Callable[[Direct], Result]) -> Result:
        self._open("direct")
        return self.store.at_once(work)

    def _open(self, kind: str) -> None:
        self.opened.append(kind)
        self.steps.get(len(self.opened), lambda: None)()


def suppress(world: World, owner: MadeClient, domain: str) -> None:
    wanted = SuppressionRequest(
        kind=None, text=domain, level="client", by="ben", client_id=owner.id, campaign_id=None
    )
    with world.store.write() as tx:
        add(tx, wanted, SECRET)


def lift(world: World, owner: MadeClient) -> None:
    with world.store.write() as tx:
        request_id = suppressions.listing(tx, owner.id)[0].request_id
        end(tx, request_id, owner.id, "client", "ben", SECRET)


def verbs(world: World, company_id: UUID) -> list[str]:
    with world.store.read() as tx:
        return [one.verb for one in events.of_thing(tx, "company", company_id)]


def two_prospects(world: World) -> tuple[MadeClient, UUID]:
    owner = world.client("one")
    alder = world.prospect(owner, "Alder", (90, 90), domain=["alder.example"])
    world.prospect(owner, "Birch", (10, 10), domain=["birch.example"])
    return owner, alder


def test_a_claim_that_nothing_disturbs_writes_once(world: World) -> None:
    owner, _ = two_prospects(world)
    watched = Interrupted(world.store, {})
    (card,) = take_next(watched, owner.user("ann"), any_time=True)
    assert card.name == "Alder"
    assert watched.opened == ["direct", "read"]


def test_a_suppression_after_the_lease_is_heeded(world: World) -> None:
    owner, alder = two_prospects(world)
    disturbed = Interrupted(world.store, {2: lambda: suppress(world, owner, "alder.example")})

    (card,) = take_next(disturbed, owner.user("ann"), any_time=True)

    assert card.name == "Birch"
    with world.store.read() as tx:
        row = queue.entries(tx, owner.campaign_id, [alder])[alder]
        held = [one.company_id for one in leases.live(tx, owner.campaign_id)]
    assert row.state == "out"
    assert "suppressed" in row.reason
    assert held == [card.company_id]
    assert verbs(world, alder)[-3:] == ["leased", "lease withdrawn", "left the queue"]


def test_a_lease_withdrawn_before_its_check_is_not_served(world: World) -> None:
    owner, alder = two_prospects(world)

    def withdraw() -> None:
        suppress(world, owner, "alder.example")
        with world.store.write() as tx:
            refresh(tx, owner.id, owner.campaign_id, [alder], SECRET)

    disturbed = Interrupted(world.store, {2: withdraw})
    (card,) = take_next(disturbed, owner.user("ann"), any_time=True)

    assert card.name == "Birch"
    assert verbs(world, alder)[-2:] == ["leased", "lease withdrawn"]


def test_a_suppression_lifted_before_the_lease_ends_keeps_the_lease(world: World) -> None:
    owner, _ = two_prospects(world)
    steps: dict[int, Step] = {
        2: lambda: suppress(world, owner, "alder.example"),
        3: lambda: lift(world, owner),
    }
    (card,) = take_next(Interrupted(world.store, steps), owner.user("ann"), any_time=True)
    assert card.name == "Alder"


def test_a_suppressed_prospect_that_a_user_holds_is_not_served_again(world: World) -> None:
    owner, _ = two_prospects(world)
    ann = owner.user("ann")
    (first,) = take_next(world.store, ann)
    # The queue has not followed yet.
    suppress(world, owner, "alder.example")
    (second,) = take_next(world.store, ann)
    assert (first.name, second.name) == ("Alder", "Birch")


def test_holidays_that_nobody_has_looked_up_are_kept(world: World) -> None:
    owner = world.client("one")
    world.prospect(owner, "Alder", country=["GB"])
    with world.store.write() as tx:
        kept = tx.execute(delete(holiday_year)).rowcount
    take_next(world.store, owner.user("ann"))
    with world.store.read() as tx:
        found = tx.execute(select(func.count()).select_from(holiday_year)).scalar_one()
    assert found == kept > 0
