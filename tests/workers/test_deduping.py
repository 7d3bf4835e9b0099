"""Duplicates are found while others write, and what they wrote meanwhile is never overrun."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, update

from actions.session import Session
from dedupe.run import planning
from dedupe.run.applying import apply_rest
from dedupe.run.decisions import merge, split
from intake.read_options import ReadOptions
from intake.run import undo
from leads.store import Store, companies, company_records, judgements
from leads.store.clients import client_to_change
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed
from leads.store.lists import ListAbout
from leads.store.migrate import open_store
from leads.store.schema import event, task
from workers.context import Context
from workers.deduping import dedupe_client
from workers.importing import ImportRequest, run_import
from workers.lost import LostLeaseError
from workers.pipeline import follow

FAIR = ("Zyxwell Robotics", "Brandix Bakery", "Quorvian Paper", "Hollerith Dental")
REGISTER = ("Zyxwell Robotics Ltd", "Brandix Bakery Ltd", "Vandelso Boats")


@pytest.fixture
def client_id(session: Session) -> UUID:
    with session.store.write() as tx:
        return client_to_change(tx, "default").id


@pytest.fixture
def elsewhere(session: Session) -> Iterator[Store]:
    """Another process's view of the same database."""
    other = open_store(session.settings.database_url)
    yield other
    other.close()


def arrive(
    context: Context,
    client_id: UUID,
    folder: Path,
    name: str,
    names: tuple[str, ...],
    about: ListAbout | None = None,
    header: str = "name",
) -> None:
    """Import a list of these names, which asks for a dedupe task."""
    (folder / f"{name}.csv").write_text(
        f"{header}\n" + "".join(f"{one}\n" for one in names), "utf-8"
    )
    path = str(folder / f"{name}.csv")
    run_import(
        context,
        ImportRequest(
            client_id=client_id,
            path=path,
            name=name,
            about=about or ListAbout(),
            options=ReadOptions(),
            who="test",
        ),
    )


def claimed(store: Store) -> Claimed:
    with store.write() as tx:
        (found,) = ledger.claim(tx, ["dedupe"], 1, "here", timedelta(minutes=5))
    return found


def standing(store: Store, client_id: UUID) -> dict[str, UUID | None]:
    with store.read() as tx:
        return {one.name: one.company_id for one in company_records.live_records(tx, client_id)}


def at_stage(
    stage: str, does: Callable[[], None], times: int = 1
) -> Callable[[str, int, int], None]:
    """Progress that does something when a stage is reached, the first `times` of it."""
    left = [times]

    def progress(what: str, _done: int, _of: int) -> None:
        if what == stage and left[0]:
            left[0] -= 1
            does()

    return progress


@pytest.fixture
def first(session: Session, client_id: UUID, tmp_path: Path) -> dict[str, UUID | None]:
    """One list whose companies are known; a second one has arrived and waits."""
    context = session.context()
    arrive(context, client_id, tmp_path, "fair", FAIR)
    dedupe_client(context, claimed(session.store))
    known = standing(session.store, client_id)
    arrive(context, client_id, tmp_path, "register", REGISTER)
    return known


def test_two_lists_meet_and_ids_survive(
    session: Session, client_id: UUID, first: dict[str, UUID | None]
) -> None:
    dedupe_client(session.context(), claimed(session.store))
    now = standing(session.store, client_id)
    assert now["Zyxwell Robotics Ltd"] == now["Zyxwell Robotics"] == first["Zyxwell Robotics"]
    assert len(set(now.values())) == 5


def test_what_a_person_decided_meanwhile_holds(
    session: Session, client_id: UUID, first: dict[str, UUID | None], elsewhere: Store
) -> None:
    def decide() -> None:
        with elsewhere.write() as tx:
            keys = {one.name: one.match_key for one in company_records.live_records(tx, client_id)}
            judgements.judge(
                tx,
                client_id,
                [(keys["Zyxwell Robotics"], keys["Zyxwell Robotics Ltd"])],
                "different",
                "sdr",
                "two firms",
            )

    dedupe_client(
        replace(session.context(), progress=at_stage("comparing", decide)), claimed(session.store)
    )
    now = standing(session.store, client_id)
    assert now["Zyxwell Robotics"] == first["Zyxwell Robotics"] != now["Zyxwell Robotics Ltd"]
    assert now["Brandix Bakery"] == now["Brandix Bakery Ltd"]


def test_what_ended_meanwhile_is_put_nowhere(
    session: Session, client_id: UUID, first: dict[str, UUID | None], elsewhere: Store
) -> None:
    def take_back() -> None:
        with elsewhere.write() as tx:
            undo(tx, client_id, "register", "test")

    dedupe_client(
        replace(session.context(), progress=at_stage("comparing", take_back)),
        claimed(session.store),
    )
    assert standing(session.store, client_id) == first
    with session.store.read() as tx:
        assert set(companies.companies_of(tx, client_id)) == set(first.values())


