"""A campaign of made-up companies that were worked, each with its signals and its outcome."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from actions.session import open_session
from leads.ids import new_id
from leads.store import Tx, campaigns, clients
from leads.store.engine import chunks
from leads.store.schema import company, disposition, lead, lease, queue_entry, relationship, signal

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A company: `state` is what it became, `days` after the start; None: it is still open."""

    state: str = "untouched"
    days: float = 100
    #: The first call, in days after the start; None: nobody called.
    called: float | None = None
    #: Days from the outcome to the last report and the last stage.
    moved: float = 30
    #: Kind and days before the outcome; negative: after it.
    signals: tuple[tuple[str, float], ...] = ()
    #: `entry`: the row of the queue that the company has already.
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        return START + self.days * DAY

    @property
    def since(self) -> datetime:
        """A lead moved on after its outcome."""
        is_lead = self.state in ("lead", "qualified_lead")
        return self.at + self.moved * DAY if is_lead else self.at


def store(companies: Iterable[Made], campaign: str = "spring", client: str = "default") -> None:
    """Store the companies in the database of the settings."""
    with open_session() as session, session.store.write() as tx:
        client_id = clients.make_client(tx, client).id
        campaign_id = campaigns.campaign_of(tx, client_id, campaign, make=True).id
        add(tx, client_id, campaign_id, list(companies))


def add(tx: Tx, client_id: UUID, campaign_id: UUID, companies: list[Made]) -> list[UUID]:
    """Store the companies; their ids."""
    ids = [new_id() for _ in companies]
    both = {"client_id": client_id, "campaign_id": campaign_id}
    stored = [_company(client_id, one, place) for place, one in enumerate(ids)]
    for part in chunks(stored, 1_000):
        tx.execute(company.insert(), part)
    work(tx, both, list(zip(ids, companies, strict=True)))
    return ids


def work(tx: Tx, both: Mapping[str, UUID], companies: list[tuple[UUID, Made]]) -> None:
    """Store what became of companies that are there; `both` are the ids of client and campaign."""
    rows: dict[Any, list[dict[str, Any]]] = {
        one: [] for one in (relationship, lead, queue_entry, lease, disposition, signal)
    }
    for one, made in companies:
        of = {**both, "company_id": one}
        if made.state != "untouched":
            row = {"id": new_id(), "state": made.state, "reason": "", "since": made.since}
            rows[relationship].append(of | row)
        if made.state in ("lead", "qualified_lead", "customer"):
            rows[lead].append(of | _lead(made))
        if made.called is not None:
            _call(rows, of, made)
        rows[signal] += [_signal(of, made, *said) for said in made.signals]
    for table, some in rows.items():
        for part in chunks(some, 1_000):
            tx.execute(table.insert(), part)


def _company(client_id: UUID, one: UUID, place: int) -> dict[str, Any]:
    return {
        "id": one,
        "client_id": client_id,
        "kind": "legal_entity",
        "name": f"Company {place}",
        "reason": "",
        "created_at": START,
    }


def _lead(made: Made) -> dict[str, Any]:
    stage = "customer" if made.state == "customer" else "unqualified"
    return {
        "stage": stage,
        "since": made.since,
        "next_touch_at": made.at,
        "next_touch": "call",
        "entered_at": made.at,
    }


def _call(rows: dict[Any, list[dict[str, Any]]], of: dict[str, Any], made: Made) -> None:
    at = START + (made.called or 0) * DAY
    entry, lent = made.more.get("entry"), new_id()
    if entry is None:
        entry = new_id()
        row = {"id": entry, "state": "done", "entered_at": START, "reason": ""}
        rows[queue_entry].append(of | row)
    rows[lease].append(
        {
            "id": lent,
            "client_id": of["client_id"],
            "queue_entry_id": entry,
            "user": "ann",
            "token": 1,
            "since": at,
            "until": at,
            "ended_at": at,
            "ended_by": "done",
        }
    )
    rows[disposition].append(
        of
        | {
            "id": new_id(),
            "lease_id": lent,
            "user": "ann",
            "kind": "no_answer",
            "note": "",
            "at": at,
        }
    )


def _signal(of: dict[str, Any], made: Made, kind: str, before: float) -> dict[str, Any]:
    at = made.at - before * DAY
    made_id = new_id()
    return of | {
        "id": made_id,
        "kind": kind,
        "channel": "email",
        "source": "test",
        "external_id": str(made_id),
        "happened_at": at,
        "heard_at": at,
        "by": "ann",
    }
