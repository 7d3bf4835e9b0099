"""Record a person's decision that records are the same company, or different ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from uuid import UUID

from dedupe.run.answered_before import words_between
from leads.changes import Change, RecordsChanged
from leads.errors import NotAllowedError, UsageError
from leads.store import Tx, company_records, company_search, events, judgements
from leads.store.company_records import RecordOnCompany
from leads.store.judgements import JudgementRow


def split(
    tx: Tx, client_id: UUID, company: str, record_ids: Sequence[UUID], by: str, reason: str
) -> tuple[int, list[Change]]:
    """Decide that records of a company are another company; without ids, all are apart.

    Return the number of decided pairs, and the changes.
    """
    found = company_search.find(tx, client_id, company)
    inside = company_records.on_companies(tx, client_id, [found.id])
    apart = {one.id for one in inside if not record_ids or one.id in set(record_ids)}
    strangers = set(record_ids) - apart
    if strangers:
        raise UsageError(
            f"{next(iter(strangers))} is not a record of {found.name}",
            "see them with `sluice dedupe explain COMPANY`",
        )
    pairs = _pairs_apart(inside, apart, every=not record_ids)
    if not pairs:
        raise NotAllowedError(
            f"{found.name} has one record, so there is nothing to split",
            "see it with `sluice dedupe explain COMPANY`",
        )
    kept = _judge(tx, client_id, pairs, "different", by, reason)
    _log(tx, client_id, "split", found.id, by, reason)
    return kept, [RecordsChanged(client_id)]


def merge(tx: Tx, client_id: UUID, left: str, right: str, by: str, reason: str) -> list[Change]:
    """Decide that two companies are one."""
    ids = [company_search.find(tx, client_id, text).id for text in (left, right)]
    if ids[0] == ids[1]:
        raise NotAllowedError(f"{left} and {right} are one company already", "nothing to do")
    sides = _sides(tx, client_id, ids)
    pairs = [keys_of(one, other) for one in sides[0] for other in sides[1]]
    _judge(tx, client_id, pairs, "same", by, reason)
    _log(tx, client_id, "joined", min(ids), by, reason)
    return [RecordsChanged(client_id)]


def confirm(
    tx: Tx, client_id: UUID, left: RecordOnCompany, right: RecordOnCompany, by: str, reason: str
) -> list[Change]:
    """Decide that two records of one company belong together."""
    _judge(tx, client_id, [keys_of(left, right)], "same", by, reason)
    if left.company_id:
        _log(tx, client_id, "joined", left.company_id, by, reason)
    return [RecordsChanged(client_id)]


def separate(tx: Tx, client_id: UUID, left: str, right: str, by: str, reason: str) -> list[Change]:
    """Decide that two companies are different ones.

    A person's own earlier `same` about the two is replaced, although they are one company by now.
    """
    found = [company_search.find(tx, client_id, text) for text in (left, right)]
    if found[0].id == found[1].id:
        pairs = _pairs_said_same(tx, client_id, found[0].id, (left, right), by)
    else:
        sides = _sides(tx, client_id, [one.id for one in found])
        pairs = [keys_of(one, other) for one in sides[0] for other in sides[1]]
    _judge(tx, client_id, pairs, "different", by, reason)
    _log(tx, client_id, "separated", found[0].id, by, reason)
    return [RecordsChanged(client_id)]


def _pairs_said_same(
    tx: Tx, client_id: UUID, company_id: UUID, both: tuple[str, str], by: str
) -> list[tuple[str, str]]:
    """Return the pairs of a person's own `same`; NotAllowedError when no single word made it so."""
    words = words_between(tx, client_id, company_id, *both)
    for word in words:
        if word[0].by != by:
            raise _opposite(word[0])
    if len(words) != 1:
        several = f" by {len(words)} answers of {by}" if words else ""
        raise NotAllowedError(
            f"{both[0]} and {both[1]} are one company{several}",
            "split it with `sluice dedupe split COMPANY`",
        )
    return [(one.left_key, one.right_key) for one in words[0]]


def withdraw(
    tx: Tx, client_id: UUID, company: str, other: str | None, by: str, reason: str
) -> tuple[int, list[Change]]:
    """Withdraw what people decided about two companies, or about the records of one.

    Return the number of withdrawn decisions about pairs of records, and the changes.
    """
    texts = [company] if other is None else [company, other]
    ids = [company_search.find(tx, client_id, text).id for text in texts]
    sides = _sides(tx, client_id, ids)
    keys = [{key for one in side for key in (one.match_key, one.own_key)} for side in sides]
    withdrawn = judgements.withdraw(tx, client_id, keys[0], keys[-1])
    if withdrawn:
        _log(tx, client_id, "decision withdrawn", ids[0], by, reason)
    return withdrawn, [RecordsChanged(client_id)] if withdrawn else []


def _judge(
    tx: Tx, client_id: UUID, pairs: Sequence[tuple[str, str]], decision: str, by: str, reason: str
) -> int:
    """Write down a person's word; NotAllowedError when somebody else said the opposite."""
    other = judgements.opposed(tx, client_id, pairs, decision, by)
    if other is not None:
        raise _opposite(other)
    return judgements.judge(tx, client_id, pairs, decision, by, reason)


def _opposite(other: JudgementRow) -> NotAllowedError:
    said = "one company" if other.decision == "same" else "different companies"
    return NotAllowedError(
        f"{other.by} decided on {other.at:%Y-%m-%d} that they are {said}, and you say the opposite",
        "withdraw that first: `sluice dedupe undo COMPANY OTHER`, or after a merge"
        " `sluice dedupe undo COMPANY`",
    )


def _sides(tx: Tx, client_id: UUID, ids: Sequence[UUID]) -> list[list[RecordOnCompany]]:
    """Return the live records of each company."""
    records = company_records.on_companies(tx, client_id, ids)
    return [[one for one in records if one.company_id == company_id] for company_id in ids]


def _log(tx: Tx, client_id: UUID, verb: str, company_id: UUID, by: str, reason: str) -> None:
    line = events.Happened(
        verb=verb,
        thing="company",
        thing_id=company_id,
        client_id=client_id,
        who=by,
        reason=reason,
    )
    events.log(tx, [line])


def _pairs_apart(
    inside: Sequence[RecordOnCompany], apart: set[UUID], *, every: bool
) -> list[tuple[str, str]]:
    return [
        keys_of(one, other)
        for one, other in combinations(inside, 2)
        if every or (one.id in apart) != (other.id in apart)
    ]


def keys_of(one: RecordOnCompany, other: RecordOnCompany) -> tuple[str, str]:
    """Return the keys of a decision: what the records state, so that it holds in later lists too.

    For records that state the same, the keys include their rows.
    """
    if one.match_key != other.match_key:
        return one.match_key, other.match_key
    return one.own_key, other.own_key
