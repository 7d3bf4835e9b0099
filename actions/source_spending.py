"""What questions to sources cost, and who bears it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from engage.figures.source_spending import Bearing, Kind, Worth
from engage.figures.steps import Period
from leads.prices import Price
from leads.store import Tx
from leads.store.audits import known_better
from leads.store.scope import every_client
from leads.store.spending.book import BookedQuestions, Whose, booked
from leads.store.spending.names import Names
from leads.store.spending.questions import State
from leads.store.spending.worth import facts_given
from sources.allocation import Allocation, allocate
from sources.answers import ANSWERED, Outcome

_NO_CAMPAIGN, _NO_LIST = "(no campaign)", "(no list)"
#: The agency, which has no campaigns and no lists.
_NOBODY = Whose(None)
_ANSWERED = frozenset(one.value for one in ANSWERED)
_KINDS = {
    State.RESERVED: Kind.SET_ASIDE,
    State.SENT: Kind.SET_ASIDE,
    State.UNCLEAR: Kind.UNCLEAR,
}


@dataclass(frozen=True, slots=True)
class Readers:
    """Whose spending is counted."""

    #: None: every client's.
    clients: Collection[UUID] | None
    names: Names

    def may_see(self, client_id: UUID | None) -> bool:
        """Whether the part of a client is counted; None: the agency's."""
        return self.clients is None or client_id in self.clients


def bearings(tx: Tx, readers: Readers, period: Period, how: Allocation) -> Iterator[Bearing]:
    """What each client bears of the questions of a period, and the agency, as far as it is counted."""
    # Who used an answer decides what it costs the others; they see their own part alone.
    with every_client(tx):
        for questions in booked(tx, period.since, period.until):
            for whose, one in _parts(questions, readers.names, how):
                if readers.may_see(whose):
                    yield one


def _parts(
    question: BookedQuestions, names: Names, how: Allocation
) -> Iterator[tuple[UUID | None, Bearing]]:
    """The parts of questions, each with the client that bears it; the asker's comes first."""
    nothing = Price(0, question.cost.currency)
    prices = _prices(question, how)
    reuses = Counter(question.reuses)
    for whose in dict.fromkeys([question.asker, *prices, *reuses]):
        price = prices.get(whose, nothing)
        yield whose.client_id, _bearing(question, names, whose, price, reuses[whose])


def _prices(question: BookedQuestions, how: Allocation) -> dict[Whose, Price]:
    """What each of those bears who used an answer."""
    first_of = {question.asker.client_id: question.asker}
    for one in question.used:
        first_of.setdefault(one.client_id, one)

    users = [one.client_id for one in question.used] or [question.asker.client_id]
    parts = allocate(question.cost, [one for one in users if one is not None], how)
    return {_NOBODY if one.user is None else first_of[one.user]: one.price for one in parts}


def _bearing(
    question: BookedQuestions, names: Names, whose: Whose, price: Price, reused: int
) -> Bearing:
    is_asker = whose == question.asker
    is_answered = question.state is State.SETTLED and question.outcome in _ANSWERED
    return Bearing(
        source=question.source,
        client=_name(names.clients, whose.client_id, ""),
        campaign=_name(names.campaigns, whose.campaign_id, _NO_CAMPAIGN),
        list_name=_name(names.lists, whose.list_id, _NO_LIST),
        at=question.at,
        price=price,
        kind=_KINDS.get(question.state, Kind.PAID),
        asked=is_asker,
        answered=is_asker and is_answered,
        found=is_asker and is_answered and question.outcome == Outcome.FOUND.value,
        reused=reused,
        count=question.count,
    )


def _name(names: Mapping[UUID, str], key: UUID | None, otherwise: str) -> str:
    return names.get(key, otherwise) if key else otherwise


def worth(
    tx: Tx, sources: Collection[str], clients: Collection[UUID] | None, period: Period
) -> dict[str, Worth]:
    """The facts that sources gave in a period, and how many of all that were checked are right:
    judged in audits, or doubted by dispositions.
    """
    given = facts_given(tx, sources, clients, period.since, period.until)
    right: Counter[str] = Counter()
    checked: Counter[str] = Counter()
    # A shared fact is everybody's, and so are judgements and doubts of it: counts alone are shown.
    with every_client(tx):
        for one in [*known_better.judged(tx, clients), *known_better.doubted(tx, clients)]:
            checked[one.source] += one.facts
            if one.said == "right":
                right[one.source] += one.facts
    return {
        name: Worth(facts=given.get(name, 0), right=right[name], checked=checked[name])
        for name in sources
    }
