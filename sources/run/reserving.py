"""Set money aside for questions, within budgets and caps; nothing is sent before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from leads.ids import new_id
from leads.store import Tx, seat
from leads.store.spending import lines, questions, unsettled
from leads.store.spending.lines import Line
from leads.store.spending.questions import NewQuestion, State, StoredQuestion
from sources.run.asks import Ask, Refused, Reserved
from sources.run.cases import about
from sources.run.purse import Purse
from sources.source import Billing


def reserve(tx: Tx, asks: Sequence[Ask], at: datetime) -> list[Reserved | Refused]:
    """Set the price of each question aside; refused is what a budget or a cap does not allow."""
    seat.lock_spending(tx)
    desk = _Desk(tx, asks, at)
    made = [desk.reserve(one) for one in asks]
    desk.store()
    return made


class _Desk:
    """Decides about questions one after another, and stores all of them together."""

    def __init__(self, tx: Tx, asks: Sequence[Ask], at: datetime) -> None:
        self._tx, self._at = tx, at
        self._purse = Purse(tx, at, asks)
        #: Whose question each key is: nobody else reserves any meanwhile.
        self._held: dict[tuple[str, str, str], StoredQuestion] = {}
        by_client: dict[UUID, set[str]] = {}
        for ask in asks:
            keys = ask.case.keys[ask.card.name]
            by_client.setdefault(ask.case.client_id, set()).update(
                keys.known_by, keys.own, keys.also
            )
        for client_id, some in by_client.items():
            self._held |= questions.holding(tx, client_id, some)
        self._gone: list[UUID] = []
        self._new: list[NewQuestion] = []
        self._lines: list[Line] = []

    def reserve(self, ask: Ask) -> Reserved | Refused:
        """Set the price of one question aside, if it may be asked."""
        card, keys = ask.card, ask.case.keys[ask.card.name]
        old = []
        for question in about(card, keys, self._known(ask)):
            found = _of_held(self._tx, ask, question, self._at)
            if found is not None:
                return found
            old.append(question.id)

        why = self._purse.refusal(ask)
        if why:
            return Refused(ask, why)
        holder = questions.holder(None if card.shared else ask.case.client_id)
        if any(self._is_taken(card.name, holder, key, old) for key in keys.own):
            return Refused(ask, "it is being asked", is_busy=True)
        new = _new_question(ask)
        self._take(new, old)
        if not card.price.micros:
            return Reserved(ask, new.id)
        line = self._purse.take(ask, new.id)
        self._lines.append(line)
        return Reserved(ask, new.id, line.budget_micros or 0)

    def store(self) -> None:
        """Store what was reserved."""
        questions.let_go(self._tx, self._gone)
        questions.reserve(self._tx, self._new)
        lines.add_lines(self._tx, self._lines)

    def _known(self, ask: Ask) -> Mapping[tuple[str, str], StoredQuestion]:
        """What is held of a company at a source: what is the client's own before what is shared."""
        name, found = ask.card.name, {}
        for key in ask.case.keys[name].known_by:
            own = self._held.get((name, questions.holder(ask.case.client_id), key))
            held = own or self._held.get((name, questions.holder(None), key))
            if held is not None:
                found[name, key] = held
        return found

    def _is_taken(self, source: str, holder: str, key: str, old: Sequence[UUID]) -> bool:
        held = self._held.get((source, holder, key))
        return held is not None and held.id not in old

    def _take(self, new: NewQuestion, old: Sequence[UUID]) -> None:
        if old:
            self._gone += old
            self._held = {key: one for key, one in self._held.items() if one.id not in old}
        holder = questions.holder(new.client_id)
        also = [key for key in new.also if (new.source, holder, key) not in self._held]
        self._new.append(replace(new, also=also))
        stored = questions.as_reserved(new, self._at)
        for key in (*new.keys, *also):
            self._held[new.source, holder, key] = stored


def _new_question(ask: Ask) -> NewQuestion:
    case, card = ask.case, ask.card
    keys = case.keys[card.name]
    return NewQuestion(
        id=new_id(),
        client_id=None if card.shared else case.client_id,
        source=card.name,
        country=case.subject.country or "",
        attributes=sorted(card.attributes),
        budget_id=ask.budget.id,
        task_id=ask.task_id,
        attempt=ask.attempt,
        price=card.price,
        keys=keys.own,
        also=keys.also,
    )


def _of_held(tx: Tx, ask: Ask, question: StoredQuestion, at: datetime) -> Reserved | Refused | None:
    """What a question about the same company means for a new one; None: it is too old."""
    is_mine = question.task_id == ask.task_id
    if is_mine and question.state == State.RESERVED:
        return _taken_over(tx, ask, question)
    if is_mine and question.state == State.SENT:
        return _sent_before(tx, ask, question)
    if question.state in (State.RESERVED, State.SENT):
        return Refused(ask, "it is being asked", is_busy=True)
    covers = set(ask.card.attributes) <= set(question.attributes)
    if covers and question.is_fresh(at):
        return Refused(ask, "it was asked", is_busy=True)
    return None


def _taken_over(tx: Tx, ask: Ask, question: StoredQuestion) -> Reserved:
    questions.take_over(tx, question.id, ask.task_id, ask.attempt)
    set_aside = sum(one.budget_micros or 0 for one in lines.lines_of(tx, question.id))
    return Reserved(ask, question.id, set_aside)


def _sent_before(tx: Tx, ask: Ask, question: StoredQuestion) -> Reserved | Refused:
    """What becomes of a question whose process died after it was sent."""
    card = ask.card
    if card.billing is Billing.NOTHING or card.repeat_header:
        return _taken_over(tx, ask, question)
    reason = "its process ended before the answer was stored"
    until = question.reserved_at + timedelta(days=card.fresh_days)
    unsettled.leave_unclear(tx, question.id, reason, until)
    # Another source may know what this one may have been paid for.
    return Refused(ask, reason, is_busy=True)
