"""Ask tasks step by step: nothing is bought for a company that is about to be decided again."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from actions.session import open_session
from leads.clock import now
from leads.store import campaigns, clients
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed, Wanted
from leads.store.spending import budgets
from leads.store.spending.budgets import Budget
from tests.console.conftest import Sluice
from tests.made_clock import MadeClock
from tests.sources.asking import Asking, company_ids
from workers.ask_tasks import ask_task
from workers.context import Context
from workers.pipeline import company_task
from workers.tasks import perform

ROWS = "Granby Verkstad AB,SE,Granby,,granby.example\nEkmala Bageri AB,SE,Ekmala,,ekmala.example\n"
HOST = "elsewhere:1:1"


def _qualify(budget: Budget, company_id: UUID) -> Wanted:
    return company_task("qualify", budget.client_id, budget.campaign_id, company_id)


def _dedupe(budget: Budget, _: UUID) -> Wanted:
    return Wanted(
        kind="dedupe", key=str(budget.client_id), queue="cheap", client_id=budget.client_id
    )


def _claim(context: Context, kind: str) -> list[Claimed]:
    with context.store.write() as tx:
        return ledger.claim(tx, [kind], 50, HOST, timedelta(minutes=1))


@pytest.mark.parametrize("waits", [_qualify, _dedupe])
def test_a_company_that_is_being_decided_is_asked_about_later(
    asking: Asking,
    sluice: Sluice,
    clock: MadeClock,
    waits: Callable[[Budget, UUID], Wanted],
) -> None:
    asking.run_list(ROWS)
    sluice("enrich", "allow", "1", "EUR")
    with open_session() as session:
        context = session.context()
        with session.store.write() as tx:
            client_id = clients.client_of(tx, "default").id
            campaign_id = campaigns.campaign_of(tx, client_id, None).id
            [budget] = budgets.open_budgets(tx, campaign_id)
            company_id = company_ids(session, client_id)["Granby Verkstad AB"]
            ledger.ask(tx, [ask_task(budget, company_id), waits(budget, company_id)])

        # Another worker has the task that decides.
        first = _claim(context, "ask")
        perform(context, first)
        assert asking.paid.billed == []
        assert _claim(context, "ask") == []
        deciding = _claim(context, waits(budget, company_id).kind)
        clock.at = now() + timedelta(seconds=2)
        perform(context, _claim(context, "ask"))
        assert asking.paid.billed == []

        with session.store.write() as tx:
            ledger.finish(tx, deciding)
        clock.at = now() + timedelta(seconds=2)
        # Free registers first, then the provider.
        while claimed := _claim(context, "ask"):
            perform(context, claimed)
    assert asking.paid.billed == ["granby.example"]
