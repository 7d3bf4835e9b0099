"""Totals and footers are no companies; companies that are named like them are."""

import pytest

from intake.not_companies import why_no_company


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Summe", ["140"]),
        ("TOTAL", ["1,200", "$3.4"]),
        ("Total:", ["12 EUR"]),
        ("Razem", ["140"]),
        ("Itogo", ["5"]),
        ("合计", ["140"]),
        ("Genel Toplam", ["7"]),
        ("Total 25", []),
        ("Subtotal (3 rows)", ["140"]),
        ("Totaal (n=3)", ["140"]),
        ("Quelle: Messe Ulm", []),
        ("Source - Chamber of Commerce", []),
        ("* Note: figures of 2024", []),
        ("Fuente: registro", []),
        ("© 2026 Invented Lists Ltd", []),
        ("Page 1 of 3", []),
        ("Stand: 01.03.2026", []),
    ],
)
def test_no_companies(name: str, others: list[str]) -> None:
    assert why_no_company(name, others)


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Total", []),
        ("Total", ["France", "140"]),
        ("Summe GmbH", ["140"]),
        ("Total Gears Ltd", ["140"]),
        ("Source: Interactive", ["Ulm"]),
        ("Source Gears", []),
        ("Page & Daughters", []),
        ("Acme", ["140"]),
    ],
)
def test_companies(name: str, others: list[str]) -> None:
    assert why_no_company(name, others) is None
