"""The report of a campaign in the browser."""

from collections.abc import Callable

import pytest

from tests.web.conftest import LogIn

Queued = Callable[..., None]


@pytest.mark.parametrize("name", ["funnel", "cost", "sdrs", "lists"])
def test_a_part_of_the_report(queued: Queued, log_in: LogIn, name: str) -> None:
    queued("Alder <i>Tools</i> GmbH", "Birch Pumps GmbH")
    boss = log_in("mia", "default", role="manager")
    page = boss.get(f"/reports/{name}")
    assert page.status == 200
    assert "<i>Tools" not in page.html
    assert 'aria-current="page">' in page.html


def test_the_period_the_groups_and_the_file(queued: Queued, log_in: LogIn) -> None:
    queued("Alder Tools GmbH", "Birch Pumps GmbH")
    boss = log_in("mia", "default", role="manager")
    assert boss.get("/reports").path == "/reports/funnel"
    shown = boss.get("/reports/funnel?since=2020-01-01&by=list")
    assert 'value="2020-01-01"' in shown.html
    assert "<svg" in shown.html
    wrong = boss.get("/reports/funnel?since=2020-02-01&until=2020-01-01")
    assert wrong.status == 400
    assert "the period ends before it begins" in wrong.text
    assert boss.get("/reports/nowhere").status == 404

    saved = boss.get("/reports/file?since=2020-01-01")
    assert saved.headers["Content-Disposition"] == 'attachment; filename="report.html"'
    assert "From name to customer" in saved.text
