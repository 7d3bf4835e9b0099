"""National numbers with check digits, and brands."""

import pytest

from tests.made_pages import found, values


@pytest.mark.parametrize(
    ("html", "url", "ids"),
    [
        ("SIRET : 732 829 320 00074", "https://acme.fr/", ["SIRET 73282932000074"]),
        ("SIRET : 73282932000075", "https://acme.fr/", []),
        ("REGON: 123456785", "https://acme.pl/", ["REGON 123456785"]),
        ("NIP: 123-456-32-18", "https://acme.pl/", ["NIP 1234563218"]),
        ("CIF: B-12345674", "https://acme.es/", ["NIF B12345674"]),
        ("CIF: B-12345675", "https://acme.es/", []),
        ("Codice Fiscale 00743110157", "https://acme.it/", ["CODICE FISCALE 00743110157"]),
        ("Steuernummer: 181/815/08155", "https://acme.de/", ["STEUERNUMMER 18181508155"]),
        ("EIN: 12-3456789", "https://acme.example/", ["EIN 123456789"]),
        ("D-U-N-S® Nr. 31-234-5678", "https://acme.example/", ["DUNS 312345678"]),
        ("protein 12-3456789", "https://acme.example/", []),
    ],
)
def test_national_numbers(html: str, url: str, ids: list[str]) -> None:
    assert values(found(html, "national_id", url, "imprint")) == ids


BRANDS = """<script type="application/ld+json">{"@type": "Organization", "name": "Acme",
"brand": [{"@type": "Brand", "name": "Beispiel"}, "Muster"]}</script>"""


@pytest.mark.parametrize(
    ("html", "brands"),
    [
        ("Our brands: Beispiel, Muster and Demo Pro.", ["Beispiel", "Muster", "Demo Pro"]),
        ("Zu unseren Marken gehören Beispiel und Muster.", ["Beispiel", "Muster"]),
        ("Nos marques : Beispiel, Muster et Demo", ["Beispiel", "Muster", "Demo"]),
        (BRANDS, ["Beispiel", "Muster"]),
        ("We sell brands such as Beispiel and Muster.", []),
        ("Our brands are trusted and known.", []),
    ],
)
def test_brands(html: str, brands: list[str]) -> None:
    assert values(found(html, "brand", "https://acme.example/", "about")) == brands
