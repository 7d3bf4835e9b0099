"""`sluice signal`: what a user records and sees, on both databases."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]


def kinds(sluice: Sluice, company: str, *more: str) -> list[str]:
    found = sluice("signal", "list", company, "--json", *more).json
    return [one["kind"] for one in found["signals"]]


def test_signals_are_added_listed_and_taken_back(sluice: Sluice, queued: Queued) -> None:
    queued("Zeta GmbH", "Alpha AG")
    order = ("signal", "add", "zeta.example", "ordered", "--value", "12500.50", "--currency", "eur")
    made = sluice(*order, "--at", "2026-11-02T10:00", "--id", "order 7", "--json").json["signal"]
    assert (made["value"], made["source"]) == ("12500.50 EUR", "person")
    assert sluice(*order, "--id", "order 7", "--json").json["signal"] is None
    sluice("signal", "add", "Zeta GmbH", "demo_requested", "--channel", "landing_page")
    assert kinds(sluice, "zeta.example") == ["ordered", "demo_requested"]
    assert kinds(sluice, "Alpha AG") == []
    assert (
        "has no signals"
        in sluice("signal", "list", "Alpha AG").err + sluice("signal", "list", "Alpha AG").out
    )

    sluice("signal", "remove", made["id"])
    assert kinds(sluice, "zeta.example") == ["demo_requested"]
    sluice("signal", "remove", made["id"], code=3)


def test_an_imported_outcome_is_listed_with_its_tool(
    sluice: Sluice, queued: Queued, tmp_path: Path
) -> None:
    queued("Zeta GmbH")
    path = tmp_path / "deals.csv"
    path.write_text("domain,outcome,at,value,currency\nzeta.example,won,2026-11-02,900,GBP\n")
    sluice("outcomes", "import", path)
    one = sluice("signal", "list", "zeta.example", "--json").json["signals"][0]
    assert (one["kind"], one["source"], one["value"]) == ("won", "plain", "900.00 GBP")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("zeta.example", "Demo requested"), 2, "is no kind"),
        (("zeta.example", "won", "--value", "1,250"), 2, "could be two"),
        (("zeta.example", "won", "--value", "1250"), 2, "no currency"),
        (("zeta.example", "won", "--at", "2099-01-01"), 2, "in the future"),
        (("nobody.example", "won"), 3, "no company is called"),
    ],
)
def test_what_cannot_be_recorded_says_why(
    sluice: Sluice, queued: Queued, arguments: tuple[str, ...], code: int, said: str
) -> None:
    queued("Zeta GmbH")
    assert said in sluice("signal", "add", *arguments, "--json", code=code).error["message"]
    assert kinds(sluice, "zeta.example") == []
