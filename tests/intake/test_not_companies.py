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
        ("Gesamtumsatz", ["1.200"]),
        ("Total employees", ["140"]),
        ("Total (12 companies)", ["140"]),
        ("Anzahl Firmen: 12", []),
        ("Nombre de sociétés : 12", []),
        ("Всего компаний: 12", []),
        ("Page 2 sur 7", []),
        ("Strona 2 z 7", []),
        ("出典：業界名鑑", []),
        ("※概算値", []),
        ("* Angaben ohne Gewähr", []),
        ("Stan na dzień 01.02.2026", []),
        ("Exported by Ann on 2026-02-01", []),
        ("Exportiert am 1.2.2026 um 10:00", []),
        ("-- end --", []),
        ("=== Ende ===", []),
        ("--- End of list ---", []),
        ("Per 31.12.2025", []),
        ("Exported by Ann 2026", []),
        ("Printed 3 March 2026", []),
        ("Exported by Orrin Ltd on 2026-02-01", []),
        ("Number of companies 12", []),
        ("Antal 12", []),
        ("* figures not yet audited", []),
        ("Quelle: Messe Ulm GmbH", []),
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
        ("Total Energies", ["5000"]),
        ("Gesamtwerk", ["140"]),
        ("Total employees", []),
        ("Number One Tools", []),
        ("Per Lindgren 24", ["Ulm"]),
        ("*star", []),
        ("Export Partners 2000", []),
        ("Studio 54", []),
        ("Page 1", ["Ulm"]),
        ("Printed Gears 1998", []),
        ("Downloaded Media 2019", []),
        ("Created By Hand Ltd 2001", []),
        ("Generated Heat 2012 Inc", []),
        ("Exporte Orrin GmbH 1987", []),
        ("Powered by Rain GmbH", []),
        ("** Pell **", []),
        ("* Pell", []),
        ("* orrin", []),
        ("* Smith and Sons", []),
        ("-- Pell --", []),
        ("Brojevi 2000", []),
        ("Antal Gears 12", []),
        ("Nombre de Plume 14", []),
        ("Per – Orrin AB", []),
        ("Note – Book Ltd", []),
        ("* " + " " * 50_000 + "*", []),
    ],
)
def test_companies(name: str, others: list[str]) -> None:
    assert why_no_company(name, others) is None
