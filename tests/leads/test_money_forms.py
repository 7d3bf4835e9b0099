"""Amounts as accountants and spreadsheets write them, and headcounts that became dates."""

from __future__ import annotations

import pytest

from leads.lexicon.numbers.money import parse_money
from leads.lexicon.numbers.ranges import parse_count
from leads.values import MoneyRange


def _ends(text: str) -> tuple[int | None, int | None, str] | None:
    found = parse_money(text)
    if found is None:
        return None
    assert isinstance(found.value, MoneyRange)
    low, high = found.value.amount.low, found.value.amount.high
    return (
        None if low is None else low // 100,
        None if high is None else high // 100,
        found.value.currency,
    )


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("$.7M", (650_000, 750_000, "USD")),
        ("< €.5M", (0, 499_999, "EUR")),
        (",25 Mrd. EUR", (245_000_000, 255_000_000, "EUR")),
        ("in T€: 4.200", (4_199_500, 4_200_500, "EUR")),
        ("4.200 (TCHF)", (4_199_500, 4_200_500, "CHF")),
        ("en milliers d'euros : 4 200", (4_199_500, 4_200_500, "EUR")),
        ("£'000 420", (419_500, 420_500, "GBP")),
        ("USD 000 420", (419_500, 420_500, "USD")),
        ("4.200 - 9.000 T€", (4_200_000, 9_000_000, "EUR")),
        ("TEUR 4.200 bis TEUR 9.000", (4_200_000, 9_000_000, "EUR")),
        ("1,500 - 2,000 million GBP", (1_500_000_000, 2_000_000_000, "GBP")),
        ("50,000 - 2M USD", (50_000, 2_000_000, "USD")),
        ("8 500 000 €", (8_500_000, 8_500_000, "EUR")),
        ("R$ 420 mil", (419_500, 420_500, "BRL")),
        ("42 mil. Kč", (41_500_000, 42_500_000, "CZK")),
        ("42 mil. lei", (41_500_000, 42_500_000, "RON")),
        ("420억원", (41_950_000_000, 42_050_000_000, "KRW")),
        ("420 ezer Ft", (419_500, 420_500, "HUF")),
        ("42 εκατ. €", (41_500_000, 42_500_000, "EUR")),
        ("4,2 млн рублей", (4_150_000, 4_250_000, "RUB")),
        ("42 juta rp", (41_500_000, 42_500_000, "IDR")),
        ("EURm 42", (41_500_000, 42_500_000, "EUR")),
        ("42 mGBP", (41_500_000, 42_500_000, "GBP")),
        ("20 bis unter 50 Mio. EUR", (20_000_000, 50_000_000, "EUR")),
        ("od 20 do 50 mln zł", (20_000_000, 50_000_000, "PLN")),
        ("od 20 mln zł", (20_000_000, None, "PLN")),
        ("CHF 4'200'000.-", (4_200_000, 4_200_000, "CHF")),
    ],
)
def test_amounts(text: str, ends: tuple[int, int, str]) -> None:
    assert _ends(text) == ends


@pytest.mark.parametrize(
    "text",
    [
        "(4,200,000) USD",
        "€(4.200.000)",
        "$(1.2m)",
        "4,200,000- EUR",
        "4.200 T€ in Tsd",
        "No.5 Mio €",
        "4,200,000 CR EUR",
        "12.5 EUR",
        "4,5 EUR",
        "4 Billionen Euro",
    ],
)
def test_losses_and_doubtful_amounts_are_unknown(text: str) -> None:
    assert parse_money(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "01. Okt",
        "10/jan",
        "Nov-50",
        "2-Ara",
        "5 paź",
        "20-mai",
        "oct. 10",
        "1-Oct-2026",
        "10. říj",
        "10.окт",
        "5-нояб",
        "10 жов",
        "1-lok",
    ],
)
def test_a_band_that_became_a_date_is_no_headcount(text: str) -> None:
    assert parse_count(text) is None


def test_a_headcount_with_a_month_is_read() -> None:
    assert parse_count("10 employees in May 2020") is not None


@pytest.mark.parametrize(
    "text",
    ["7 mars", "3 kron", "tryk 8", "9 tsar", "tisk 4", "6 sekk", "2 nokk", "knok 11", "5 mils"],
)
def test_a_word_is_no_scale_glued_to_a_code(text: str) -> None:
    assert parse_money(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("keur 30", "EUR"),
        ("30 MSEK", "SEK"),
        ("TNOK 30", "NOK"),
        ("30 AUDm", "AUD"),
        ("30 PLNk", "PLN"),
    ],
)
def test_a_scale_glued_to_a_code_is_read(text: str, code: str) -> None:
    found = parse_money(text)
    assert found is not None
    assert isinstance(found.value, MoneyRange)
    assert found.value.currency == code
