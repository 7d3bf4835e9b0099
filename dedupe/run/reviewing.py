"""Keep the pairs that a person must decide, and read them with what their records state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from dedupe.learning.drawing import in_turn
from dedupe.outcome import Outcome, outcome_of
from dedupe.reports import DoubtReport
from dedupe.review import Kind
from dedupe.run.match_input import COMPARED
from dedupe.run.reporting import RecordLabel, label_of
from leads.store import Tx, company_records, reviews
from leads.store.facts import matching
from leads.store.reviews import Place, Review

#: Pairs that are drawn from.
MOST_DRAWN = 5_000


@dataclass(frozen=True, slots=True)
class DoubtfulPair:
    """Two records, and why a person is asked about them."""

    left: RecordLabel
    right: RecordLabel
    review: Review

    @property
    def outcome(self) -> Outcome:
        """What the odds mean on their own."""
        return outcome_of(self.review.odds)


def keep(tx: Tx, client_id: UUID, doubts: Sequence[DoubtReport]) -> None:
    """Store the pairs that a person must decide in place of those before."""
    reviews.replace(tx, client_id, [_review(one) for one in doubts])


def add(tx: Tx, client_id: UUID, doubts: Sequence[DoubtReport]) -> None:
    """Store pairs that a person must decide beside those before."""
    reviews.put(tx, client_id, [_review(one) for one in doubts])


def waiting(
    tx: Tx, client_id: UUID, limit: int, *, after: Place | None = None
) -> list[DoubtfulPair]:
    """Read the pairs that wait for a person, the most doubtful first; those after a place."""
    return _labelled(tx, client_id, reviews.of_client(tx, client_id, limit, after=after))


def drawn(tx: Tx, client_id: UUID, limit: int) -> list[DoubtfulPair]:
    """Read the pairs whose answers teach most: each kind of disagreement in turn.

    They were found when the records were last compared; nothing is compared again.
    """
    found = reviews.of_client(tx, client_id, MOST_DRAWN)
    order = in_turn([one.disagreement for one in found], [one.odds for one in found])
    return _labelled(tx, client_id, [found[at] for at in order[:limit]])


def _labelled(tx: Tx, client_id: UUID, found: Sequence[Review]) -> list[DoubtfulPair]:
    ids = sorted({side for one in found for side in (one.left_id, one.right_id)})
    stated = matching.stated(tx, client_id, COMPARED, ids)
    records = company_records.by_ids(tx, ids)
    labels = {one: label_of(records[one], stated.get(one, ())) for one in ids}
    return [DoubtfulPair(labels[one.left_id], labels[one.right_id], one) for one in found]


def _review(one: DoubtReport) -> Review:
    left_id, right_id = (UUID(str(key)) for key in (one.doubt.left, one.doubt.right))
    if one.doubt.kind is not Kind.PART_OF:
        # The older record first: a pair stays the same however its records were compared.
        left_id, right_id = sorted((left_id, right_id))
    return Review(
        left_id=left_id,
        right_id=right_id,
        kind=one.doubt.kind,
        together=one.doubt.together,
        odds=one.doubt.odds,
        reasons_for=one.reasons_for,
        reasons_against=one.reasons_against,
        disagreement=one.disagreement,
    )