def test_what_ends_while_we_write_leaves_no_company_behind(
    session: Session,
    client_id: UUID,
    first: dict[str, UUID | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with session.store.read() as tx:
        plan = planning.make_plan(planning.read_snapshot(tx, client_id))
    with session.store.write() as tx:
        undo(tx, client_id, "fair", "test")
    # The moment after the look at the mark, which no test can hit.
    monkeypatch.setattr(judgements, "mark_of", lambda _tx, _client_id: plan.snapshot.mark)
    with session.store.write() as tx:
        assert apply_rest(tx, client_id, plan) is not None
    monkeypatch.undo()
    with session.store.read() as tx:
        named = {one.company_id for one in company_records.live_records(tx, client_id)}
        assert set(companies.companies_of(tx, client_id)) == named


def test_who_is_never_left_in_peace_keeps_the_others_waiting_in_the_end(
    session: Session, client_id: UUID, first: dict[str, UUID | None], elsewhere: Store
) -> None:
    def decide() -> None:
        with elsewhere.write() as tx:
            keys = sorted(one.match_key for one in company_records.live_records(tx, client_id))
            judgements.judge(tx, client_id, [(keys[0], keys[1])], "different", "sdr", "")

    context = replace(session.context(), progress=at_stage("comparing", decide, times=3))
    dedupe_client(context, claimed(session.store))
    assert len(set(standing(session.store, client_id).values())) == 5
    with session.store.read() as tx:
        assert ledger.unfinished(tx, ["dedupe"]) == 0


@pytest.fixture
def small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "SHARE", 2)


@pytest.mark.usefixtures("small_shares")
def test_shares_come_to_what_one_transaction_does(
    session: Session, client_id: UUID, first: dict[str, UUID | None]
) -> None:
    seen: list[int] = []

    def count() -> None:
        seen.append(
            sum(1 for company_id in standing(session.store, client_id).values() if company_id)
        )

    dedupe_client(
        replace(session.context(), progress=at_stage("writing companies", count, times=9)),
        claimed(session.store),
    )
    now = standing(session.store, client_id)
    assert seen == sorted(seen)
    assert seen[0] < len(now)
    assert now["Zyxwell Robotics Ltd"] == first["Zyxwell Robotics"]
    assert now["Brandix Bakery Ltd"] == first["Brandix Bakery"]
    assert len(set(now.values())) == 5
    assert None not in now.values()


@pytest.mark.usefixtures("small_shares")
def test_what_was_written_before_an_interruption_keeps_its_id(
    session: Session, client_id: UUID, first: dict[str, UUID | None], tmp_path: Path
) -> None:
    def stop() -> None:
        if any(
            one and name not in first for name, one in standing(session.store, client_id).items()
        ):
            raise KeyboardInterrupt

    mine = claimed(session.store)
    with pytest.raises(KeyboardInterrupt):
        dedupe_client(
            replace(session.context(), progress=at_stage("writing companies", stop, times=9)), mine
        )
    half = {
        name: company_id
        for name, company_id in standing(session.store, client_id).items()
        if company_id
    }
    assert len(first) < len(half) < len(FAIR) + len(REGISTER)
    with session.store.write() as tx:
        ledger.give_back(tx, [mine])
    dedupe_client(session.context(), claimed(session.store))
    now = standing(session.store, client_id)
    assert {name: now[name] for name in half} == half
    assert len(set(now.values())) == 5


@pytest.mark.usefixtures("small_shares")
def test_a_task_that_another_worker_took_over_writes_no_more(
    session: Session, client_id: UUID, first: dict[str, UUID | None], elsewhere: Store
) -> None:
    def take_over() -> None:
        with elsewhere.write() as tx:
            tx.execute(update(task).where(task.c.id == mine.id).values(attempt=task.c.attempt + 1))

    mine = claimed(session.store)
    with pytest.raises(LostLeaseError):
        dedupe_client(
            replace(session.context(), progress=at_stage("writing companies", take_over)), mine
        )
    assert {name: one for name, one in standing(session.store, client_id).items() if one} == first


def test_a_merge_and_its_split_give_back_what_was(
    session: Session, client_id: UUID, first: dict[str, UUID | None]
) -> None:
    dedupe_client(session.context(), claimed(session.store))
    before = standing(session.store, client_id)
    with session.store.write() as tx:
        follow(tx, merge(tx, client_id, "Quorvian Paper", "Hollerith Dental", "sdr", "one firm"))
    dedupe_client(session.context(), claimed(session.store))
    merged = standing(session.store, client_id)
    assert merged["Quorvian Paper"] == merged["Hollerith Dental"] == before["Quorvian Paper"]
    with session.store.write() as tx:
        follow(
            tx, split(tx, client_id, str(before["Quorvian Paper"]), [], "sdr", "two after all")[1]
        )
    dedupe_client(session.context(), claimed(session.store))
    after = standing(session.store, client_id)
    assert {name: one for name, one in after.items() if name != "Hollerith Dental"} == {
        name: one for name, one in before.items() if name != "Hollerith Dental"
    }
    assert after["Hollerith Dental"] not in before.values()
    with session.store.read() as tx:
        verbs = (
            tx.execute(select(event.c.verb).where(event.c.thing == "company").order_by(event.c.id))
            .scalars()
            .all()
        )
    assert [verb for verb in verbs if verb in ("joined", "merged", "split", "split off")] == [
        "joined",
        "merged",
        "split",
        "split off",
    ]
