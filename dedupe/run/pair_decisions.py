"""Record what a person says about one pair that waits, and take the last word back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from dedupe.run import decisions, relations
from leads.changes import Change, RecordsChanged
from leads.company_links import LinkKind
from leads.errors import NotFoundError
from leads.store import Tx, company_records, events, judgements, reviews, unsure_pairs
from leads.store.company_records import RecordOnCompany
from leads.store.reviews import Review


@dataclass(frozen=True, slots=True)
class Decided:
    """The names of two records, and the changes that follow."""

    names: tuple[str, str]
    changes: Sequence[Change]


def decide(
    tx: Tx, client_id: UUID, pair: tuple[UUID, UUID], said: str, by: str, reason: str
) -> Decided:
    """Decide a pair that waits: `same`, `different`, or the first is `part_of` the second.

    NotFoundError when it waits no longer.
    """
    review, left, right = _waiting(tx, client_id, pair)
    names = (left.name, right.name)
    if review.together:
        changes = _inside(tx, client_id, (left, right), said, by, reason)
        return Decided(names, changes)
    both = str(left.company_id), str(right.company_id)
    if said == "same":
        return Decided(names, decisions.merge(tx, client_id, *both, by, reason))
    more: list[Change] = []
    if said == LinkKind.PART_OF:
        _, more = relations.relate(tx, client_id, both[0], LinkKind.PART_OF, both[1], by, reason)
    return Decided(names, [*more, *decisions.separate(tx, client_id, *both, by, reason)])


def leave_unsure(tx: Tx, client_id: UUID, pair: tuple[UUID, UUID], by: str) -> Decided:
    """Write down that a person cannot decide a pair: nobody is asked about it again.

    NotFoundError when it waits no longer.
    """
    _, left, right = _waiting(tx, client_id, pair)
    unsure_pairs.put(tx, client_id, decisions.keys_of(left, right), by)
    reviews.drop(tx, client_id, *pair)
    return Decided((left.name, right.name), [])


def take_back(tx: Tx, client_id: UUID, by: str) -> Decided:
    """Withdraw what a person said last; NotFoundError when there is nothing."""
    pairs = _withdraw_last(tx, client_id, by)
    if not pairs:
        raise NotFoundError("you decided nothing that could be undone", "decide a pair first")
    records = company_records.live_records(tx, client_id)
    by_key = {key: one for one in records for key in (one.match_key, one.own_key)}
    sides = [by_key[key] for key in pairs[0] if key in by_key]
    companies = list(dict.fromkeys(one.company_id for one in sides if one.company_id))
    changes: list[Change] = [RecordsChanged(client_id)]
    if len(companies) == 2:
        both = str(companies[0]), str(companies[1])
        changes += relations.forget(tx, client_id, *both, by, "decision withdrawn")[1]
    if companies:
        line = events.Happened(
            verb="decision withdrawn",
            thing="company",
            thing_id=companies[0],
            client_id=client_id,
            who=by,
            reason="undone",
        )
        events.log(tx, [line])
    names = [one.name for one in sides]
    return Decided((names[0], names[-1]) if names else ("", ""), changes)


def _withdraw_last(tx: Tx, client_id: UUID, by: str) -> list[tuple[str, str]]:
    """Forget what a person decided last, or could not decide, and give its pairs of keys."""
    unsure = unsure_pairs.last_of(tx, client_id, by)
    decided_at = judgements.last_at(tx, client_id, by)
    if unsure and (decided_at is None or unsure[0] >= decided_at):
        unsure_pairs.forget(tx, client_id, [unsure[1]])
        return [unsure[1]]
    return judgements.withdraw_last(tx, client_id, by)


def _waiting(
    tx: Tx, client_id: UUID, pair: tuple[UUID, UUID]
) -> tuple[Review, RecordOnCompany, RecordOnCompany]:
    review = reviews.find(tx, client_id, *pair)
    if review is None:
        raise NotFoundError("this pair waits no longer", "somebody decided it, or a list changed")
    records = company_records.by_ids(tx, pair)
    return review, records[pair[0]], records[pair[1]]


def _inside(
    tx: Tx,
    client_id: UUID,
    pair: tuple[RecordOnCompany, RecordOnCompany],
    said: str,
    by: str,
    reason: str,
) -> list[Change]:
    """Decide two records of one company: they stay together, or the second is another company."""
    left, right = pair
    if said != "same":
        return decisions.split(tx, client_id, str(left.company_id), [right.id], by, reason)[1]
    return decisions.confirm(tx, client_id, left, right, by, reason)
