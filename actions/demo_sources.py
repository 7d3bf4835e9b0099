"""Ask the register and the paid provider of the demo's town."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from datetime import timedelta

from actions.actor import Right
from actions.enriching import RunReport, run_within
from actions.session import Session
from actions.town import PROVIDER
from leads.clock import now
from leads.prices import parse_price
from leads.store.spending import turns
from leads.store.spending.turns import Rest
from sources.run.catalog import every_source
from sources.run.provider_files import FOLDER
from workers.context import Context

BUDGET = parse_price("1 EUR")
#: The sources that the town serves.
_SERVED = frozenset({"register:fr", "provider:town"})
#: Until somebody wakes them.
_LONG = timedelta(days=3650)


def ask_town(session: Session, context: Context, client: str) -> RunReport:
    """Spend a budget on what settles verdicts of the town.

    Other sources rest from then on, and those of the town too when it is done: what is asked later
    would leave this machine.
    """
    folder = session.settings.home / FOLDER
    folder.mkdir(exist_ok=True)
    shutil.copy(PROVIDER, folder / "town.yaml")
    sources, _ = every_source(session.settings.home)
    every = {one.card.name for one in sources}
    _rest(session, every - _SERVED, "the town has no such source")
    try:
        return run_within(session, context, client, None, BUDGET, None)
    finally:
        _rest(session, _SERVED, "it is served while the demo runs")


def _rest(session: Session, sources: Collection[str], reason: str) -> None:
    until = now() + _LONG
    with session.write(Right.OPERATE) as work:
        turns.rest(work.tx, [Rest(name, until, reason) for name in sorted(sources)])
