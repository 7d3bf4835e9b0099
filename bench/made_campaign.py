"""A made-up campaign of any size: lists, verdicts, results of contacts, leads, hand-overs, sales."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Table

from leads.clock import now
from leads.ids import new_id
from leads.store import Tx, campaigns, clients
from leads.store.engine import chunks
from leads.store.hour_costs import set_hour_cost
from leads.store.schema import (
    company,
    disposition,
    event,
    handover,
    icp_version,
    lead,
    lease,
    list_import,
    queue_entry,
    raw_list,
    record,
    relationship,
    signal,
    verdict,
)

#: Name, vendor, cost in EUR, share of the companies, and how good it is from 0 to 1.
LISTS = (
    ("metal-fair-2026", "Messe Nord", 1_200, 0.3, 0.8),
    ("machine-builders", "Data House", 2_900, 0.35, 0.45),
    ("register-extract", None, 0, 0.2, 0.25),
    ("association", "Guild of Makers", 450, 0.1, 0.95),
    ("bought-leads", "Quick Lists Ltd", None, 0.05, 0.1),
)
SDRS = (("ann", 1.3), ("ben", 1.0), ("chidi", 0.8))
WEEKS = 12
_DAY = timedelta(days=1)
#: Tables in the order in which their rows refer to each other.
_ORDER = (
    company,
    record,
    verdict,
    queue_entry,
    relationship,
    lease,
    disposition,
    lead,
    event,
    handover,
    signal,
)


@dataclass
class _Made:
    client_id: UUID
    campaign_id: UUID
    icp: UUID
    chance: Random
    start: datetime
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: Table, **values: Any) -> None:
        own = {"client_id": self.client_id}
        self.rows.setdefault(table.name, []).append(own | values)

    def of_campaign(self, table: Table, company_id: UUID, **values: Any) -> None:
        self.add(table, campaign_id=self.campaign_id, company_id=company_id, **values)


def seed(tx: Tx, client: str, companies: int) -> UUID:
    """Fill a campaign of a client; the campaign's id."""
    client_id = clients.make_client(tx, client).id
    campaign_id = campaigns.campaign_of(tx, client_id, "autumn", make=True).id
    set_hour_cost(tx, client_id, 4_200, "EUR")
    icp = new_id()
    start = now() - WEEKS * 7 * _DAY
    profile = {"name": "makers", "version": 2, "content": "", "content_hash": ""}
    tx.execute(
        icp_version.insert(),
        [{"id": icp, "client_id": client_id, "created_at": start, **profile}],
    )
    made = _Made(client_id, campaign_id, icp, Random(7), start)
    lists = [_list(tx, made, place) for place in range(len(LISTS))]
    weights = [one[3] for one in LISTS]
    for number in range(companies):
        place = made.chance.choices(range(len(LISTS)), weights)[0]
        others = [one for one in range(len(LISTS)) if one != place and made.chance.random() < 0.06]
        _company(made, number, [lists[one] for one in (place, *others)], LISTS[place][4])
    for table in _ORDER:
        for some in chunks(made.rows.get(table.name, [])):
            tx.execute(table.insert(), some)
    return campaign_id


def _list(tx: Tx, made: _Made, place: int) -> tuple[UUID, UUID]:
    name, vendor, cost, _, _ = LISTS[place]
    list_id, import_id = new_id(), new_id()
    about = {"vendor": vendor, "role": "prospects", "shareable": False, "created_at": made.start}
    price = {
        "cost_minor": None if cost is None else cost * 100,
        "cost_currency": None if cost is None else "EUR",
    }
    row = {"id": list_id, "client_id": made.client_id, "name": name, **about, **price}
    tx.execute(raw_list.insert(), [row])
    read = {
        "id": import_id,
        "client_id": made.client_id,
        "list_id": list_id,
        "file_name": f"{name}.csv",
        "file_sha256": "",
        "counts": {},
        "columns": {},
        "at": made.start + place * timedelta(hours=1),
    }
    tx.execute(list_import.insert(), [read])
    return list_id, import_id


