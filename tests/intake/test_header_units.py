"""Units in column names: scale and currency, known or not."""

from __future__ import annotations

import pytest

from intake.column_names import read_name
from intake.header_units import UNKNOWN_UNIT, header_unit


@pytest.mark.parametrize(
    ("header", "unit", "currency"),
    [
        ("Revenue (INR Lakhs)", "lakh INR", "INR"),
        ("Revenue Rs Cr", "crore INR", "INR"),
        ("Net Sales (US$ bil)", "billion USD", "USD"),
        ("Jahresumsatz (1000 CHF)", "thousand CHF", "CHF"),
        ("Revenue GBP (x1000)", "thousand GBP", "GBP"),
        ("Turnover (in £000s)", "thousand GBP", "GBP"),
        ("Omzet (x €1.000)", "thousand EUR", "EUR"),
        ("Operating revenue (Turnover) th EUR Last avail. yr", "thousand EUR", "EUR"),
        ("Sales (Mil EUR)", "million EUR", "EUR"),
        ("Ventas (mil EUR)", "thousand EUR", "EUR"),
        ("Receita (R$ mil)", "thousand BRL", "BRL"),
        ("Revenue (JPY 100m)", "億 JPY", "JPY"),
        ("Revenue (RMB 10,000)", "万 CNY", "CNY"),
        ("売上高（百万円）", "mio JPY", "JPY"),
        ("Ciro (bin TL)", "thousand TRY", "TRY"),
        ("Revenue (HK$)", "HKD", "HKD"),
        ("Revenue (A$m)", "millions AUD", "AUD"),
        ("Revenue ($)", "$", None),
        ("Omsættning (tkr)", "thousand kr", None),
        ("RevenueUSDMillions", "millions USD", "USD"),
        ("Revenue (LTM)", "", None),
        ("Revenue (USD, mn)", "million USD", "USD"),
        ("Umsatz 2023 (vorläufig, Mio. EUR)", "mio EUR", "EUR"),
        ("Obrat (tis. Kč)", "thousand CZK", "CZK"),
        ("Obrat (mil. Kč)", "million CZK", "CZK"),
        ("Turnover (FR)", "", None),
        ("Revenue (raw)", "", None),
        ("Ventas (mdp)", "mio MXN", "MXN"),
        ("Cifra de afaceri (mil. lei)", "million RON", "RON"),
        ("Turnover 2022 (GBPm)", "millions GBP", "GBP"),
        ("Выручка, тыс. руб.", "thousand RUB", "RUB"),
        ("Чистий дохід (тис. грн)", "thousand UAH", "UAH"),
        ("매출액 (억원)", "億 KRW", "KRW"),
        ("Omsättning mnkr", "millions kr", None),
        ("Liikevaihto milj. euroa", "mio EUR", "EUR"),
        ("Ingresos de explotación mil EUR", "thousand EUR", "EUR"),
        ("Umsatz (EUR, 31.12.2023)", "EUR", "EUR"),
        ("Revenue mn", "million", None),
        ("Turnover bn", "billion", None),
        ("Revenue (k)", "thousand", None),
    ],
)
def test_the_unit_of_a_column(header: str, unit: str, currency: str | None) -> None:
    found = header_unit(header)
    assert (found.of_money, found.currency) == (unit, currency)


@pytest.mark.parametrize(
    "header",
    [
        "Revenue (EUR foo)",
        "Revenue (in foo)",
        "Revenue (EUR/USD)",
        "Revenue (50k EUR)",
        "Revenue (lakh crore INR)",
        "Revenue (qEUR)",
        "Revenue (Tjkr)",
        "Revenue EUR foo",
        "Turnover m",
        "Sales k",
        "Sales BI",
        "Omzet t",
        "net_sales_m",
        "Turnover m (2024)",
        "Turnover k LTM",
        "Umsatz in T",
    ],
)
def test_a_unit_that_is_only_partly_read_is_unknown(header: str) -> None:
    assert header_unit(header).of_money == UNKNOWN_UNIT


def test_a_column_that_is_mapped_by_hand_keeps_its_unknown_unit() -> None:
    assert read_name("Turnover m").unit_of("turnover") == UNKNOWN_UNIT
