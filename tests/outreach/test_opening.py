"""Prospects are handed out in their call hours, on their own clocks."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select, update

from leads.clock import now
from leads.store import calendars, campaigns, holiday_years, supply, verdicts
from leads.store.engine import Tx
from leads.store.holiday_years import HolidayYear
from leads.store.schema import holiday_year, queue_entry
from outreach.hours.week import DAYS
from outreach.run import leasing
from outreach.run.opening import next_opening
from outreach.run.refresh import refresh
from tests.outreach.conftest import SECRET, MadeClient, World
from tests.outreach.one_transaction import take_next
from tests.outreach.test_claiming import fill

#: Their clocks show the same time, and a day lies between them: one is open while the other sleeps.
TODAY, YESTERDAY = "TO", "AS"


def open_today(world: World, owner: MadeClient) -> None:
    """Open a campaign on the present weekday of Tonga only; no day is a holiday."""
    there = now().astimezone(ZoneInfo("Pacific/Tongatapu"))
    none = HolidayYear(frozenset(), {}, frozenset())
    years = {(area, there.year + n): none for area in ("TO", "AS") for n in (-1, 0, 1)}
    with world.store.write() as tx:
        campaigns.set_call_hours(tx, owner.campaign_id, f"{DAYS[there.weekday()]} 0-24")
        holiday_years.keep(tx, years)


def names(world: World, owner: MadeClient, *, any_time: bool = False) -> list[str]:
    with world.store.rehearse() as tx:
        return [card.name for card in take_next(tx, owner.user("ann"), 20, any_time=any_time)]


def test_those_that_are_closed_wait(world: World) -> None:
    owner = world.client("one")
    world.prospect(owner, "asleep", (90, 90), country=[YESTERDAY])
    world.prospect(owner, "at work", (50, 50), country=[TODAY])
    world.prospect(owner, "somewhere", (10, 10))
    open_today(world, owner)
    assert names(world, owner) == ["at work", "somewhere"]
    assert names(world, owner, any_time=True) == ["asleep", "at work", "somewhere"]


def test_the_next_opening_is_told_with_its_prospects(world: World) -> None:
    owner = world.client("one")
    for name in ("asleep", "asleep too"):
        world.prospect(owner, name, country=[YESTERDAY])
    open_today(world, owner)
    assert names(world, owner) == []
    with world.store.read() as tx:
        found = next_opening(tx, owner.user("ann"))
    assert found is not None
    assert found.prospects == 2
    assert found.at is not None
    midnight = found.at.astimezone(ZoneInfo("Pacific/Pago_Pago"))
    assert (midnight.hour, midnight.minute) == (0, 0)
    assert now() < found.at <= now() + timedelta(hours=24)


def test_a_promise_counts_at_any_hour_and_says_so(world: World) -> None:
    owner = world.client("one")
    made = world.prospect(owner, "asleep", country=[YESTERDAY])
    open_today(world, owner)
    at = now() - timedelta(minutes=5)
    with world.store.write() as tx:
        wanted = (owner.id, owner.campaign_id, made, "contacted", "after work", at, "ann", at)
        verdicts.relate(tx, *wanted)
        refresh(tx, owner.id, owner.campaign_id, [made], SECRET)
    with world.store.write() as tx:
        (card,) = take_next(tx, owner.user("ann"))
    assert card.name == "asleep"
    assert card.local_time.is_open is False
    assert card.local_time.words.endswith("; the promised call comes first")


def test_rows_from_before_are_looked_up_by_the_next_claim(world: World) -> None:
    owner = world.client("one")
    world.prospect(owner, "asleep", country=[YESTERDAY])
    world.prospect(owner, "at work", country=[TODAY])
    open_today(world, owner)
    with world.store.write() as tx:
        tx.execute(update(queue_entry).values(calendar=None))
    with world.store.write() as tx:
        assert [card.name for card in take_next(tx, owner.user("ann"), 5)] == ["at work"]
    with world.store.read() as tx:
        stored = tx.execute(select(queue_entry.c.calendar)).scalars()
        assert set(stored) == {YESTERDAY, TODAY}


def test_a_row_that_moved_is_not_called_in_its_night(world: World) -> None:
    owner = world.client("one")
    made = world.prospect(owner, "moved", country=[YESTERDAY])
    world.prospect(owner, "at work", country=[TODAY])
    open_today(world, owner)
    with world.store.write() as tx:
        old = update(queue_entry).where(queue_entry.c.company_id == made)
        tx.execute(old.values(calendar=TODAY))
    assert names(world, owner) == ["at work"]


def test_each_calendar_of_the_free_rows_is_listed_once(world: World) -> None:
    owner, other = world.client("one"), world.client("two")
    made = world.prospect(owner, "Alder", country=["DE"], city=["München"])
    world.prospect(owner, "Birch", country=["US"], phone=["+13125550100"])
    world.prospect(owner, "Cedar")
    world.prospect(other, "Fir", country=["FR"])
    with world.store.write() as tx:
        fill(tx, made, 50)
        assert calendars.of_free_rows(tx, owner.campaign_id) == ["", "DE-BY", "US America/Chicago"]
        assert calendars.count(tx, owner.campaign_id, ["DE-BY", ""], 1_000) == 52
        assert calendars.count(tx, owner.campaign_id, ["DE-BY", ""], 10) == 10
        assert calendars.of_free_rows(tx, owner.id) == []


def test_an_index_serves_the_claim_of_open_calendars(world: World) -> None:
    owner = world.client("one")
    made = world.prospect(owner, "Alder", country=["DE"], city=["München"])
    with world.store.write() as tx:
        fill(tx, made, 3_000)
    with world.store.write() as tx:
        tx.exec_driver_sql("ANALYZE")
        named = {"calendar_0": "FR", "calendar_1": "GB"}
        given = supply.values(owner.user("ann").seat, 5) | named
        plan = _plan(tx, supply.first_open(2, 69).params(given))
    assert plan.count("queue_calendar") == 2, plan
    assert "Seq Scan on queue_entry" not in plan, plan
    assert "SCAN queue_entry" not in plan, plan


def test_calendars_are_served_in_one_order(world: World) -> None:
    """More calendars than SQLite joins into one list."""
    owner = world.client("one")
    wanted = []
    for score in (80, 70, 60):
        for country in ("DE", "FR"):
            name = f"{country} {score}"
            world.prospect(owner, name, (score, score), country=[country])
            wanted.append(name)
    seat = owner.user("ann").seat
    keys = ["DE", "FR", *(f"X{number}" for number in range(900))]
    with world.store.write() as tx:
        rows = supply.best(tx, seat, 4, keys)
        assert [row.score_worst for row in rows] == [80, 80, 70, 70]
        assert len(supply.best(tx, seat, 20, keys)) == len(wanted)
        assert [row.calendar for row in supply.best(tx, seat, 20, ["FR"])] == ["FR"] * 3
        assert supply.best(tx, seat, 20, []) == []


def _plan(tx: Tx, wanted: Select[Any]) -> str:
    text = wanted.compile(tx, compile_kwargs={"literal_binds": True})
    word = "EXPLAIN QUERY PLAN" if tx.dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(str(row) for row in tx.exec_driver_sql(f"{word} {text}"))


def test_holidays_that_a_wrong_clock_stored_are_looked_up_again(world: World) -> None:
    none = HolidayYear(frozenset(), {}, frozenset())
    with world.store.write() as tx:
        holiday_years.keep(tx, {("DE", 2026): none})
        assert holiday_years.kept(tx, [("DE", 2026), ("FR", 2026)]) == {("DE", 2026): none}
        for ahead in (timedelta(days=400), timedelta(days=-31)):
            tx.execute(update(holiday_year).values(looked_up_at=now() + ahead))
            assert holiday_years.kept(tx, [("DE", 2026)]) == {}
        holiday_years.keep(tx, {("DE", 2026): none})
        assert holiday_years.kept(tx, [("DE", 2026)]) == {("DE", 2026): none}


def test_call_hours_that_were_set_since_the_last_claim_count(world: World) -> None:
    owner = world.client("one")
    for name in ("asleep", "asleep too"):
        world.prospect(owner, name, country=[YESTERDAY])
    assert len(leasing.take_next(world.store, owner.user("ann"))) == 1
    # As another process would: this one has not read them.
    open_today(world, owner)
    assert leasing.take_next(world.store, owner.user("ben")) == []
