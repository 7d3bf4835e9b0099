"""Companies: which records sit on them, how they merge and split, and what people decided about
pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, func, insert, or_, select, update

from leads.clock import now
from leads.errors import NotFoundError, UsageError
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.facts.facts import companies_with_sites
from leads.store.schema import company, judgement, raw_list, record


@dataclass(frozen=True, slots=True)
class RecordOnCompany:
    """A live record, and the company it sits on now."""

    id: UUID
    name: str
    match_key: str
    company_id: UUID | None
    list_id: UUID
    row_key: str
    list_name: str
    row: int

    @property
    def label(self) -> str:
        """How people find the row."""
        return f"{self.row} of {self.list_name}"

    @property
    def own_key(self) -> str:
        """A key of this row alone, for decisions between rows that say the same."""
        return _own_key(self.match_key, self.list_id, self.row_key)


def _own_key(match_key: str, list_id: UUID, row_key: str) -> str:
    return f"{match_key}@{list_id}:{row_key}"


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company to be written."""

    id: UUID
    name: str
    reason: str


def live_records(tx: Tx, client_id: UUID) -> list[RecordOnCompany]:
    """The client's records that count now, oldest first."""
    columns = (
        record.c.id,
        record.c.name,
        record.c.match_key,
        record.c.company_id,
        record.c.list_id,
        record.c.row_key,
        raw_list.c.name,
        record.c.row,
    )
    wanted = select(*columns).join(raw_list, raw_list.c.id == record.c.list_id)
    rows = tx.execute(
        wanted.where(record.c.client_id == client_id, record.c.ended_at.is_(None)).order_by(
            record.c.id
        )
    )
    return [RecordOnCompany(*row) for row in rows]


def companies_of(tx: Tx, client_id: UUID) -> dict[UUID, CompanyRow]:
    """The client's companies that are neither merged nor gone."""
    wanted = select(company.c.id, company.c.name, company.c.reason)
    rows = tx.execute(
        wanted.where(
            company.c.client_id == client_id,
            company.c.merged_into.is_(None),
            company.c.gone_at.is_(None),
        )
    )
    return {row.id: CompanyRow(*row) for row in rows}


