"""Pages of very long tables: each row once, nothing counted to the end, from behind any row."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, select

from leads.clock import now
from leads.ids import new_id
from leads.store import Store, Tx, campaigns, clients, company_within, lead_rows
from leads.store.counted import counted
from leads.store.lead_rows import STAGES, Place
from leads.store.schema import company, lead

COUNT = 23


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


def companies(tx: Tx, names: list[str]) -> tuple[UUID, list[UUID]]:
    client_id = clients.make_client(tx, "default").id
    same = {"client_id": client_id, "kind": "legal_entity", "reason": "", "created_at": now()}
    ids = [new_id() for _ in names]
    rows = [{"id": one, "name": name, **same} for one, name in zip(ids, names, strict=True)]
    tx.execute(insert(company), rows)
    return client_id, ids


def leads(tx: Tx) -> tuple[UUID, list[UUID]]:
    """Leads of every stage, several of which are due at the same moment."""
    client_id, ids = companies(tx, [f"Firm {number}" for number in range(COUNT)])
    campaign_id = campaigns.campaign_of(tx, client_id, "main", make=True).id
    at = now()
    rows = [
        {
            "campaign_id": campaign_id,
            "company_id": one,
            "client_id": client_id,
            "stage": STAGES[number % 2],
            "since": at,
            "next_touch_at": at + timedelta(hours=number // 5 - 1),
            "next_touch": "call",
            "entered_at": at,
        }
        for number, one in enumerate(ids)
    ]
    tx.execute(insert(lead), rows)
    return campaign_id, ids


@pytest.mark.parametrize("stage", [None, STAGES[0], STAGES[1]])
@pytest.mark.parametrize("is_due", [False, True])
def test_pages_of_leads_are_the_list(store: Store, stage: str | None, is_due: bool) -> None:
    with store.write() as tx:
        campaign_id, _ = leads(tx)
    due_at = now() if is_due else None
    with store.read() as tx:
        whole = lead_rows.of_campaign(tx, campaign_id, stage, due_at)
        seen: list[lead_rows.NamedLead] = []
        after: Place | None = None
        while some := lead_rows.page(tx, campaign_id, stage, due_at, after, 4):
            seen += some
            after = (some[-1].lead.next_touch_at, some[-1].lead.company_id)
    assert seen == whole
    assert len(whole) >= 5


@pytest.mark.parametrize(("most", "found"), [(0, 1), (5, 6), (COUNT, COUNT), (99, COUNT)])
def test_rows_are_counted_to_one_behind_the_most(store: Store, most: int, found: int) -> None:
    with store.write() as tx:
        campaign_id, _ = leads(tx)
    with store.read() as tx:
        rows = select(lead.c.company_id).where(lead.c.campaign_id == campaign_id)
        assert counted(tx, rows, most) == found


def test_a_search_goes_on_where_it_stopped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    # Three companies at a time, and no time for more than that.
    monkeypatch.setattr(company_within, "_AT_ONCE", 3)
    monkeypatch.setattr(company_within, "_LONGEST", -1.0)
    names = [f"{'Harbour' if number % 4 == 3 else 'Hill'} Tools {number}" for number in range(10)]
    with store.write() as tx:
        client_id, _ = companies(tx, names)
    with store.read() as tx:
        found, after, pages = list[str](), None, 0
        while True:
            part = company_within.search(tx, client_id, "HARBOUR", 50, after)
            found += [one.name for one in part.rows]
            after, pages = part.last, pages + 1
            if after is None:
                break
        full = company_within.search(tx, client_id, "tools", 2, None)
        rest = company_within.search(tx, client_id, "tools", 50, full.last)
    assert found == ["Harbour Tools 3", "Harbour Tools 7"]
    assert pages == 4
    assert [one.name for one in full.rows] == names[:2]
    assert [one.name for one in rest.rows] == names[2:5]
