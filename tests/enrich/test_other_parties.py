"""Addresses and telephones of processors and authorities, and the country a page is from."""

import pytest

from enrich.extract import try_extract
from tests.made_pages import document, found, page, values

OWN = "Nadelbaum Sport GmbH<br>Lindenstr. 34<br>10969 Berlin"


def address(html: str, url: str, kind: str = "imprint") -> dict[str, object]:
    wanted = {"street", "postcode", "city", "country"}
    said = try_extract(page(html, url, kind)).facts
    return {one.attribute: one.value for one in said if one.attribute in wanted}


@pytest.mark.parametrize(
    "processor",
    [
        "Ein Plugin, angeboten durch die Bildbuch Inc., 1601 Willow Lane, Menlo Park, CA, 94025, USA.",
        "Anbieter ist die Zahlfix Inc., 12 Market Street, San Francisco, CA 94105, USA.",
        "The map is provided by Kartograf LLC, 5 Main Street, Austin, TX 78701.",
        "Ce service est proposé par Mesurix Inc., 12 King Street West, Toronto, ON M5H 1A1, Canada.",
        "Il servizio è fornito da Chatto Ltd, 250 Finchley Road, London NW3 6DN.",
        "Een dienst van Boekbaar B.V., Kerkstraat 5, 1011 AB Amsterdam, Nederland.",
    ],
)
def test_a_processor_decides_neither_country_nor_seat(processor: str) -> None:
    html = f'<html lang="de"><p>{OWN}</p><h2>Datenschutz</h2><p>{processor}</p>'
    assert address(html, "https://nadelbaum-sport.com/impressum") == {
        "street": "Lindenstr. 34",
        "postcode": "10969",
        "city": "Berlin",
        "country": "DE",
    }
    alone = f'<html lang="de"><h2>Datenschutz</h2><p>{processor}</p>'
    assert address(alone, "https://nadelbaum-sport.com/datenschutz", "other") == {}


@pytest.mark.parametrize(
    ("line", "postcode"),
    [
        ("This website is provided by Larkwell Ltd, 250 Finchley Road, London NW3 6DN", "NW3 6DN"),
        ("This site is provided by Other Name Ltd, 250 Finchley Road, London NW3 6DN", "NW3 6DN"),
        ("Diese Website wird bereitgestellt von: Muster GmbH, Ring 5, 10969 Berlin", "10969"),
        ("Ce site est proposé par Exemple SARL, 12 rue des Lilas, 33610 Canéjan", "33610"),
        ("Service provider under § 5 TMG: Muster GmbH, Ring 5, 10969 Berlin", "10969"),
    ],
)
def test_who_provides_the_site_is_its_owner(line: str, postcode: str) -> None:
    language = "fr" if "Ce site" in line else "de"
    html = f"<html lang={language}><p>{line}</p>"
    assert address(html, "https://larkwell.com/legal")["postcode"] == postcode


@pytest.mark.parametrize(
    ("html", "hint"),
    [
        ("<html lang=en><p>Registered at Amtsgericht München, HRB 999001", "DE"),
        ("<html lang=de><p>Firmenbuch: FN 123456 a, ATU13585627", "AT"),
        ("<html lang=de><p>CHE-123.456.788 MWST", "CH"),
        ("<html lang=en><p>KVK number: 12345678", "NL"),
        ("<html lang=fr><p>Razón social: Motos Larrun S.L.", "ES"),
        ("<html lang=de><p>P. IVA 01234567890, Bozen", "IT"),
        ("<html lang=de><p>Registered in England, GB 123 4567 89", "GB"),
        ("<html lang=en><p>Portland, Oregon. Shell scripts at /usr/local", None),
        ("<html lang=en><p>Amtsgericht Köln. Firmenbuch Wien.", None),
        ("<html lang=de><p>10969 Berlin. Partner: 1 Main Street, Tucker, GA 30084", "DE"),
        ("<html lang=de><p>Partner: 1 Main Street, Tucker, GA 30084", "US"),
        ("<html lang=fr><p>12 King Street West, Toronto, ON M5H 1A1", "CA"),
    ],
)
def test_registers_tell_the_country(html: str, hint: str | None) -> None:
    assert document(html, "https://made-up.com/").hint == hint


@pytest.mark.parametrize(
    "authority",
    [
        "Aufsichtsbehörde: Bezirkshauptmannschaft X<br>Ring 17, 5020 Salzburg<br>Tel. 0662 8000-0",
        "Zuständige Kammer: Rechtsanwaltskammer Wien, Tel. <a href='tel:+4315351275'>01 5351275</a>",
        "Supervisory authority: Chamber of Examples, phone +43 1 5351275",
        "Autorité de contrôle : CNIL, téléphone 01 53 73 22 22",
        "Hosting provider: Rackraum KG, Telefon 01 5351275",
        "Webdesign: Pixelei, Telefon 01 5351275",
    ],
)
def test_the_phone_of_an_authority_is_not_the_companys(authority: str) -> None:
    html = f"<p>Nadelbaum GmbH<br>Ring 5<br>1010 Wien</p><p>{authority}</p>"
    assert values(found(html, "phone", "https://nadelbaum.at/impressum", "imprint")) == []


@pytest.mark.parametrize(
    "own",
    [
        "Aufsichtsbehörde: Magistrat der Stadt Wien<h2>Kontakt</h2>Telefon 01 5351275",
        "Gewerbebehörde: Magistrat<p>Nadelbaum GmbH<br>Telefon 01 5351275",
        "Telefon 01 5351275<br>Aufsichtsbehörde: Magistrat der Stadt Wien",
    ],
)
def test_the_companys_own_phone_beside_an_authority_is(own: str) -> None:
    html = f"<p>{own}</p>"
    assert values(found(html, "phone", "https://nadelbaum.at/impressum", "imprint")) == [
        "+4315351275"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "© Copyright 2014 UK Tapfix | support@tapfix.com",
        "Hauptstraße 5 | © 2014 Acme Beispiel",
        "Ring 5, Copyright (c) 2009 EU Beispiel",
        "Musterweg 7 - seit 1998 Muster und Partner",
        "12 Example Road, est. 1984 Wandsworth",
        "Copyright 2010, 2014 AG Beispiel",
    ],
)
@pytest.mark.parametrize("top", ["com", "at", "nl", "dk"])
def test_a_copyright_year_is_no_postcode(line: str, top: str) -> None:
    assert address(f"<p>{line}</p>", f"https://tapfix.{top}/", "home") == {}


def test_a_postcode_that_looks_like_a_year_still_is_one() -> None:
    html = "<p>Kerkstraat 5<br>2014 AB Haarlem</p>"
    assert address(html, "https://tapfix.nl/")["postcode"] == "2014 AB"


def test_a_dutch_imprint_in_english() -> None:
    html = "<p>Van Weedestraat 25<br>2582KP ’s-Gravenhage, Netherlands<br>KVK number: 12345678"
    assert address(html, "https://deurwerk.net/imprint") == {
        "street": "Van Weedestraat 25",
        "postcode": "2582 KP",
        "city": "’s-Gravenhage",
        "country": "NL",
    }
