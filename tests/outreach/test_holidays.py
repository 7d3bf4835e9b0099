"""Holidays are looked up before a claim needs them: the year that begins soon, and old ones."""

from datetime import UTC, datetime, timedelta

import pytest

from leads.store import Store, holiday_years
from leads.store.migrate import open_store
from outreach.run import holidays
from outreach.run.call_clock import looked_up


def test_what_claims_need_soon_is_due_once(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2026, 6, 1, tzinfo=UTC)
    for module in ("leads.store.holiday_years", "outreach.run.holidays"):
        monkeypatch.setattr(f"{module}.now", lambda: at)
    store = open_store(database_url)
    assert due(store) == []
    with store.write() as tx:
        holiday_years.keep(tx, {("DE-BY", 2026): looked_up("DE", "BY", 2026)})
    assert due(store) == []

    # A few days before it is too old, and before the next year begins.
    at += holiday_years.GOOD_FOR - timedelta(days=2)
    assert due(store) == [("DE-BY", 2026)]
    renew(store)
    assert due(store) == []
    at = datetime(2026, 12, 29, tzinfo=UTC)
    assert due(store) == [("DE-BY", 2026), ("DE-BY", 2027)]
    renew(store)
    with store.read() as tx:
        kept = holiday_years.kept(tx, [("DE-BY", 2027)])
    assert datetime(2027, 1, 6, tzinfo=UTC).date() in kept["DE-BY", 2027].holidays
    store.close()


def due(store: Store) -> list[tuple[str, int]]:
    with store.read() as tx:
        return holidays.due(tx, 9)


def renew(store: Store) -> None:
    found = holidays.renew(due(store))
    with store.write() as tx:
        holidays.keep(tx, found)
