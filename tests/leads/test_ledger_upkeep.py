"""Turns between clients, pauses, duties, caution after crashes, and what a person decides about
failures; on both databases.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, select, update

from leads.clock import now
from leads.store import Store, clients
from leads.store.ledger import crews, failure_groups, failures, given_up, pauses
from leads.store.ledger import tasks as ledger
from leads.store.ledger.given_up import TaskFilter
from leads.store.ledger.tasks import Claimed, Wanted
from leads.store.schema import task

LEASE = timedelta(minutes=1)
AT_ONCE = timedelta(0)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


def ask(
    store: Store, client: str, count: int, first: int = 0, kind: str = "k", queue: str = "cheap"
) -> UUID:
    with store.write() as tx:
        client_id = clients.make_client(tx, client).id
        keys = [f"{client}{number}" for number in range(first, first + count)]
        ledger.ask(
            tx, [Wanted(kind=kind, key=key, queue=queue, client_id=client_id) for key in keys]
        )
    return client_id


def claim(store: Store, limit: int = 10, host: str = "here:1:1") -> list[Claimed]:
    with store.write() as tx:
        return ledger.claim(tx, ["k"], limit, host, LEASE)


def crash(store: Store) -> None:
    with store.write() as tx:
        tx.execute(update(task).values(lease_until=now() - timedelta(seconds=1)))
        failures.reclaim(tx)


def test_a_big_list_does_not_starve_a_small_one(store: Store) -> None:
    ask(store, "big", 300)
    claim(store, 20)
    ask(store, "small", 10)
    ask(store, "big", 100, first=300)
    assert sum(one.key.startswith("small") for one in claim(store, 20)) >= 9


def test_a_hand_over_takes_turns_too(store: Store) -> None:
    ask(store, "big", 100)
    ask(store, "small", 5)
    with store.write() as tx:
        handed = ledger.hand_over(tx, "k", 12, "job")
        keys = list(tx.execute(select(task.c.key).where(task.c.id.in_(handed))).scalars())
    assert sum(key.startswith("small") for key in keys) == 5


def test_what_a_person_waits_for_comes_first(store: Store) -> None:
    ask(store, "big", 50)
    with store.write() as tx:
        ledger.ask(tx, [Wanted(kind="k", key="now", queue="cheap", priority=ledger.NOW)])
    assert [one.key for one in claim(store, 1)] == ["now"]


@pytest.mark.parametrize("thing", ["everything", "queue", "client", "host"])
def test_what_is_paused_is_not_claimed_until_resumed(store: Store, thing: str) -> None:
    client_id = ask(store, "acme", 3)
    name = {"everything": "", "queue": "cheap", "client": str(client_id), "host": "here"}[thing]
    with store.write() as tx:
        assert pauses.set_pause(tx, thing, name, "tester", "why")
        assert not pauses.set_pause(tx, thing, name, "tester", "again")
    assert claim(store) == []
    with store.write() as tx:
        assert (ledger.hand_over(tx, "k", 10, "job") == []) == (thing != "host")
        assert pauses.lift(tx, [(thing, name)], "tester") == 1
    assert len(claim(store)) == 3


def test_the_others_take_their_turns_while_one_is_paused(store: Store) -> None:
    held = ask(store, "held", 5)
    ask(store, "big", 20)
    ask(store, "small", 3)
    with store.write() as tx:
        ledger.ask(tx, [Wanted(kind="k", key="everyone's", queue="cheap")])
        pauses.set_pause(tx, "client", str(held), "tester", "")
        handed = ledger.hand_over(tx, "k", 8, "job")
        free = [
            *tx.execute(select(task.c.key).where(task.c.id.in_(handed))).scalars(),
            *(one.key for one in ledger.claim(tx, ["k"], 30, "here:1:1", LEASE)),
        ]
    assert not any(key.startswith("held") for key in free)
    assert sum(key.startswith("small") for key in free[:8]) == 3
    assert "everyone's" in free[:8]
    assert len(set(free)) == 24


def test_a_pause_stops_nobody_else(store: Store) -> None:
    paused = ask(store, "paused", 3)
    ask(store, "other", 3)
    with store.write() as tx:
        pauses.set_pause(tx, "client", str(paused), "tester", "")
        pauses.set_pause(tx, "queue", "crawl", "tester", "")
        pauses.set_pause(tx, "host", "there", "tester", "")
    assert {one.key[:-1] for one in claim(store)} == {"other"}


def test_a_task_that_kills_is_found_and_its_neighbours_live(store: Store) -> None:
    """The poison is in a batch of forty: batches shrink after each death until it is alone."""
    ask(store, "acme", 40)
    for _ in range(200):
        if not (some := claim(store, 40)):
            break
        if any(one.key == "acme7" for one in some):
            crash(store)
        else:
            with store.write() as tx:
                ledger.finish(tx, some)
    with store.read() as tx:
        assert ledger.counts(tx) == {"k": {"done": 39, "quarantined": 1}}
        (found,) = ledger.dead(tx)
    assert found.key == "acme7"


def fail_for_good(store: Store, error: str = "ValueError: no row 7 of erika@firma.example") -> None:
    while some := claim(store):
        with store.write() as tx:
            failures.fail(
                tx, some, error, wait=None, host="here:1:1", trace="File x, password=geheim"
            )


def test_failures_are_grouped_masked_and_put_back(store: Store) -> None:
    acme, other = ask(store, "acme", 12), ask(store, "other", 3)
    fail_for_good(store)
    with store.write() as tx:
        (group,) = failure_groups.groups(tx)
        assert (group.tasks, group.given_up, group.hosts) == (15, 15, ("here",))
        assert "erika" not in group.sample
        assert "geheim" not in group.trace
        assert given_up.count(tx, TaskFilter(client_id=acme)) == 12
        assert (
            given_up.requeue(
                tx, TaskFilter(fingerprint=group.fingerprint, client_id=acme), "tester"
            )
            == 12
        )
        assert given_up.discard(tx, TaskFilter(client_id=other), "tester", "of no use") == 3
        assert ledger.counts(tx) == {"k": {"pending": 12, "discarded": 3}}
    assert len(claim(store)) == 10


def test_what_was_asked_for_again_meanwhile_is_not_put_back_twice(store: Store) -> None:
    ask(store, "acme", 1)
    fail_for_good(store)
    ask(store, "acme", 1)
    with store.write() as tx:
        assert given_up.requeue(tx, TaskFilter(), "tester") == 1
        assert ledger.counts(tx) == {"k": {"done": 1, "pending": 1}}


def test_entries_that_are_gone_are_handed_over_again(store: Store) -> None:
    ask(store, "acme", 4)
    with store.write() as tx:
        ledger.hand_over(tx, "k", 2, "lives")
        ledger.hand_over(tx, "k", 2, "gone")
        assert ledger.hand_over(tx, "k", 2, "more") == []
        assert ledger.take_back(tx, {"lives"}, now() - timedelta(seconds=5)) == 0, (
            "too young to be missed"
        )
        assert ledger.take_back(tx, {"lives"}, now() + timedelta(seconds=5)) == 2
        assert len(ledger.hand_over(tx, "k", 5, "more")) == 2


def test_a_duty_is_one_processs_until_it_falls_silent(store: Store) -> None:
    with store.write() as tx:
        assert crews.take_duty(tx, "sweep", "a", LEASE)
        assert crews.take_duty(tx, "sweep", "a", AT_ONCE), "it may prolong"
    with store.write() as tx:
        assert crews.take_duty(tx, "sweep", "b", LEASE), "the time of the first is over"
        assert not crews.take_duty(tx, "sweep", "a", LEASE)
        assert [crews.is_due(tx, "daily", "a", LEASE), crews.is_due(tx, "daily", "a", LEASE)] == [
            True,
            False,
        ]


def test_the_clock_is_compared_with_the_databases(store: Store) -> None:
    with store.read() as tx:
        assert abs(crews.skew(tx)) < crews.MAX_SKEW


def test_what_a_wrong_clock_wrote_holds_nobody_up(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine an hour ahead asks, hands over, claims and takes a duty before it is found out."""
    for module in ("asking", "tasks", "crews"):
        monkeypatch.setattr(f"leads.store.ledger.{module}.now", lambda: now() + timedelta(hours=1))
    ask(store, "acme", 2)
    with store.write() as tx:
        ledger.hand_over(tx, "k", 1, "gone")
        ledger.claim(tx, ["k"], 1, "ahead:1:1", LEASE)
        crews.take_duty(tx, "sweep", "ahead:1:1", LEASE)
        crews.is_due(tx, "daily", "ahead:1:1", LEASE)
    monkeypatch.undo()
    with store.write() as tx:
        assert crews.take_duty(tx, "sweep", "here:1:1", LEASE)
        assert crews.is_due(tx, "daily", "here:1:1", LEASE)
        assert failures.reclaim(tx) == 1
        ledger.take_back(tx, set(), now() - timedelta(seconds=5))
        assert (
            len(ledger.hand_over(tx, "k", 5, "again")) + len(ledger.hand_over(tx, "k", 5, "again"))
            == 2
        )


def test_what_ends_during_a_count_leaves_its_followers_to_it(store: Store) -> None:
    ask(store, "acme", 1)
    (running,) = claim(store)
    statements: list[str] = []

    def after_each(*_: object) -> None:
        statements.append("")
        if len(statements) == 1:
            with store.write() as tx:
                ledger.finish(tx, [running])
                ledger.ask(tx, [Wanted(kind="k", key="follower", queue="cheap")])

    event.listen(store.reading, "after_cursor_execute", after_each)
    with store.read() as tx:
        assert ledger.unfinished(tx) == 1
