"""Who gets which prospect, in which order: promises, score, freshness, waiting time, caps."""

import multiprocessing
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Select, insert, select, update

from leads.clock import now
from leads.errors import NotAllowedError
from leads.ids import new_id
from leads.store import Store, dispositions, leases, supply, verdicts
from leads.store.engine import Tx
from leads.store.schema import campaign, company, lease, queue_entry, relationship
from outreach.run.desk import release
from outreach.run.disposing import DispositionRequest, done
from outreach.run.leasing import return_expired
from outreach.run.queue_user import QueueUser
from outreach.run.refresh import refresh
from tests.outreach.conftest import SECRET, MadeClient, World
from tests.outreach.one_transaction import take_next


def names(world: World, user: QueueUser, want: int = 20) -> list[str]:
    """Take prospects and give them back: only the order counts."""
    with world.store.rehearse() as tx:
        return [card.name for card in take_next(tx, user, want)]


def promise(
    world: World, owner: MadeClient, company_id: UUID, by: str, at: datetime, grace: timedelta
) -> None:
    with world.store.write() as tx:
        verdicts.relate(
            tx,
            owner.id,
            owner.campaign_id,
            company_id,
            "contacted",
            "after lunch",
            at,
            by,
            at + grace,
        )
        refresh(tx, owner.id, owner.campaign_id, [company_id], SECRET)


def set_caps(world: World, owner: MadeClient, **caps: int) -> None:
    with world.store.write() as tx:
        tx.execute(update(campaign).where(campaign.c.id == owner.campaign_id).values(caps))


def test_the_order(world: World) -> None:
    owner = world.client("one")
    world.prospect(owner, "old fact", (50, 60), days_old=40)
    world.prospect(owner, "new fact", (50, 60), days_old=1)
    world.prospect(owner, "new fact, waits less", (50, 60), days_old=1)
    world.prospect(owner, "higher best", (50, 90), days_old=99)
    world.prospect(owner, "higher worst", (51, 51), days_old=99)
    kept = world.prospect(owner, "kept for ann", (1, 1))
    shared = world.prospect(owner, "promised by ben, who is late", (0, 0))
    later = world.prospect(owner, "promised for tomorrow", (100, 100))
    hour = timedelta(hours=1)
    promise(world, owner, kept, "ann", now() - hour, timedelta(days=1))
    promise(world, owner, shared, "ben", now() - 5 * hour, hour)
    promise(world, owner, later, "ann", now() + timedelta(days=1), hour)

    free = ["higher worst", "higher best", "new fact", "new fact, waits less", "old fact"]
    assert names(world, owner.user("ann")) == [
        "kept for ann",
        "promised by ben, who is late",
        *free,
    ]
    assert names(world, owner.user("ben")) == ["promised by ben, who is late", *free]
    assert names(world, owner.user("cem"), 2) == ["promised by ben, who is late", "higher worst"]


def test_the_card_says_who_promised_what(world: World) -> None:
    owner = world.client("one")
    alder = world.prospect(owner, "Alder")
    promise(world, owner, alder, "ann", now() - timedelta(minutes=1), timedelta(days=1))
    with world.store.write() as tx:
        (card,) = take_next(tx, owner.user("ann"))
    assert card.promise is not None
    assert (card.promise.by, card.promise.reason) == ("ann", "after lunch")


def test_what_waits_is_free_when_its_time_comes(world: World) -> None:
    owner = world.client("one")
    alder = world.prospect(owner, "Alder")
    with world.store.write() as tx:
        again = now() + timedelta(days=1)
        verdicts.relate(tx, owner.id, owner.campaign_id, alder, "contacted", "", again)
        refresh(tx, owner.id, owner.campaign_id, [alder], SECRET)
    assert names(world, owner.user("ann")) == []
    with world.store.write() as tx:
        # Nothing else has happened to the company by then.
        tx.execute(update(relationship).values(reopens_at=now()))
        tx.execute(update(queue_entry).values(not_before=now()))
    assert names(world, owner.user("ann")) == ["Alder"]