def names_of(tx: Tx, company_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of companies."""
    found: dict[UUID, str] = {}
    for some in chunks(list(dict.fromkeys(company_ids))):
        found.update(
            {
                row.id: row.name
                for row in tx.execute(
                    select(company.c.id, company.c.name).where(company.c.id.in_(some))
                )
            }
        )
    return found


def add_companies(tx: Tx, client_id: UUID, kind: str, rows: Iterable[CompanyRow]) -> None:
    """Store new companies."""
    at = now()
    fresh = [
        {
            "id": one.id,
            "client_id": client_id,
            "kind": kind,
            "name": one.name,
            "reason": one.reason,
            "created_at": at,
        }
        for one in rows
    ]
    for some in chunks(fresh):
        tx.execute(insert(company), some)


def rename(tx: Tx, rows: Sequence[CompanyRow]) -> None:
    """Write the name and reason of companies whose records changed; they count again if they were
    gone.
    """
    if rows:
        statement = (
            update(company)
            .where(company.c.id == bindparam("of"))
            .values(name=bindparam("to"), reason=bindparam("why"), gone_at=None)
        )
        tx.execute(statement, [{"of": one.id, "to": one.name, "why": one.reason} for one in rows])


def redirect(tx: Tx, merges: Sequence[tuple[UUID, UUID]]) -> None:
    """Let merged companies point at the one that survives, and all that pointed at them too."""
    if merges:
        statement = update(company).where(
            or_(company.c.id == bindparam("gone"), company.c.merged_into == bindparam("gone"))
        )
        tx.execute(
            statement.values(merged_into=bindparam("to")),
            [{"gone": gone, "to": to} for gone, to in merges],
        )


def leave(tx: Tx, company_ids: Sequence[UUID]) -> set[UUID]:
    """Mark those of the companies that no live record names any more; their ids."""
    named = (
        select(record.c.id)
        .where(record.c.company_id == company.c.id, record.c.ended_at.is_(None))
        .exists()
    )
    left: set[UUID] = set()
    for some in chunks(list(company_ids)):
        left.update(
            tx.execute(
                update(company)
                .where(company.c.id.in_(some), ~named)
                .values(gone_at=now())
                .returning(company.c.id)
            ).scalars()
        )
    return left


def put_records(tx: Tx, placed: Sequence[tuple[UUID, UUID]]) -> None:
    """Put records on companies: pairs of record id and company id."""
    if placed:
        statement = (
            update(record).where(record.c.id == bindparam("of")).values(company_id=bindparam("to"))
        )
        tx.execute(
            statement, [{"of": record_id, "to": company_id} for record_id, company_id in placed]
        )


def survivor(tx: Tx, client_id: UUID, company_id: UUID) -> UUID:
    """The company that this one is part of now: itself, or the one it was merged into."""
    wanted = select(company.c.merged_into).where(
        company.c.client_id == client_id, company.c.id == company_id
    )
    return tx.execute(wanted).scalar() or company_id


def survivors(tx: Tx, client_id: UUID) -> dict[UUID, UUID]:
    """The client's merged companies, each with the one it is part of now."""
    wanted = select(company.c.id, company.c.merged_into).where(
        company.c.client_id == client_id, company.c.merged_into.is_not(None)
    )
    return {row.id: row.merged_into for row in tx.execute(wanted)}


def over_among(tx: Tx, company_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Which of the companies count no more, and why: they are part of another now, or no list names
    them any more.
    """
    found: dict[UUID, str] = {}
    for some in chunks(list(company_ids)):
        over = company.c.merged_into.is_not(None) | company.c.gone_at.is_not(None)
        for row in tx.execute(
            select(company.c.id, company.c.merged_into).where(company.c.id.in_(some), over)
        ):
            found[row.id] = (
                "it is part of another company now"
                if row.merged_into
                else "no list names it any more"
            )
    return found


def get(tx: Tx, client_id: UUID, company_id: UUID) -> dict[str, Any]:
    """The company of that id, even when it was merged or no list names it any more; NotFoundError
    when there is none.
    """
    row = (
        tx.execute(
            select(company).where(company.c.client_id == client_id, company.c.id == company_id)
        )
        .mappings()
        .first()
    )
    if row is None:
        raise NotFoundError(f"there is no company {company_id}", "see `sluice queue show`")
    return dict(row)


def find(tx: Tx, client_id: UUID, text: str) -> dict[str, Any]:
    """The one company meant by an id, the start of an id, a name or a domain; NotFoundError or
    UsageError (several) otherwise.
    """
    live = select(company).where(company.c.client_id == client_id, company.c.gone_at.is_(None))
    name = func.lower(company.c.name)
    wanted = text.strip().lower()
    if as_id := _as_id(wanted):
        at = survivor(tx, client_id, as_id)
        rows = tx.execute(live.where(company.c.id == at)).mappings().all()
    else:
        alone = live.where(company.c.merged_into.is_(None)).order_by(company.c.id).limit(6)
        rows = tx.execute(alone.where(name == wanted)).mappings().all() or _by_domain(
            tx, alone, wanted
        )
        rows = (
            rows
            or tx.execute(alone.where(company.c.id.in_(_by_row_name(client_id, wanted))))
            .mappings()
            .all()
        )
        rows = (
            rows or tx.execute(alone.where(name.contains(wanted, autoescape=True))).mappings().all()
        )
    if not rows:
        raise NotFoundError(
            f"no company is called {text!r}",
            "name it as `sluice queue show` or an export does: by name, domain or id",
        )
    if len(rows) > 1:
        names = ", ".join(f"{row['name']} ({row['id']})" for row in rows[:5])
        raise UsageError(
            f"{text!r} could be {names}{' and more' if len(rows) > 5 else ''}", "name it by its id"
        )
    return dict(rows[0])


def _by_row_name(client_id: UUID, wanted: str) -> Select[Any]:
    """The companies of live rows that bear this very name."""
    rows = select(record.c.company_id).where(
        record.c.client_id == client_id,
        record.c.ended_at.is_(None),
        record.c.company_id.is_not(None),
    )
    return rows.where(func.lower(record.c.name) == wanted)


def _by_domain(tx: Tx, alone: Any, domain: str) -> Sequence[Any]:
    ids = [company_id for _, _, company_id in companies_with_sites(tx, [domain])]
    return tx.execute(alone.where(company.c.id.in_(ids))).mappings().all() if ids else []


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def notice_ended(tx: Tx, client_id: UUID) -> set[UUID]:
    """The companies of the records that ended since this was last called."""
    ended = update(record).where(
        record.c.client_id == client_id,
        record.c.ended_at.is_not(None),
        record.c.end_noticed.is_(False),
    )
    companies = tx.execute(ended.values(end_noticed=True).returning(record.c.company_id)).scalars()
    return {company_id for company_id in companies if company_id is not None}


def last_companies(tx: Tx, client_id: UUID, records: Sequence[RecordOnCompany]) -> dict[UUID, UUID]:
    """For each of the records the company of the newest ended record that said the same: the very
    row, else any row.
    """
    found: dict[str, UUID] = {}
    for some in chunks(list(dict.fromkeys(one.match_key for one in records))):
        wanted = select(
            record.c.match_key, record.c.list_id, record.c.row_key, record.c.company_id
        ).where(
            record.c.client_id == client_id,
            record.c.match_key.in_(some),
            record.c.ended_at.is_not(None),
            record.c.company_id.is_not(None),
        )
        for row in tx.execute(wanted.order_by(record.c.ended_at, record.c.id)):
            found[row.match_key] = found[_own_key(row.match_key, row.list_id, row.row_key)] = (
                row.company_id
            )
    said = {one.id: found.get(one.own_key) or found.get(one.match_key) for one in records}
    return {
        record_id: company_id for record_id, company_id in said.items() if company_id is not None
    }


def judgements(tx: Tx, client_id: UUID) -> list[tuple[str, str, str]]:
    """What people decided about pairs: left key, right key, `same` or `different`."""
    wanted = select(judgement.c.left_key, judgement.c.right_key, judgement.c.decision).where(
        judgement.c.client_id == client_id
    )
    return [
        (row.left_key, row.right_key, row.decision)
        for row in tx.execute(wanted.order_by(judgement.c.left_key, judgement.c.right_key))
    ]


#: Equal as long as nothing changed that it stands for.
Mark = tuple[Any, ...]


def mark_of(tx: Tx, client_id: UUID) -> Mark:
    """A mark of what deduplication rests on: another one as soon as a record comes, ends or counts
    again, or a person decides.
    """
    of_records = select(
        func.count(), func.count(record.c.ended_at), func.max(record.c.ended_at)
    ).where(record.c.client_id == client_id)
    decided = select(func.count(), func.max(judgement.c.at)).where(
        judgement.c.client_id == client_id
    )
    return (*tx.execute(of_records).one(), *tx.execute(decided).one())


def judge(
    tx: Tx, client_id: UUID, pairs: Iterable[tuple[str, str]], decision: str, by: str, reason: str
) -> int:
    """Write down a person's word about pairs of match keys; the newest word counts."""
    kept = 0
    for left, right in sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}):
        same = (
            (judgement.c.client_id == client_id)
            & (judgement.c.left_key == left)
            & (judgement.c.right_key == right)
        )
        tx.execute(delete(judgement).where(same))
        row = {
            "left_key": left,
            "right_key": right,
            "decision": decision,
            "by": by,
            "reason": reason,
            "at": now(),
        }
        tx.execute(insert(judgement).values(id=new_id(), client_id=client_id, **row))
        kept += 1
    return kept
