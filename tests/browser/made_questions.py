"""What the page of sources shows in the town: a provider to plan with, a cap, a lost answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from actions.demo import CLIENT
from leads.clock import now
from leads.ids import new_id
from leads.prices import parse_price
from leads.store import Tx
from leads.store.campaigns import campaign_of
from leads.store.clients import client_of
from leads.store.spending import budgets, caps, questions, unsettled
from leads.store.spending.budgets import Budget
from leads.store.spending.caps import MONTH, Cap
from leads.store.spending.questions import NewQuestion

_TOOLS = """\
provider: tools
version: 1
title: Tools in use
url: https://api.tools.example/companies
query:
  domain: "{domain}"
asks_by: [domain]
answers:
  technology: "company.tools[].name"
identity:
  name: company.name
errors:
  - {status: 404, outcome: no match}
price: 0.05 EUR
billing: hit
licence: made up
"""
_DIME = parse_price("0.10 EUR")


def make_questions(tx: Tx, home: Path) -> None:
    """Add them to the town; nothing of it is asked, as no budget is open."""
    (home / "providers" / "tools.yaml").write_text(_TOOLS, "utf-8")
    client_id = client_of(tx, CLIENT).id
    budget = Budget(
        id=new_id(),
        client_id=client_id,
        campaign_id=campaign_of(tx, client_id, None).id,
        automatic=False,
        amount=_DIME,
        for_company=None,
        by="mia",
        begun_at=now(),
    )
    budgets.add_budget(tx, budget)
    budgets.end_budget(tx, budget.id)
    _cap(tx, budget)
    task_id = new_id()
    asked = NewQuestion(
        id=new_id(),
        client_id=client_id,
        source="provider:tools",
        country="DE",
        attributes=["technology"],
        budget_id=budget.id,
        task_id=task_id,
        attempt=1,
        price=_DIME,
        keys=["of a lost answer"],
    )
    questions.reserve(tx, [asked])
    assert questions.send(tx, asked.id, task_id, 1)
    reason = "its process ended before the answer was stored"
    unsettled.leave_unclear(tx, asked.id, reason, now() + timedelta(days=90))


def _cap(tx: Tx, budget: Budget) -> None:
    one = Cap(
        id=new_id(),
        client_id=budget.client_id,
        campaign_id=None,
        list_id=None,
        period=MONTH,
        amount=parse_price("100 EUR"),
        by="mia",
        at=now(),
    )
    caps.put_cap(tx, one)