def test_call_back_belongs_to_who_reported_it(world: World) -> None:
    owner = world.client("one")
    world.prospect(owner, "Alder")
    ann = owner.user("ann")
    at = now() + timedelta(days=2)
    with world.store.write() as tx:
        take_next(tx, ann)
        done(tx, ann, DispositionRequest(kind="call_back", at=at))
        row = tx.execute(select(queue_entry)).mappings().one()
    assert (row["promised_by"], row["not_before"]) == ("ann", at)
    assert row["shared_at"] == at + ann.grace


def test_a_call_back_for_a_day_is_shared_after_that_day(world: World) -> None:
    owner = world.client("one")
    world.prospect(owner, "Alder")
    ann, at = owner.user("ann"), now() + timedelta(days=2)
    ends = at + timedelta(hours=24)
    with world.store.write() as tx:
        take_next(tx, ann)
        done(tx, ann, DispositionRequest(kind="call_back", at=at, day_ends=ends))
        shared = tx.execute(select(queue_entry.c.shared_at)).scalar_one()
    assert shared == ends + ann.grace


def test_nobody_answered_keeps_the_promise(world: World) -> None:
    owner = world.client("one")
    alder = world.prospect(owner, "Alder")
    promise(world, owner, alder, "ann", now() - timedelta(hours=2), timedelta(hours=1))
    with world.store.write() as tx:
        take_next(tx, owner.user("ben"))
        done(tx, owner.user("ben"), DispositionRequest(kind="no_answer"))
        assert tx.execute(select(queue_entry.c.promised_by)).scalar_one() == "ann"


def test_taking_a_batch_twice_leases_no_more(world: World) -> None:
    owner = world.client("one")
    for number in range(6):
        world.prospect(owner, f"Company {number}")
    ann = owner.user("ann")
    with world.store.write() as tx:
        first = [card.name for card in take_next(tx, ann, 4)]
    with world.store.write() as tx:
        assert [card.name for card in take_next(tx, ann, 4)] == first
        assert [card.name for card in take_next(tx, ann)] == first[:1]
        assert len(take_next(tx, ann, 20)) == 6
        assert take_next(tx, owner.user("ben"), 20) == []


def test_each_action_of_the_holder_renews_its_leases(world: World) -> None:
    owner = world.client("one")
    for number in range(3):
        world.prospect(owner, f"Company {number}")
    ann = owner.user("ann")
    with world.store.write() as tx:
        take_next(tx, ann, 3)
        before = [one.until for one in leases.live(tx, owner.campaign_id)]
    with world.store.write() as tx:
        release(tx, ann, None)
        after = [one.until for one in leases.live(tx, owner.campaign_id)]
    assert len(after) == 2
    assert min(after) > max(before)


def test_an_expired_lease_is_returned_and_its_token_is_worth_nothing(world: World) -> None:
    owner = world.client("one")
    world.prospect(owner, "Alder")
    ann, ben = owner.user("ann", lease=timedelta(0)), owner.user("ben")
    with world.store.write() as tx:
        (old,) = take_next(tx, ann)
    with world.store.write() as tx:
        (new,) = take_next(tx, ben)
        assert old.lease is not None
        assert new.lease is not None
        assert new.lease.token == old.lease.token + 1
        assert return_expired(tx, ann) == 0
        held = leases.live(tx, owner.campaign_id)
    assert [one.user for one in held] == ["ben"]


@pytest.mark.parametrize(
    ("caps", "wanted", "got"),
    [
        ({"user_daily_cap": 2}, 5, 2),
        ({"daily_cap": 3}, 5, 3),
        ({"daily_cap": 3, "user_daily_cap": 1}, 5, 1),
        ({"daily_cap": 9}, 5, 5),
    ],
)
def test_caps_bound_a_batch(world: World, caps: dict[str, int], wanted: int, got: int) -> None:
    owner = world.client("one")
    for number in range(6):
        world.prospect(owner, f"Company {number}")
    set_caps(world, owner, **caps)
    assert len(names(world, owner.user("ann"), wanted)) == got


