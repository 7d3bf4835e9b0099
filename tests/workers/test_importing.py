"""Two imports of one list at the same time store what one of them would."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from actions.session import Session
from intake.read_options import ReadOptions
from intake.run import Imported, undo
from leads.ids import new_id
from leads.store import lists, records
from leads.store.clients import client_to_change
from leads.store.lists import ListAbout
from leads.store.schema import record
from workers.context import Context
from workers.importing import ImportRequest, parsed_list, run_import, store_import

ROWS = "name,domain\nNordwind,nordwind.example\nSuedlicht,suedlicht.example\n"
#: Long enough for an import that does not wait to be through.
A_MOMENT = 1.0


@pytest.fixture
def context(session: Session) -> Context:
    return session.context()


@pytest.fixture
def wish(session: Session, tmp_path: Path) -> ImportRequest:
    (tmp_path / "fair.csv").write_text(ROWS, "utf-8")
    with session.store.write() as tx:
        client_id = client_to_change(tx, "default").id
    path = str(tmp_path / "fair.csv")
    return ImportRequest(
        client_id=client_id,
        path=path,
        name="fair",
        about=ListAbout(),
        options=ReadOptions(),
        who="test",
    )


def imported(context: Context, wish: ImportRequest) -> Imported:
    return run_import(context, wish)[0]


def live(context: Context, wish: ImportRequest) -> list[str]:
    with context.store.read() as tx:
        return [row.row_key for row in records.live_records(tx, list_id(context, wish))]


def list_id(context: Context, wish: ImportRequest) -> UUID:
    with context.store.read() as tx:
        return lists.find_list(tx, wish.client_id, wish.name).id


@pytest.mark.parametrize(
    "known", [pytest.param(False, id="the list is new"), pytest.param(True, id="the list is known")]
)
def test_the_second_waits_and_finds_the_rows_of_the_first(
    context: Context, wish: ImportRequest, known: bool
) -> None:
    if known:
        imported(context, wish)
        with context.store.write() as tx:
            undo(tx, wish.client_id, wish.name, "test")
    with ThreadPoolExecutor(1) as other:
        with parsed_list(context, wish) as rows, context.store.write() as tx:
            store_import(tx, context, wish, rows)
            second = other.submit(imported, context, wish)
            with pytest.raises(TimeoutError):
                second.result(A_MOMENT)
        counts = second.result(30).counts
    assert (counts.imported, counts.duplicate) == (0, 2)
    assert len(live(context, wish)) == 2


def test_rows_of_an_earlier_version_are_known_by_their_longer_hashes(
    context: Context, wish: ImportRequest
) -> None:
    imported(context, wish)
    with context.store.write() as tx:
        tx.execute(update(record).values(content_hash=record.c.content_hash + "0" * 32))
    assert imported(context, wish).counts.duplicate == 2
    assert len(live(context, wish)) == 2


def test_an_undo_waits_for_the_import(context: Context, wish: ImportRequest) -> None:
    imported(context, wish)

    def take_back() -> dict[str, int]:
        with context.store.write() as tx:
            return undo(tx, wish.client_id, wish.name, "test")[0]

    Path(wish.path).write_text(ROWS + "Ostsee,ostsee.example\n", "utf-8")
    with ThreadPoolExecutor(1) as other:
        with parsed_list(context, wish) as rows, context.store.write() as tx:
            store_import(tx, context, wish, rows)
            second = other.submit(take_back)
            with pytest.raises(TimeoutError):
                second.result(A_MOMENT)
        assert second.result(30) == {"ended": 1, "restored": 0}
    assert len(live(context, wish)) == 2


def test_the_database_itself_refuses_a_row_twice(context: Context, wish: ImportRequest) -> None:
    imported(context, wish)
    with context.store.read() as tx:
        row = tx.execute(select(record)).mappings().first()
    assert row is not None
    again = insert(record).values({**row, "id": new_id()})
    with context.store.engine.begin() as tx, pytest.raises(IntegrityError):
        tx.execute(again)