def _company(made: _Made, number: int, lists: list[tuple[UUID, UUID]], quality: float) -> None:
    company_id, chance = new_id(), made.chance
    listed = made.start + chance.random() * (WEEKS - 1) * 7 * _DAY
    made.add(company, id=company_id, kind="legal_entity", name=f"Made {number}", reason="",
             created_at=listed)  # fmt: skip
    for list_id, import_id in lists:
        made.add(record, id=new_id(), list_id=list_id, import_id=import_id, row=number, line=number,
                 row_key=str(number), content_hash=f"{list_id}{number}", match_key=str(number),
                 name=f"Made {number}", raw={}, company_id=company_id, end_noticed=False)  # fmt: skip
    at = listed + timedelta(hours=1)
    if chance.random() > 0.35 + 0.5 * quality:
        _verdict(made, company_id, "disqualified", at)
        return
    is_prospect = chance.random() < 0.15 + 0.5 * quality
    crawled = at + chance.expovariate(1 / 2) * _DAY
    _verdict(made, company_id, "suspect", at, crawled if is_prospect else None)
    if is_prospect:
        _verdict(made, company_id, "prospect", crawled)
        _work(made, company_id, crawled, quality)


def _verdict(
    made: _Made, company_id: UUID, stage: str, at: datetime, until: datetime | None = None
) -> None:
    answer = {"prospect": "fit", "disqualified": "no_fit"}.get(stage, "unknown")
    made.of_campaign(
        verdict, company_id, id=new_id(), icp_version_id=made.icp, verdict=answer, fit_stage=stage,
        score_worst=40, score_best=80, asks=False, why_not="", answers=[], decides=[], waits_for=[],
        fact_ids=[], today=at.date(), versions={}, basis=None, decided_at=at, superseded_at=until,
    )  # fmt: skip


def _work(made: _Made, company_id: UUID, since: datetime, quality: float) -> None:
    """Let an SDR work a prospect, and perhaps make it a lead."""
    chance = made.chance
    entry_id = new_id()
    made.of_campaign(queue_entry, company_id, id=entry_id, state="done", reason="",
                     score_worst=40, score_best=80, entered_at=since)  # fmt: skip
    if chance.random() > 0.75:
        return
    sdr, skill = chance.choice(SDRS)
    at = since + chance.expovariate(1 / 5) * _DAY
    if at > now():
        return
    kinds = {"no_answer": 40.0, "not_interested": 25.0, "call_back": 15.0,
             "interested": 16.0 * skill * (0.4 + quality)}  # fmt: skip
    kind = chance.choices(list(kinds), list(kinds.values()))[0]
    lease_id, until = new_id(), at + timedelta(minutes=chance.uniform(3, 25))
    made.add(lease, id=lease_id, queue_entry_id=entry_id, user=sdr, token=1, since=at,
             until=at + timedelta(hours=1), ended_at=until, ended_by="done")  # fmt: skip
    made.of_campaign(disposition, company_id, id=new_id(), lease_id=lease_id, user=sdr, kind=kind,
                     note="", at=until, channel="phone")  # fmt: skip
    state = {"not_interested": "lost", "call_back": "contacted", "interested": "lead"}.get(kind)
    if state:
        bought = state == "lead" and _lead(made, company_id, until)
        made.of_campaign(relationship, company_id, id=new_id(), reason="",
                         state="customer" if bought else state, since=until)  # fmt: skip


def _lead(made: _Made, company_id: UUID, at: datetime) -> bool:
    """Take a lead as far as it comes; whether it bought."""
    chance = made.chance
    stages = [("unqualified", at)]
    shares: Mapping[str, float] = {"sql": 0.55, "opportunity": 0.65, "customer": 0.35}
    for stage, share in shares.items():
        later = stages[-1][1] + chance.expovariate(1 / 6) * _DAY
        if chance.random() > share or later > now():
            break
        stages.append((stage, later))
    last, since = stages[-1]
    made.of_campaign(lead, company_id, stage=last, since=since, next_touch_at=since,
                     next_touch="call", entered_at=at)  # fmt: skip
    for (before, _), (after, moved) in pairwise(stages):
        made.add(event, id=new_id(), at=moved, who="sluice", verb="stage moved", thing="company",
                 thing_id=str(company_id), reason="", trace_id="",
                 data={"campaign_id": str(made.campaign_id), "before": before, "after": after},
                 )  # fmt: skip
    if len(stages) > 1:
        answered = stages[2][1] if len(stages) > 2 else None
        made.of_campaign(handover, company_id, id=new_id(), version=1, checklist={},
                         sent_at=stages[1][1], sent_by="ann", answer_by=stages[1][1],
                         state="accepted" if answered else "open", answered_at=answered,
                         answered_by=None, reason="", words="")  # fmt: skip
    if last == "customer":
        made.of_campaign(signal, company_id, id=new_id(), kind="won", channel="phone",
                         source="crm", external_id=str(company_id), happened_at=since,
                         heard_at=since, value_minor=chance.randrange(3_000, 30_000) * 100,
                         value_currency="EUR", by="ann")  # fmt: skip
    return last == "customer"
