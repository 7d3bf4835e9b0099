"""Erase what is stored of a company, of a site, or of a contact point: rows go, counts stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, or_, select, update

from leads.store import company_changes, contacts, match_erasing, match_index
from leads.store.audits import erasing as audited
from leads.store.engine import Tx, chunks
from leads.store.erasing_points import pages_of_sites
from leads.store.schema import (
    campaign,
    company,
    company_chance,
    company_contact,
    company_key,
    company_link,
    company_score,
    crawl,
    desk_action,
    disposition,
    event,
    export_row,
    fact,
    fact_doubt,
    failure,
    handover,
    judgement,
    lead,
    lead_answer,
    lease,
    outcome_effect,
    queue_entry,
    record,
    relationship,
    retraction,
    review_pair,
    signal,
    site,
    site_finding,
    spending_budget,
    suppression,
    task,
    task_watch,
    unsure_pair,
    verdict,
    webhook_message,
)
from leads.store.spending import erased_questions

#: How many rows went, by what they were.
Counts = Mapping[str, int]


def of_company(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> Counts:
    """Erase companies with everything that hangs on them; the log keeps lines without words."""
    match_index.hold(tx, client_id)
    ids, gone = list(company_ids), Counter[str]()
    records = list(tx.execute(select(record.c.id).where(record.c.company_id.in_(ids))).scalars())
    keys = _judged_as(tx, records)
    fact_ids = _facts(tx, fact.c.company_id, ids) + _facts(tx, fact.c.record_id, records)

    gone["doubts"] += _delete(tx, fact_doubt, fact_doubt.c.company_id, ids)
    gone["export rows"] += _delete(tx, export_row, export_row.c.company_id, ids)
    _delete(tx, signal, signal.c.company_id, ids, signal.c.retracts.is_not(None))
    gone["signals"] += _delete(tx, signal, signal.c.company_id, ids)
    gone["effects of imports"] += _delete(tx, outcome_effect, outcome_effect.c.company_id, ids)
    gone["scores"] += _delete(tx, company_score, company_score.c.company_id, ids)
    gone["scores"] += _delete(tx, company_chance, company_chance.c.company_id, ids)
    for one in ids:
        told = webhook_message.c.body.contains(str(one))
        _delete(tx, webhook_message, webhook_message.c.client_id, [client_id], told)
    gone["hand-overs"] += _delete(tx, handover, handover.c.company_id, ids)
    gone["answers to the checklist"] += _delete(tx, lead_answer, lead_answer.c.company_id, ids)
    gone["leads"] += _delete(tx, lead, lead.c.company_id, ids)
    gone["desk actions"] += _delete(tx, desk_action, desk_action.c.company_id, ids)
    gone["dispositions"] += _delete(tx, disposition, disposition.c.company_id, ids)
    entries = list(
        tx.execute(select(queue_entry.c.id).where(queue_entry.c.company_id.in_(ids))).scalars()
    )
    gone["leases"] += _delete(tx, lease, lease.c.queue_entry_id, entries)
    gone["queue rows"] += _delete(tx, queue_entry, queue_entry.c.company_id, ids)
    gone["contacts"] += contacts.erase_of_records(tx, records)
    gone["contact keys"] += _delete(tx, company_key, company_key.c.company_id, ids)
    _delete(tx, company_contact, company_contact.c.company_id, ids)
    gone["relationships"] += _delete(tx, relationship, relationship.c.company_id, ids)
    gone["verdicts and answers"] += _delete(tx, verdict, verdict.c.company_id, ids)
    gone["links"] += _delete(tx, company_link, company_link.c.company_id, ids)
    gone["links"] += _delete(tx, company_link, company_link.c.of_id, ids)
    gone["decisions"] += _delete(tx, judgement, judgement.c.left_key, keys)
    gone["decisions"] += _delete(tx, judgement, judgement.c.right_key, keys)
    for key in (unsure_pair.c.left_key, unsure_pair.c.right_key):
        gone["decisions"] += _delete(tx, unsure_pair, key, keys)
    for side in (review_pair.c.left_id, review_pair.c.right_id):
        gone["decisions"] += _delete(tx, review_pair, side, records)
    gone["found sites"] += _delete(tx, site_finding, site_finding.c.company_id, ids)
    gone["audited facts"] += audited.of_companies(tx, ids)
    gone["facts"] += of_facts(tx, fact_ids)
    match_erasing.erase(tx, client_id, records)
    gone["list rows"] += _delete(tx, record, record.c.id, records)
    gone["answers of sources"] += erased_questions.of_companies(tx, ids)
    gone["tasks"] += _tasks(tx, _keys_of_tasks(tx, client_id, ids))
    gone["log lines without words"] += _silence(tx, ids)
    tx.execute(update(company).where(company.c.id.in_(ids)).values(merged_into=None))
    gone["companies"] += _delete(tx, company, company.c.id, ids)
    return gone


def of_former_names(tx: Tx, client_id: UUID, names: Sequence[str]) -> int:
    """Erase these names from companies that count no more, such as one that was merged and split
    off under another id; how many.
    """
    found = 0
    for some in chunks(list(names)):
        former = update(company).where(
            company.c.client_id == client_id,
            company.c.name.in_(some),
            or_(company.c.merged_into.is_not(None), company.c.gone_at.is_not(None)),
        )
        found += tx.execute(former.values(name="", reason="")).rowcount
    return found


def of_sites(tx: Tx, sites: Sequence[str]) -> Counts:
    """Erase the visits to sites, their pages, and the facts read from them."""
    names, gone = list(sites), Counter[str]()
    gone["facts"] += of_facts(tx, _facts(tx, fact.c.site, names))
    gone["contacts"] += contacts.erase_of_sites(tx, names)
    gone["pages"] += pages_of_sites(tx, names)
    gone["visits"] += _delete(tx, crawl, crawl.c.site, names)
    _delete(tx, site, site.c.site, names)
    gone["tasks"] += _tasks(tx, names)
    return gone


def of_facts(tx: Tx, fact_ids: Sequence[UUID]) -> int:
    """Erase facts, with what was said about them; how many facts."""
    ids = list(fact_ids)
    if ids:
        company_changes.note_erasure(tx)
    audited.of_facts(tx, ids)
    _delete(tx, fact_doubt, fact_doubt.c.fact_id, ids)
    _delete(tx, retraction, retraction.c.fact_id, ids)
    return _delete(tx, fact, fact.c.id, ids)


def of_suppressions(tx: Tx, hashes: Sequence[str]) -> int:
    """Keep only the hashes of the suppressions that have one of these; how many keys were erased."""
    ids: set[UUID] = set()
    for some in chunks(sorted(set(hashes))):
        found = select(suppression.c.request_id).where(suppression.c.key_hash.in_(some))
        ids.update(tx.execute(found).scalars())
    erased = 0
    for these in chunks(sorted(ids)):
        named = suppression.c.key.is_not(None) | suppression.c.subject.is_not(None)
        bare = update(suppression).where(suppression.c.request_id.in_(these), named)
        done = tx.execute(bare.values(key=None, subject=None, head=None, tail=None, reason=""))
        erased += done.rowcount
        told = event.c.thing_id.in_([str(one) for one in these]) & (event.c.thing == "suppression")
        tx.execute(update(event).where(told).values(reason=""))
    return erased


def _delete(
    tx: Tx,
    table: Table,
    column: ColumnElement[Any],
    values: Sequence[Any],
    *more: ColumnElement[bool],
) -> int:
    gone = 0
    for some in chunks(list(values)):
        gone += tx.execute(delete(table).where(column.in_(some), *more)).rowcount
    return gone


def _facts(tx: Tx, column: ColumnElement[Any], values: Sequence[Any]) -> list[UUID]:
    found: list[UUID] = []
    for some in chunks(list(values)):
        found += tx.execute(select(fact.c.id).where(column.in_(some))).scalars()
    return found


def _judged_as(tx: Tx, records: Sequence[UUID]) -> list[str]:
    """The keys under which people decided about these rows: shared ones, and each row's own."""
    found: list[str] = []
    for some in chunks(list(records)):
        wanted = select(record.c.match_key, record.c.list_id, record.c.row_key)
        rows = tx.execute(wanted.where(record.c.id.in_(some)))
        found += [f"{row.match_key}@{row.list_id}:{row.row_key}" for row in rows]
    return found


def _keys_of_tasks(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[str]:
    campaigns = tx.execute(select(campaign.c.id).where(campaign.c.client_id == client_id)).scalars()
    asked = select(spending_budget.c.id).where(spending_budget.c.client_id == client_id)
    whose = [*campaigns, *tx.execute(asked).scalars()]
    return [f"{one}:{company_id}" for one in whose for company_id in company_ids]


def _tasks(tx: Tx, keys: Sequence[str]) -> int:
    """Erase the tasks of these keys and their failures; a running one ends by itself."""
    ids: list[UUID] = []
    for some in chunks(list(keys)):
        found = select(task.c.id).where(task.c.key.in_(some), task.c.state != "running")
        ids += tx.execute(found).scalars()
    _delete(tx, failure, failure.c.task_id, ids)
    _delete(tx, task_watch, task_watch.c.task_id, ids)
    return _delete(tx, task, task.c.id, ids)


def _silence(tx: Tx, company_ids: Sequence[UUID]) -> int:
    """Empty the words of the log about these companies: they hold notes and names."""
    things = [str(one) for one in company_ids]
    about = event.c.thing_id.in_(things) & (event.c.thing == "company")
    return tx.execute(update(event).where(about).values(reason="", data={})).rowcount
