"""Columns about somebody else: suppliers are no aliases, and persons' own addresses are dropped."""

import pytest

from tests.intake.test_columns import fields, mapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Company,Supplier,City\nAlpha Bau GmbH,Orbis GmbH,Ulm\nBeta AG,Orbis GmbH,Ulm",
            "name keep city",
        ),
        (
            "Kunde;Firma;Ort\nOrbis GmbH;Alpha Bau GmbH;Ulm\nOrbis GmbH;Beta AG;Ulm",
            "keep name city",
        ),
        ("Société;Fournisseur\nAlpha SARL;Orbis SAS\nBeta SA;Orbis SAS", "name keep"),
        ("Empresa;Proveedor\nAlfa S.L.;Orbis S.A.\nBeta S.A.;Orbis S.A.", "name keep"),
        # Alone it is the list's subject, and a trading name is the company's own.
        ("Supplier,City\nAlpha Bau GmbH,Ulm\nBeta AG,Kiel", "name city"),
        ("Lieferant;Ort\nAlpha Bau GmbH;Ulm\nBeta AG;Kiel", "name city"),
        ("Company,Trading name\nAlpha Bau GmbH,Alpha\nBeta AG,Beta", "name alias"),
    ],
)
def test_another_company_is_no_alias(text: str, expected: str) -> None:
    assert fields(mapped(text.replace(";", ","))) == expected


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Associated Contact", ["Jo Roe (jo@acme.example)", "Al Doe"], "personal:person_name"),
        ("Associated Contact", ["jo@acme.example", "al@acme.example"], "email"),
        ("Inhaber privat", ["Wohnweg 3", ""], "personal:home_address"),
        ("Privatanschrift", ["Wohnweg 3", ""], "personal:home_address"),
        ("Home Address", ["3 Elm Close", ""], "personal:home_address"),
        ("Adresse personnelle", ["3 rue des Lilas", ""], "personal:home_address"),
        ("Indirizzo privato", ["Via Roma 3", ""], "personal:home_address"),
        ("Private company", ["yes", "no"], "keep"),
    ],
)
def test_columns_of_persons(header: str, cells: list[str], field: str) -> None:
    rows = "".join(f"\nAcme {place},{cell}" for place, cell in enumerate(cells))
    assert mapped(f"Company,{header}{rows}").columns[1].field == field
