"""Later records are put on companies by the key index, as a comparison of all would do."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update

from actions.session import Session
from dedupe.run.decisions import merge
from dedupe.run.fresh import Limits
from dedupe.run.stored_index import put_parts
from intake.run import undo
from leads.changes import RecordsChanged
from leads.clock import now
from leads.ids import new_id
from leads.store import (
    Store,
    Tx,
    companies,
    company_changes,
    company_records,
    erasing,
    match_index,
)
from leads.store.clients import client_to_change
from leads.store.lists import ListAbout
from leads.store.schema import match_base, match_key, match_part, record
from outreach.keys import Key
from outreach.run.forgetting_points import forget_point
from tests.workers.test_deduping import arrive, at_stage, claimed, standing
from workers import deduping
from workers.deduping import dedupe_client
from workers.pipeline import follow

FAIR = ("Zyxwell Robotics", "Brandix Bakery", "Quorvian Paper", "Hollerith Dental")
REGISTER = ("Zyxwell Robotics Ltd", "Brandix Bakery Ltd", "Vandelso Boats", "Quorvian Paper")
#: So that a few records are many, and two of them are a portion.
SMALL = Limits(least=1, share=100, at_once=2)
CUSTOMERS = ListAbout(role="customers")


@pytest.fixture
def client_id(session: Session) -> UUID:
    with session.store.write() as tx:
        return client_to_change(tx, "default").id


def take_in(
    session: Session,
    client_id: UUID,
    folder: Path,
    name: str,
    names: tuple[str, ...],
    about: ListAbout | None = None,
) -> None:
    """Import a list and put its records on companies."""
    arrive(session.context(), client_id, folder, name, names, about)
    dedupe_client(session.context(), claimed(session.store), SMALL)


def compare(session: Session, client_id: UUID, limits: Limits = SMALL) -> None:
    with session.store.write() as tx:
        follow(tx, [RecordsChanged(client_id)], session.trace_id, ())
    dedupe_client(session.context(), claimed(session.store), limits)


def version(store: Store, client_id: UUID) -> UUID | None:
    with store.read() as tx:
        head = match_index.head(tx, client_id)
    return head.version if head else None


def together(store: Store, client_id: UUID) -> set[frozenset[str]]:
    """The names that share a company."""
    found: dict[UUID | None, set[str]] = {}
    with store.read() as tx:
        rows = tx.execute(
            select(record.c.name, record.c.company_id).where(
                record.c.client_id == client_id, record.c.ended_at.is_(None)
            )
        )
        for name, company in rows:
            found.setdefault(company, set()).add(name)
    return {frozenset(names) for names in found.values()}


EXPECTED = {
    frozenset(("Zyxwell Robotics", "Zyxwell Robotics Ltd")),
    frozenset(("Brandix Bakery", "Brandix Bakery Ltd")),
    frozenset(("Quorvian Paper",)),
    frozenset(("Hollerith Dental",)),
    frozenset(("Vandelso Boats",)),
}


def test_a_second_list_is_compared_by_its_keys_and_ids_stay(
    session: Session, client_id: UUID, tmp_path: Path
) -> None:
    take_in(session, client_id, tmp_path, "fair", FAIR)
    before = standing(session.store, client_id)
    first = version(session.store, client_id)
    take_in(session, client_id, tmp_path, "register", REGISTER)

    assert together(session.store, client_id) == EXPECTED
    assert standing(session.store, client_id) | before == standing(session.store, client_id)
    assert version(session.store, client_id) == first, "all records were compared again"


def test_records_that_the_index_lacks_are_noticed_and_made_up_for(
    session: Session, client_id: UUID, tmp_path: Path
) -> None:
    take_in(session, client_id, tmp_path, "fair", FAIR)
    take_in(session, client_id, tmp_path, "more", ("Vandelso Boats",))
    with session.store.write() as tx:
        tx.execute(delete(match_key))
    take_in(session, client_id, tmp_path, "register", ("Vandelso Boats Ltd",))
    assert frozenset(("Vandelso Boats", "Vandelso Boats Ltd")) in together(session.store, client_id)


def test_all_records_are_compared_when_a_full_comparison_did_not_end(
    session: Session, client_id: UUID, tmp_path: Path
) -> None:
    take_in(session, client_id, tmp_path, "fair", FAIR)
    first = version(session.store, client_id)
    with session.store.write() as tx:
        match_index.drop_head(tx, client_id)
        tx.execute(update(record).values(company_id=None))
    take_in(session, client_id, tmp_path, "register", REGISTER)
    assert together(session.store, client_id) == EXPECTED
    assert version(session.store, client_id) not in (None, first)
    with session.store.read() as tx:
        kept = tx.execute(select(func.count(match_part.c.version.distinct()))).scalar()
    assert kept == 1, "parts of the comparison before were left"


def test_an_index_of_another_form_is_not_asked(
    session: Session, client_id: UUID, tmp_path: Path
) -> None:
    take_in(session, client_id, tmp_path, "fair", FAIR)
    first = version(session.store, client_id)
    with session.store.write() as tx:
        rests_on = tx.execute(select(match_base.c.rests_on)).scalar_one()
        tx.execute(update(match_base).values(rests_on=rests_on[1:]))
    take_in(session, client_id, tmp_path, "register", REGISTER)
    assert together(session.store, client_id) == EXPECTED
    assert version(session.store, client_id) not in (None, first)


def test_what_is_erased_leaves_no_key(session: Session, client_id: UUID, tmp_path: Path) -> None:
    take_in(session, client_id, tmp_path, "fair", FAIR)
    take_in(session, client_id, tmp_path, "register", ("Zyxwell Robotics Ltd",))
    gone = standing(session.store, client_id)["Zyxwell Robotics"]
    assert gone
    before = _sizes(session.store)
    with session.store.write() as tx:
        erasing.of_company(tx, client_id, [gone])
    after = _sizes(session.store)
    assert after["keys since"] == 0
    assert after["keys"] < before["keys"]
    take_in(session, client_id, tmp_path, "again", ("Zyxwell Robotics Ltd", "Brandix Bakery Ltd"))
    assert frozenset(("Brandix Bakery", "Brandix Bakery Ltd")) in together(session.store, client_id)
    assert standing(session.store, client_id)["Zyxwell Robotics Ltd"] != gone


def test_what_is_erased_during_a_full_comparison_is_in_no_part(
    session: Session, client_id: UUID, tmp_path: Path
) -> None:
    take_in(session, client_id, tmp_path, "fair", FAIR)
    gone = standing(session.store, client_id)["Zyxwell Robotics"]
    assert gone
    with session.store.write() as tx:
        (erased,) = match_index.on_companies(tx, [gone])
        match_index.drop_head(tx, client_id)
        erasing.of_company(tx, client_id, [gone])
    assert not _is_in_parts(session.store, erased)

    compare(session, client_id)
    assert _sizes(session.store)["keys"]
    compare(session, client_id, replace(SMALL, least=1000))
    assert _sizes(session.store) == {"keys": 0, "keys since": 0}, "a small client has no index"


def test_a_number_that_is_forgotten_leaves_no_key(
    session: Session, client_id: UUID, tmp_path: Path
) -> None:
    rows = ("Zyxwell Robotics,+49 561 123456", "Brandix Bakery,+49 561 654321")
    arrive(session.context(), client_id, tmp_path, "fair", rows, header="name,phone")
    dedupe_client(session.context(), claimed(session.store), SMALL)
    assert _sizes(session.store)["keys"]
    with session.store.write() as tx:
        done = forget_point(
            tx, Key("phone", "+49561123456"), "+49 561 123456", {}, "test", session.secret
        )
        follow(tx, done.changes, session.trace_id, ())
    assert _sizes(session.store) == {"keys": 0, "keys since": 0}
    dedupe_client(session.context(), claimed(session.store), SMALL)
    assert _sizes(session.store)["keys"], "the client was not compared again"


def test_a_number_that_is_forgotten_during_a_comparison_does_not_come_back(
    session: Session, client_id: UUID, tmp_path: Path
) -> None:
    def forget() -> None:
        with session.store.write() as tx:
            number = "+49 561 123456"
            forget_point(tx, Key("phone", "+49561123456"), number, {}, "test", session.secret)

    rows = ("Zyxwell Robotics,+49 561 123456", "Brandix Bakery,+49 561 654321")
    arrive(session.context(), client_id, tmp_path, "fair", rows, header="name,phone")
    context = replace(session.context(), progress=at_stage("comparing", forget))
    dedupe_client(context, claimed(session.store), SMALL)
    kept = _sizes(session.store)

    with session.store.write() as tx:
        match_index.drop(tx, client_id)
    compare(session, client_id)
    assert kept == _sizes(session.store), "the index has keys of the forgotten number"


def test_a_number_that_is_forgotten_before_a_worker_dies_is_in_no_part(
    session: Session, client_id: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forget() -> None:
        with session.store.write() as tx:
            number = "+49 561 123456"
            forget_point(tx, Key("phone", "+49561123456"), number, {}, "test", session.secret)

    def put_and_die(*values: Any) -> None:
        put_parts(*values)
        raise KeyboardInterrupt

    rows = ("Zyxwell Robotics,+49 561 123456", "Brandix Bakery,+49 561 654321")
    arrive(session.context(), client_id, tmp_path, "fair", rows, header="name,phone")
    context = replace(session.context(), progress=at_stage("comparing", forget))
    monkeypatch.setattr(deduping, "put_parts", put_and_die)
    with pytest.raises(KeyboardInterrupt):
        dedupe_client(context, claimed(session.store), SMALL)
    assert _sizes(session.store)["keys"] == 0, "the dead worker left keys of the number"


def test_rows_that_come_as_a_comparison_begins_are_compared_once(
    session: Session, client_id: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = deduping._begun

    def begin_and_arrive(*values: Any) -> UUID | None:
        note = begun(*values)
        arrive(session.context(), client_id, tmp_path, "register", ("Zyxwell Robotics Ltd",))
        return note

    arrive(session.context(), client_id, tmp_path, "fair", FAIR)
    # The moment between the note of the comparison and its look at the records.
    monkeypatch.setattr(deduping, "_begun", begin_and_arrive)
    dedupe_client(session.context(), claimed(session.store), SMALL)
    monkeypatch.undo()

    take_in(session, client_id, tmp_path, "another", ("Brandix Bakery Ltd",))
    found = together(session.store, client_id)
    assert frozenset(("Zyxwell Robotics", "Zyxwell Robotics Ltd")) in found
    assert frozenset(("Brandix Bakery", "Brandix Bakery Ltd")) in found


# SQLite has one writer at a time: no import can commit within a transaction.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_rows_that_come_within_the_last_transaction_are_found_by_later_ones(
    session: Session, client_id: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice, waiting = company_records.notice_ended, ["Zyxwell Robotics,Kiel"]

    def arrive_and_notice(tx: Tx, client_id: UUID) -> set[UUID]:
        while waiting:
            rows = (waiting.pop(), "Brandix Bakery,Ulm")
            arrive(session.context(), client_id, tmp_path, "fair", rows, header="name,city")
        return notice(tx, client_id)

    rows = ("Zyxwell Robotics,Bremen", "Brandix Bakery,Ulm")
    arrive(session.context(), client_id, tmp_path, "fair", rows, header="name,city")
    # The moment after the last look at the plan, which no test can hit.
    monkeypatch.setattr(company_records, "notice_ended", arrive_and_notice)
    dedupe_client(session.context(), claimed(session.store), SMALL)
    monkeypatch.undo()
    assert version(session.store, client_id) is None, "an index counts that may lack a row"

    take_in(session, client_id, tmp_path, "register", ("Zyxwell Robotics Ltd",))
    assert frozenset(REGISTER[:1] + FAIR[:1]) in together(session.store, client_id)


def _is_in_parts(store: Store, record_id: UUID) -> bool:
    with store.read() as tx:
        bodies = tx.execute(select(match_part.c.body)).scalars().all()
    return any(record_id.bytes in bytes(one) for one in bodies)


def _sizes(store: Store) -> dict[str, int]:
    keys = func.sum(func.length(match_part.c.body))
    with store.read() as tx:
        return {
            "keys": tx.execute(select(keys).where(match_part.c.kind == "keys")).scalar() or 0,
            "keys since": tx.execute(select(func.count()).select_from(match_key)).scalar() or 0,
        }


def test_an_undone_list_takes_its_records_along_and_leaves_the_others_together(
    session: Session, client_id: UUID, tmp_path: Path
) -> None:
    take_in(session, client_id, tmp_path, "fair", FAIR)
    take_in(session, client_id, tmp_path, "register", REGISTER)
    first = version(session.store, client_id)
    with session.store.write() as tx:
        undo(tx, client_id, "fair", "test")
        follow(tx, [RecordsChanged(client_id)], session.trace_id, ())
    dedupe_client(session.context(), claimed(session.store), replace(SMALL, at_once=10))
    assert together(session.store, client_id) == {frozenset((name,)) for name in REGISTER}
    assert version(session.store, client_id) == first
    with session.store.read() as tx:
        named = set(standing(session.store, client_id).values())
        assert set(companies.companies_of(tx, client_id)) == named


def test_a_record_that_is_live_again_has_its_company_and_is_found_by_later_ones(
    session: Session, client_id: UUID, tmp_path: Path
) -> None:
    take_in(session, client_id, tmp_path, "customers", FAIR, CUSTOMERS)
    before = standing(session.store, client_id)
    take_in(session, client_id, tmp_path, "customers", FAIR[1:], CUSTOMERS)
    with session.store.write() as tx:
        match_index.drop_head(tx, client_id)
    compare(session, client_id)
    with session.store.write() as tx:
        undo(tx, client_id, "customers", "test")
    compare(session, client_id)

    assert standing(session.store, client_id) == before
    with session.store.read() as tx:
        assert set(companies.companies_of(tx, client_id)) == set(before.values())
    take_in(session, client_id, tmp_path, "register", ("Zyxwell Robotics Ltd",))
    assert frozenset(REGISTER[:1] + FAIR[:1]) in together(session.store, client_id)


def test_a_row_that_replaced_one_while_the_index_was_made_is_found_by_later_ones(
    session: Session, client_id: UUID, tmp_path: Path
) -> None:
    take_in(session, client_id, tmp_path, "fair", FAIR)
    company = standing(session.store, client_id)["Zyxwell Robotics"]
    arrive(session.context(), client_id, tmp_path, "register", ("Zyxwell Automata",))
    with session.store.write() as tx:
        old, new = (record.c.name == one for one in ("Zyxwell Robotics", "Zyxwell Automata"))
        tx.execute(update(record).where(old).values(ended_at=now()))
        tx.execute(update(record).where(new).values(company_id=company))
        later = new_id()
        tx.execute(update(match_base).values(version=later))
        tx.execute(update(match_part).values(version=later))
    dedupe_client(session.context(), claimed(session.store), SMALL)

    assert standing(session.store, client_id)["Zyxwell Automata"] == company
    take_in(session, client_id, tmp_path, "again", ("Zyxwell Automata Ltd",))
    expected = frozenset(("Zyxwell Automata", "Zyxwell Automata Ltd"))
    assert expected in together(session.store, client_id)


def changed_by(
    session: Session, client_id: UUID, does: Callable[[], object], limits: Limits
) -> set[UUID] | None:
    """The companies that were noted as changed by something and the comparison after it."""
    with session.store.read() as tx:
        then = company_changes.moment(tx)
    does()
    dedupe_client(session.context(), claimed(session.store), limits)
    with session.store.read() as tx:
        return company_changes.since(tx, client_id, then)


def test_who_is_gone_who_came_back_and_who_was_merged_is_noted(
    session: Session, client_id: UUID, tmp_path: Path
) -> None:
    full = Limits()
    arrive(session.context(), client_id, tmp_path, "fair", FAIR, CUSTOMERS)
    dedupe_client(session.context(), claimed(session.store), full)
    ids = standing(session.store, client_id)
    first = ids[FAIR[0]]

    def withdraw() -> None:
        arrive(session.context(), client_id, tmp_path, "fair", FAIR[1:], CUSTOMERS)

    assert changed_by(session, client_id, withdraw, full) == {first}

    def take_back() -> None:
        with session.store.write() as tx:
            follow(tx, undo(tx, client_id, "fair", "test")[1], session.trace_id, ())

    assert changed_by(session, client_id, take_back, full) == {first}

    def join() -> None:
        with session.store.write() as tx:
            follow(tx, merge(tx, client_id, FAIR[2], FAIR[3], "test", "one firm"), "", ())

    assert changed_by(session, client_id, join, full) == {ids[FAIR[2]], ids[FAIR[3]]}