def test_a_cap_counts_what_was_worked_and_lets_promises_through(world: World) -> None:
    owner = world.client("one")
    for number in range(4):
        world.prospect(owner, f"Company {number}")
    set_caps(world, owner, user_daily_cap=1)
    ann = owner.user("ann")
    with world.store.write() as tx:
        take_next(tx, ann)
        done(tx, ann, DispositionRequest(kind="interested"))
    with world.store.write() as tx:
        assert dispositions.worked_since(tx, owner.campaign_id, ann.day_began, "ann") == 1
        with pytest.raises(NotAllowedError, match="1 for each user"):
            take_next(tx, ann)
    assert len(names(world, owner.user("ben"))) == 1
    kept = world.prospect(owner, "kept")
    promise(world, owner, kept, "ann", now() - timedelta(hours=1), timedelta(days=1))
    assert names(world, ann) == ["kept"]


def _claim_all(url: str, owner: MadeClient, name: str, start: Any, found: Any) -> None:
    store, user, taken = Store(url), owner.user(name), []
    start.wait()
    while True:
        with store.write() as tx:
            cards = take_next(tx, user, 2)
            taken += [str(card.company_id) for card in cards]
            for card in cards:
                request = DispositionRequest(kind="interested", company=str(card.company_id))
                done(tx, user, request)
        if not cards:
            break
    store.close()
    found.put((name, taken))


def test_no_prospect_is_claimed_twice(world: World) -> None:
    owner = world.client("one")
    companies = [str(world.prospect(owner, f"Company {number}")) for number in range(40)]
    spawn = multiprocessing.get_context("spawn")
    start, found = spawn.Barrier(4), spawn.Queue()
    people = ["ann", "ben", "cem", "cem"]
    processes = [
        spawn.Process(target=_claim_all, args=(world.store.url, owner, name, start, found))
        for name in people
    ]
    for one in processes:
        one.start()
    taken = [found.get(timeout=120) for _ in processes]
    for one in processes:
        one.join(timeout=60)
    everything = [company for _, some in taken for company in some]
    assert sorted(everything) == sorted(companies)
    with world.store.read() as tx:
        ended = tx.execute(select(lease.c.ended_by)).scalars().all()
    assert list(ended) == ["done"] * 40


def fill(tx: Tx, template: UUID, count: int) -> None:
    """Add companies with a queue row like that of one company."""
    like = tx.execute(select(company).where(company.c.id == template)).mappings().one()
    row = tx.execute(select(queue_entry).where(queue_entry.c.company_id == template))
    placed = row.mappings().one()
    companies = [dict(like) | {"id": new_id()} for _ in range(count)]
    tx.execute(insert(company), companies)
    rows = [dict(placed) | {"id": new_id(), "company_id": one["id"]} for one in companies]
    tx.execute(insert(queue_entry), rows)


@pytest.mark.parametrize(
    ("index", "statement"),
    [
        ("queue_order", supply.free(5)),
        ("queue_promised", supply.OWN_PROMISES),
        ("queue_shared", supply.SHARED_PROMISES),
    ],
)
def test_an_index_serves_each_claim(world: World, index: str, statement: Select[Any]) -> None:
    owner = world.client("one")
    made = world.prospect(owner, "Alder")
    with world.store.write() as tx:
        fill(tx, made, 3_000)
    with world.store.write() as tx:
        tx.exec_driver_sql("ANALYZE")
        wanted = statement.params(supply.values(owner.user("ann").seat, 5))
        text = wanted.compile(tx, compile_kwargs={"literal_binds": True})
        word = "EXPLAIN QUERY PLAN" if tx.dialect.name == "sqlite" else "EXPLAIN"
        plan = "\n".join(str(row) for row in tx.exec_driver_sql(f"{word} {text}"))
    assert index in plan, plan
    assert "Sort" not in plan, plan
    assert "TEMP B-TREE" not in plan, plan
