"""Statements that were first read in one language, in others."""

import pytest

from enrich.extract import try_extract
from tests.made_pages import found, page, values


def said(html: str, url: str, kind: str = "imprint") -> dict[str, object]:
    return {one.attribute: one.value for one in try_extract(page(html, url, kind)).facts}


@pytest.mark.parametrize(
    ("line", "top", "street"),
    [
        ("La sede legale della società si trova in Via del Prato 5, 65010 Vicoli", "it",
         "Via del Prato 5"),
        ("La empresa tiene su domicilio en Calle Mayor 5, 28013 Madrid", "es", "Calle Mayor 5"),
        ("Ons kantoor is gevestigd aan de Kerkstraat 5, 3511 AB Utrecht", "nl", "Kerkstraat 5"),
        ("Der Sitz der Gesellschaft befindet sich in der Malerstraße 12, 80807 München", "de",
         "Malerstraße 12"),
        ("A empresa tem sede na Rua do Porto 5, 4745-330 Trofa", "pt", "Rua do Porto 5"),
        ("The company has its registered office at 5 Mill Road, Leeds LS1 4AB", "co.uk",
         "5 Mill Road"),
        ("Denominación social Maderas Sol S.L. Domicilio Calle Mayor 5 28013 Madrid", "es",
         "Calle Mayor 5"),
        ("Company name Harbour Wood Ltd Registered office 5 Mill Road, Leeds LS1 4AB", "co.uk",
         "5 Mill Road"),
        ("Calle Mayor 5, C.P. 28013 Madrid", "es", "Calle Mayor 5"),
        ("Via Roma 5 - CAP 10121 Torino", "it", "Via Roma 5"),
        ("Straße des 17. Juni 135, 10623 Berlin", "de", "Straße des 17. Juni 135"),
        ("An der alten Mühle am Bach 5, 10623 Berlin", "de", "An der alten Mühle am Bach 5"),
    ],
)  # fmt: skip
def test_the_street_without_its_sentence_or_label(line: str, top: str, street: str) -> None:
    assert said(f"<p>{line}", f"https://made-up.{top}/legal").get("street") == street


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("Subsidiária da Nordhaus S.A.", "https://suedlicht.pt/legal"),
        ("Part of the Nordhaus Group Ltd", "https://suedlicht.co.uk/legal"),
        ("Ein Unternehmen der Nordhaus AG", "https://suedlicht.de/impressum"),
        ("Onderdeel van Nordhaus B.V.", "https://suedlicht.nl/legal"),
        ("En del av Nordhaus AB", "https://suedlicht.se/legal"),
    ],
)
def test_a_parent_is_not_the_legal_name(line: str, url: str) -> None:
    facts = said(f"<title>Suedlicht</title><p>{line}</p>", url)
    assert "legal_name" not in facts
    assert str(facts["parent"]).startswith("Nordhaus")


@pytest.mark.parametrize(
    "line",
    [
        "Nous sommes présents à Lyon depuis 2017",
        "Trabajamos con las mismas herramientas desde 2017",
        "Siamo certificati dal 2017",
        "Our partner was founded in 1987",
        "Unser Lieferant wurde 1987 gegründet",
        "Współpracujemy z nimi od roku 2017",
    ],
)
def test_a_year_of_something_else_is_no_founding(line: str) -> None:
    assert found(f"<p>{line}.</p>", "founded", "https://suedlicht.com/", "home") == []


@pytest.mark.parametrize(
    ("html", "url", "facts"),
    [
        ("Dorfstr. 2, 5211 AX 's-Hertogenbosch, The Netherlands. Chamber of Commerce: 12345678",
         "https://made-up.net/imprint", {"register_number": "12345678"}),
        ("P.IVA e C.F. 12345670017", "https://made-up.it/note-legali",
         {"vat_id": "IT12345670017"}),
        ("Alpwerk OG, FN: 456789 d", "https://made-up.eu/impressum",
         {"register_number": "456789D"}),
        ("Moor Verlag UG (haftungsbeschränkt) &amp; Co. KG", "https://moorverlag.de/impressum",
         {"legal_name": "Moor Verlag UG (haftungsbeschränkt) & Co. KG"}),
        ("Moor Verlag UG (haftungsbeschraenkt)", "https://moorverlag.de/impressum",
         {"legal_name": "Moor Verlag UG (haftungsbeschraenkt)", "legal_form": "ug"}),
        ("Sail Flexible Kapitalgesellschaft", "https://sail.at/impressum",
         {"legal_form": "flexco"}),
    ],
)  # fmt: skip
def test_numbers_and_names(html: str, url: str, facts: dict[str, object]) -> None:
    got = said(f"<html lang=en><p>{html}</p>", url)
    assert {name: got.get(name) for name in facts} == facts


@pytest.mark.parametrize(
    "title",
    ["Contacto Suedlicht", "Welkom bij Suedlicht", "Välkommen till Suedlicht", "Witamy w Suedlicht",
     "Chi siamo: Suedlicht", "Kontakt Suedlicht"],
)  # fmt: skip
def test_a_greeting_is_no_part_of_the_name(title: str) -> None:
    assert values(found(f"<title>{title}</title>", "name", "https://suedlicht.eu/")) == [
        "Suedlicht"
    ]


def test_a_link_to_two_addresses_gives_both() -> None:
    html = "<a href='mailto:info@acme.example,sales@acme.example?subject=x'>Mail</a>"
    assert values(found(html, "email")) == ["info@acme.example", "sales@acme.example"]
