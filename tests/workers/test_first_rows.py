"""A look-up reads the first rows of a company, and others in place of those that have ended."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update

from actions.session import Session
from dedupe.run.stored_index import StoredIndex, head_of
from leads.clock import now
from leads.store.clients import client_to_change
from leads.store.schema import record
from tests.workers.test_later_records import take_in

#: All on one company.
NAMES = ("Zyxwell Robotics", "Zyxwell Robotics Ltd", "Zyxwell Robotics Limited", "ZYXWELL ROBOTICS")


@pytest.mark.parametrize("ended", [(0, 2), (0, 1, 2, 3)])
def test_the_first_rows_that_count_are_read(
    session: Session, tmp_path: Path, ended: tuple[int, ...]
) -> None:
    with session.store.write() as tx:
        client_id = client_to_change(tx, "default").id
    take_in(session, client_id, tmp_path, "fair", NAMES)

    (every,) = _read(session, client_id, None)
    assert sorted(every.values()) == sorted(NAMES)
    gone = [UUID(id_) for at, id_ in enumerate(every) if at in ended]
    with session.store.write() as tx:
        tx.execute(update(record).where(record.c.id.in_(gone)).values(ended_at=now()))

    left = [row for at, row in enumerate(every.items()) if at not in ended]
    assert [_read(session, client_id, most) for most in (1, 2, 3, 9)] == [
        [dict(left[:most])] for most in (1, 2, 3, 9)
    ]


def _read(session: Session, client_id: UUID, most: int | None) -> list[dict[str, str]]:
    """Return the names of the rows of each company by their ids, in the order that they come in."""
    with session.store.read() as tx:
        head = head_of(tx, client_id)
        assert head is not None
        found = StoredIndex(tx, client_id, head).company_rows([0], most)
    return [{str(row.key): row.name for row in rows} for rows in found.values()]
