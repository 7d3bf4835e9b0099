"""The drawn pairs of a client, answered one by one; its records are compared again at the end."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from actions.actor import Right
from actions.asked_pairs import AskedPair, Side
from actions.contradicting import contradicted
from actions.follow_up import WorkedOff, work_off
from actions.reviews import Answer
from actions.session import Session
from dedupe.run import pair_decisions, reviewing
from dedupe.run.learning import clash_about
from dedupe.run.reporting import RecordLabel
from dedupe.run.reviewing import DoubtfulPair
from leads.company_links import LinkKind
from leads.errors import UsageError
from leads.store import company_records, reviews

__all__ = ["UNSURE", "StoredPairs", "open_pairs"]

UNSURE = "unsure"
_WAY_OUT = "withdraw the wrong one with `sluice dedupe undo COMPANY OTHER`, or answer u"


class StoredPairs:
    """The pairs that were drawn, in the order in which they are asked."""

    def __init__(self, session: Session, client: str, pairs: Sequence[DoubtfulPair]) -> None:
        """Ask about some pairs of a client."""
        self._session, self._client, self._pairs = session, client, pairs
        self.count = len(pairs)
        #: What was said, in order.
        self._said: list[tuple[DoubtfulPair, str]] = []

    def pair(self, at: int) -> AskedPair | None:
        """Return a drawn pair; None if another answer of this session decides it."""
        one = self._pairs[at]
        answered = {_companies(pair) for pair, said in self._said if said != UNSURE}
        if not one.review.together and _companies(one) in answered:
            return None
        return asked_pair(one)

    def say(self, at: int, said: str) -> None:
        """Store what a person says about a pair.

        NotFoundError when it waits no longer; NotAllowedError when it contradicts earlier answers:
        then nothing is stored.
        """
        one = self._pairs[at]
        with self._session.write(Right.MANAGE) as work:
            client_id, by = work.client(self._client), work.actor.name
            pair = one.review.left_id, one.review.right_id
            if said == UNSURE:
                done = pair_decisions.leave_unsure(work.tx, client_id, pair, by)
            elif said in {answer.value for answer in Answer}:
                done = pair_decisions.decide(work.tx, client_id, pair, said, by, "")
                records = company_records.by_ids(work.tx, pair)
                if clash := clash_about(work.tx, client_id, [*records.values()]):
                    # Nothing of this transaction is kept.
                    raise contradicted(clash, _WAY_OUT)
            else:
                raise UsageError(f"{said!r} is not an answer", "use same, different or unsure")
            work.follow(done.changes)
        self._said.append((one, said))

    def undo(self) -> tuple[str, str]:
        """Withdraw what the person said last, and return the names of the two records."""
        last, said = self._said[-1] if self._said else (None, "")
        with self._session.write(Right.MANAGE) as work:
            client_id = work.client(self._client)
            done = pair_decisions.take_back(work.tx, client_id, work.actor.name)
            if last is not None and said == UNSURE:
                # It waits again at once, and not only after the next comparison.
                reviews.add(work.tx, client_id, [last.review])
            work.follow(done.changes)
        self._said = self._said[:-1]
        return done.names

    def finish(self) -> WorkedOff:
        """Compare the client's records again, once for all answers."""
        return work_off(self._session)


def open_pairs(session: Session, client: str, count: int) -> StoredPairs:
    """Draw the pairs of a client whose answers teach most.

    Records are compared first where answers of an interrupted review wait for it.
    """
    with session.read() as work:
        client_id = work.client(client)
    work_off(session, client_id=client_id)

    with session.read() as work:
        pairs = reviewing.drawn(work.tx, client_id, count)
    return StoredPairs(session, client, pairs)


def asked_pair(one: DoubtfulPair) -> AskedPair:
    """Return what a person sees of a pair that waits."""
    return AskedPair(
        left=_side(one.left),
        right=_side(one.right),
        odds=one.review.odds,
        together=one.review.together,
        may_be_part=one.review.kind == LinkKind.PART_OF,
        disagreement=one.review.disagreement,
        reasons_for=one.review.reasons_for,
        reasons_against=one.review.reasons_against,
    )


def _side(one: RecordLabel) -> Side:
    return Side(one.name, f"{one.list}, row {one.row}", one.stated)


def _companies(one: DoubtfulPair) -> frozenset[UUID | None]:
    return frozenset((one.left.company, one.right.company))
