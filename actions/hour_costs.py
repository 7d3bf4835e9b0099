"""Set what an hour of an SDR costs a client."""

from __future__ import annotations

from actions.actor import Right
from actions.client_log import log_client_change
from actions.session import Session
from engage.figures.amounts import Amounts
from leads.errors import UsageError
from leads.lexicon.numbers.money import parse_money
from leads.store import hour_costs
from leads.values import MoneyRange

#: Clears the cost.
_NONE = "none"


def set_hour_cost(session: Session, name: str, text: str, *, dry_run: bool = False) -> str | None:
    """Set what an hour costs, such as `45 EUR`; `none` clears it. The cost as it is shown."""
    minor, currency = _read(text)
    shown = str(Amounts.of(minor, currency)) if minor is not None and currency else None
    with session.write(Right.MANAGE, dry_run=dry_run) as work:
        client_id = work.client(name)
        hour_costs.set_hour_cost(work.tx, client_id, minor, currency)
        log_client_change(work, client_id, f"cost of an hour: {shown or 'not set'}")
    return shown


def _read(text: str) -> tuple[int | None, str | None]:
    if text.strip().casefold() == _NONE:
        return None, None
    parsed = parse_money(text)
    money = parsed.value if parsed else None
    if not isinstance(money, MoneyRange) or money.amount.low != money.amount.high:
        raise UsageError(
            f"--hour-cost {text[:60]!r} is not an amount with its currency", "such as '45 EUR'"
        )
    if money.amount.low is None or money.amount.low < 0:
        raise UsageError(f"--hour-cost {text[:60]!r} is below 0", "such as '45 EUR'")
    return money.amount.low, money.currency
