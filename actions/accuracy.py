"""How right audited facts are, and which lists are below what was promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.audited_names import check_attribute, check_source
from actions.session import Session, Transaction
from actions.where import Where
from enrich.audits.accuracy import Accuracy, State
from leads.store import company_search, lists
from leads.store.audits import draws, tallies
from leads.store.audits.tallies import Only, Tally

__all__ = [
    "Accuracy",
    "AccuracyReport",
    "State",
    "accuracy_flags",
    "accuracy_report",
    "flags_of_client",
]


@dataclass(frozen=True, slots=True)
class AccuracyReport:
    """How people judged drawn facts: by attribute, by source and by list."""

    #: From 0 to 1; None: nothing is promised.
    promise: float | None
    all: Sequence[Accuracy]
    sources: Sequence[Accuracy]
    lists: Sequence[Accuracy]


def accuracy_report(
    session: Session,
    client: str,
    audit: UUID | None = None,
    attribute: str | None = None,
    source: str | None = None,
    list_name: str | None = None,
) -> AccuracyReport:
    """Count how people judged a client's drawn facts: of all draws, or of one draw, attribute,
    source or list. Unknown names are refused.
    """
    promise = session.settings.promised_accuracy
    if attribute is not None:
        check_attribute(attribute)
    with session.read(Right.LOOK) as work:
        client_id = work.client(client)
        if audit is not None:
            draws.find(work.tx, client_id, audit)
        if source is not None:
            known = tallies.sources(work.tx, client_id)
            check_source(source, known, "gave none of the drawn facts")
        list_id = lists.find_list(work.tx, client_id, list_name).id if list_name else None
        only = Only(audit, source, list_id)
        of_all = _summed("all", tallies.of_all(work.tx, client_id, only), promise)
        of_sources = _summed("source", tallies.by_source(work.tx, client_id, only), promise)
        of_lists = _summed("list", tallies.by_list(work.tx, client_id, only), promise)

    def kept(some: Iterable[Accuracy]) -> list[Accuracy]:
        return [one for one in some if attribute in (None, one.attribute)]

    return AccuracyReport(promise, kept(of_all), kept(of_sources), kept(of_lists))


def accuracy_flags(
    session: Session, where: Where, company: str | None = None
) -> Sequence[Accuracy]:
    """The lists of a client whose audits do not show what was promised, or those of the lists that
    one company is on.
    """
    with session.read(Right.LOOK) as work:
        client_id = work.client(where.client)
        ids = None
        if company is not None:
            ids = [company_search.find(work.tx, client_id, company).id]
        return flags_of_client(work, client_id, ids)


def flags_of_client(
    work: Transaction, client_id: UUID, company_ids: Sequence[UUID] | None = None
) -> Sequence[Accuracy]:
    """The same within a transaction. A list without drawn facts is not flagged."""
    promised = work.session.settings.promised_accuracy
    if promised is None:
        return []
    counted = tallies.by_list(work.tx, client_id, company_ids=company_ids)
    return [one for one in _summed("list", counted, promised) if one.state is not State.KEPT]


def _summed(of: str, counted: Iterable[Tally], promise: float | None) -> list[Accuracy]:
    said: dict[tuple[str, str], Counter[str | None]] = {}
    for attribute, name, word, facts in counted:
        said.setdefault((attribute, name), Counter())[word] += facts
    return [
        Accuracy(
            attribute=attribute,
            of=of,
            name=name,
            drawn=some.total(),
            right=some["right"],
            wrong=some["wrong"],
            unclear=some["unclear"],
            promise=promise,
        )
        for (attribute, name), some in said.items()
    ]
