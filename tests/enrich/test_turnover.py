"""Turnover statements: whose they are, of when, and how much."""

from datetime import date

import pytest

from leads.facts import Scope
from leads.values import MoneyRange, Range
from tests.made_pages import FETCHED, found

ACME = "https://acme-pumpen.example/"
MILLION = 100_000_000


def stated(html: str) -> list[tuple[MoneyRange, Scope, date | None]]:
    facts = found(html, "turnover", ACME, "about")
    return [(one.value, one.scope, one.as_of) for one in facts if isinstance(one.value, MoneyRange)]


@pytest.mark.parametrize(
    ("html", "millions", "currency"),
    [
        pytest.param("We achieved a turnover of 12 million euros.", 12, "EUR", id="English"),
        pytest.param("<p>Umsatz: 12 Mio. EUR</p>", 12, "EUR", id="a label with a full stop"),
        pytest.param("<td>Jahresumsatz<td>12 Mio. €", 12, "EUR", id="two cells"),
        pytest.param("Wir erzielen einen Umsatz von 12 Mio. Euro.", 12, "EUR", id="German"),
        pytest.param("Chiffre d'affaires : 12 millions d'euros", 12, "EUR", id="French"),
        pytest.param("Fatturato: 12 milioni di euro", 12, "EUR", id="Italian"),
        pytest.param("Facturación anual: 12 millones de euros", 12, "EUR", id="Spanish"),
        pytest.param("Nasze przychody wyniosły 12 mln zł", 12, "PLN", id="Polish"),
        pytest.param("We generate annual sales of £12m.", 12, "GBP", id="a sign before"),
        pytest.param("With $12 million in revenue, Acme Pumpen grows.", 12, "USD", id="before"),
    ],
)
def test_a_turnover_of_the_company(html: str, millions: int, currency: str) -> None:
    ((value, scope, _),) = stated(html)
    assert value.currency == currency
    assert scope is Scope.COMPANY
    assert value.amount.meet(Range(millions * MILLION, millions * MILLION)) is not None


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("Our customers have revenues of $50 million.", id="customers"),
        pytest.param("Increase your revenue by $5 million", id="yours"),
        pytest.param("For companies with revenue of $10 million", id="a kind of company"),
        pytest.param("We plan a turnover of 12 million euros.", id="a plan"),
        pytest.param("Umsatz 2005: 3 Mio. EUR", id="long ago"),
        pytest.param("Our revenue share is $ 5", id="a price"),
        pytest.param("Umsatzsteuer 19 % auf 1.000.000 EUR", id="a tax"),
    ],
)
def test_figures_that_are_no_turnover_of_the_company(html: str) -> None:
    assert stated(html) == []


def test_the_year_and_the_group_of_a_turnover() -> None:
    year = FETCHED.year - 1
    ((_, scope, as_of),) = stated(f"Our group had a turnover of 12 million euros in {year}.")
    assert (scope, as_of) == (Scope.GROUP, date(year, 12, 31))


def test_more_than_an_amount_has_no_upper_bound() -> None:
    ((value, _, _),) = stated("Our annual sales are more than $1 billion.")
    assert value.amount.high is None
