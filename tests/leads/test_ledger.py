"""The ledger on both databases: nothing asked for is lost, nothing claimed is shared, nothing late
is kept.
"""

import shutil
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, update

from leads.clock import now
from leads.store import Store, events
from leads.store.clients import make_client
from leads.store.ledger import failures
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed, Wanted
from leads.store.schema import task

LEASE = timedelta(minutes=1)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


def ask(store: Store, *keys: str) -> int:
    with store.write() as tx:
        return ledger.ask(tx, [Wanted(kind="k", key=key, queue="cheap") for key in keys])


def claim(store: Store, limit: int = 10, host: str = "here") -> list[Claimed]:
    with store.write() as tx:
        return ledger.claim(tx, ["k"], limit, host, LEASE)


def finish(store: Store, claimed: list[Claimed]) -> int:
    with store.write() as tx:
        return len(ledger.finish(tx, claimed))


def states(store: Store) -> dict[str, int]:
    with store.read() as tx:
        return ledger.counts(tx).get("k", {})


def run_out(store: Store) -> None:
    with store.write() as tx:
        tx.execute(update(task).values(lease_until=now() - timedelta(seconds=1)))


def test_asking_twice_while_pending_is_asking_once(store: Store) -> None:
    assert [ask(store, "a", "b"), ask(store, "b", "c")] == [2, 1]
    assert states(store) == {"pending": 3}


def test_a_pending_task_of_another_version_is_taken_over(store: Store) -> None:
    ask(store, "a", "b")
    with store.write() as tx:
        tx.execute(update(task).values(code_version="0.0.1"))
    assert ask(store, "a") == 0
    with store.read() as tx:
        versions = dict(tx.execute(select(task.c.key, task.c.code_version)).all())
    assert versions == {"a": ledger.CODE_VERSION, "b": "0.0.1"}


def test_a_task_asked_for_again_is_not_claimed_before_the_commit(store: Store) -> None:
    ask(store, "a", "b")
    claimed: list[list[str]] = []
    taking = threading.Thread(target=lambda: claimed.append([one.key for one in claim(store)]))
    with store.write() as tx:
        ledger.ask(tx, [Wanted(kind="k", key="a", queue="cheap")])
        taking.start()
        if tx.dialect.name == "postgresql":
            # It passes over what is held; on SQLite it waits for this transaction.
            taking.join()
            assert claimed == [["b"]]
    taking.join()


def test_asking_while_it_runs_asks_for_the_next_epoch(store: Store) -> None:
    ask(store, "a")
    claimed = claim(store)
    assert ask(store, "a") == 1
    assert claim(store) == [], "one key is worked on by one worker at a time"
    assert finish(store, claimed) == 1
    assert [one.key for one in claim(store)] == ["a"]
    with store.read() as tx:
        assert sorted(tx.execute(select(task.c.epoch)).scalars()) == [1, 2]


def test_a_claim_is_not_shared_and_raises_the_attempt(store: Store) -> None:
    ask(store, *"abcd")
    first, second = claim(store, 3), claim(store, 3)
    assert (len(first), len(second)) == (3, 1)
    assert {one.attempt for one in first + second} == {1}


def test_a_finish_after_the_lease_ended_is_refused(store: Store) -> None:
    ask(store, "a")
    late = claim(store)
    run_out(store)
    with store.write() as tx:
        assert failures.reclaim(tx) == 1
    again = claim(store)
    assert again[0].attempt == 2
    assert finish(store, late) == 0
    assert finish(store, again) == 1


def test_much_work_of_one_client_does_not_keep_another_one_waiting(store: Store) -> None:
    with store.write() as tx:
        big, small = (make_client(tx, name).id for name in ("Nordwind", "Brandix"))

    def ask_for(client_id: UUID, *keys: str) -> None:
        wanted = [Wanted(kind="k", key=key, queue="cheap", client_id=client_id) for key in keys]
        with store.write() as tx:
            ledger.ask(tx, wanted)

    ask_for(big, *(f"big {number}" for number in range(200)))
    claim(store, 20)
    ask_for(small, "small 1", "small 2", "small 3")
    next_ = [one.key for one in claim(store, 6)]
    assert sum(key.startswith("small") for key in next_) == 3
    assert sum(key.startswith("big") for key in next_) == 3


def test_a_failed_task_waits_and_is_given_up_in_the_end(store: Store) -> None:
    ask(store, "a")
    for attempt in range(1, ledger.MAX_ERRORS + 1):
        claimed = claim(store)
        assert [one.attempt for one in claimed] == [attempt]
        with store.write() as tx:
            failures.fail(tx, claimed, "no answer", wait=timedelta(0))
    assert states(store) == {"dead": 1}
    with store.read() as tx:
        assert [one.error for one in ledger.dead(tx)] == ["no answer"]


def test_a_failed_task_gives_way_to_the_next_epoch(store: Store) -> None:
    ask(store, "a")
    claimed = claim(store)
    ask(store, "a")
    with store.write() as tx:
        failures.fail(tx, claimed, "no answer", wait=timedelta(hours=1))
    assert states(store) == {"done": 1, "pending": 1}
    run_out(store)
    assert len(claim(store)) == 1


