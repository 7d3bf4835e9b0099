"""How far each source agrees with better knowledge that came later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.audited_names import AUDITED, check_attribute, check_source
from actions.session import Session
from enrich.audits.agreement import (
    Against,
    Compared,
    SourceRate,
    Stated,
    agreement,
    by_trust,
    source_rates,
)
from leads.store import Tx
from leads.store.audits import known_better
from leads.store.scope import every_client

__all__ = ["Against", "SourceRate", "SourceReport", "source_report"]


@dataclass(frozen=True, slots=True)
class SourceReport:
    """The rates of a client's sources, by attribute."""

    rates: Sequence[SourceRate]

    def order(self, attribute: str) -> Sequence[str]:
        """The sources of an attribute that enough is known of, the most trusted first."""
        return by_trust(self.rates, attribute)


def source_report(
    session: Session, client: str, attribute: str | None = None, source: str | None = None
) -> SourceReport:
    """Count what each source states, and how far that agrees with what came later.

    Facts are the client's own and the shared ones. Judgements and doubts of a shared fact count from
    every client; what people told counts for their own client.
    """
    if attribute is not None:
        check_attribute(attribute)
    with session.read(Right.LOOK) as work:
        client_id = work.client(client)
        stated = [Stated(*one) for one in known_better.stated(work.tx, client_id)]
        subjects = known_better.subjects(work.tx, client_id)
        # A shared fact is everybody's, and so are judgements and doubts of it: counts alone are shown.
        with every_client(work.tx):
            compared = list(_compared(work.tx, client_id, attribute))

    rates = [one for one in source_rates(stated, subjects, compared) if one.attribute in AUDITED]
    if source is not None:
        check_source(source, {one.source for one in rates}, "states nothing")
    return SourceReport(
        [
            one
            for one in rates
            if attribute in (None, one.attribute) and source in (None, one.source)
        ]
    )


def _compared(tx: Tx, client_id: UUID, attribute: str | None) -> Iterator[Compared]:
    for one in known_better.judged(tx, [client_id]):
        is_right = one.said == "right"
        yield Compared(one.source, one.attribute, Against.AUDIT, is_right, one.facts)
    for one in known_better.doubted(tx, [client_id]):
        yield Compared(
            one.source, one.attribute, Against.DISPOSITION, agreed=False, facts=one.facts
        )
    names = known_better.attributes_known(tx, client_id) if attribute is None else [attribute]
    for name in names:
        for two in known_better.beside(tx, client_id, name):
            agreed = agreement(name, two.said, two.better)
            if agreed is not None:
                yield Compared(two.source, name, Against(two.against), agreed, two.facts)