def test_a_failed_task_is_not_claimed_before_its_time(store: Store) -> None:
    ask(store, "a")
    with store.write() as tx:
        failures.fail(
            tx, ledger.claim(tx, ["k"], 1, "here", LEASE), "no answer", wait=timedelta(hours=1)
        )
    assert claim(store) == []


def test_giving_back_is_no_error_and_never_lowers_the_fence(store: Store) -> None:
    ask(store, "a")
    (first,) = claim(store)
    with store.write() as tx:
        ledger.give_back(tx, [first])
    (second,) = claim(store)
    assert (second.errors, second.attempt) == (0, first.attempt + 1)
    with store.write() as tx:
        assert ledger.finish(tx, [first]) == set(), "who gave it back has no say any more"


def test_the_tasks_of_a_dead_process_are_taken_over_at_once(store: Store) -> None:
    ask(store, "a", "b")
    claim(store, 1, "dead")
    claim(store, 1, "living")
    with store.write() as tx:
        assert failures.reclaim(tx, lambda host: host == "living") == 1
    assert states(store) == {"pending": 1, "running": 1}


def test_a_task_that_kills_every_worker_is_quarantined_with_the_evidence(store: Store) -> None:
    ask(store, "a")
    for _ in range(ledger.MAX_CRASHES):
        claim(store)
        run_out(store)
        with store.write() as tx:
            failures.reclaim(tx, None, lambda _host: "held more than 3,000 MB of memory")
    assert states(store) == {"quarantined": 1}
    with store.read() as tx:
        (line,) = events.of_thing(tx, "task", ledger.dead(tx)[0].id)
    assert [one["host"] for one in line.data["evidence"]] == ["here"] * ledger.MAX_CRASHES
    assert {one["error"] for one in line.data["evidence"]} == {"held more than 3,000 MB of memory"}


def test_an_undone_transaction_asks_for_nothing(store: Store) -> None:
    def ask_and_fall() -> None:
        with store.write() as tx:
            ledger.ask(tx, [Wanted(kind="k", key="a", queue="cheap")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ask_and_fall()
    assert states(store) == {}


def test_claimers_side_by_side_never_share_a_task(store: Store) -> None:
    ask(store, *(str(number) for number in range(120)))
    taken: list[str] = []

    def work() -> None:
        while some := claim(store, 7):
            taken.extend(one.key for one in some)
            finish(store, some)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken, key=int) == [str(number) for number in range(120)]


def test_a_change_made_while_its_task_is_claimed_is_worked_on_again(store: Store) -> None:
    """Two askers and two workers at once: whoever asks last is always followed by a run."""
    done: list[int] = []
    value = [0]

    def asker() -> None:
        for _ in range(15):
            with store.write() as tx:
                value[0] += 1
                ledger.ask(tx, [Wanted(kind="k", key="a", queue="cheap")])

    def worker() -> None:
        for _ in range(40):
            if some := claim(store):
                done.append(value[0])
                finish(store, some)

    hands = [threading.Thread(target=hand) for hand in (asker, asker, worker, worker)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    while some := claim(store):
        done.append(value[0])
        finish(store, some)
    assert done[-1] == value[0] == 30
    assert states(store) == {"done": len(done)}


class LedgerMachine(RuleBasedStateMachine):
    """Any order of asking, claiming, finishing, dying and reclaiming: each key asked for ends done,
    once per epoch.
    """

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.store = Store(self.url)
        with self.store.write() as tx:
            tx.execute(task.delete())
        self.held: list[list[Claimed]] = []
        self.asked_after_claim: dict[str, bool] = {}

    @rule(key=st.sampled_from("abc"))
    def ask(self, key: str) -> None:
        ask(self.store, key)

    @rule(limit=st.integers(1, 3))
    def claim(self, limit: int) -> None:
        if got := claim(self.store, limit):
            self.held.append(got)

    @precondition(lambda self: self.held)
    @rule()
    def finish(self) -> None:
        finish(self.store, self.held.pop(0))

    @precondition(lambda self: self.held)
    @rule()
    def die_and_be_replaced(self) -> None:
        run_out(self.store)
        with self.store.write() as tx:
            failures.reclaim(tx)

    @invariant()
    def one_worker_per_key(self) -> None:
        with self.store.read() as tx:
            running = list(
                tx.execute(select(task.c.key).where(task.c.state == "running")).scalars()
            )
        assert len(running) == len(set(running))

    def teardown(self) -> None:
        run_out(self.store)
        with self.store.write() as tx:
            failures.reclaim(tx)
        while some := claim(self.store):
            assert finish(self.store, some) == len(some)
        assert set(states(self.store)) <= {"done", "dead", "quarantined"}
        self.store.close()


def test_any_order_of_events(sqlite_template: Path, tmp_path: Path) -> None:
    shutil.copyfile(sqlite_template, tmp_path / "machine.db")
    LedgerMachine.url = f"sqlite:///{tmp_path / 'machine.db'}"
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=15,
            suppress_health_check=list(HealthCheck),
        ),
    )
