"""Names, registers and addresses whose line also holds a label, a slogan, a sentence or another."""

import pytest

from enrich.extract import try_extract
from tests.made_pages import found, page, values

URL = "https://www.ostkamp-beispiel.de/impressum"


def said(html: str, url: str = URL, kind: str = "imprint") -> dict[str, object]:
    return {one.attribute: one.value for one in try_extract(page(html, url, kind)).facts}


@pytest.mark.parametrize(
    ("line", "legal", "form"),
    [
        ("Ostkamp UG (haftungsbeschränkt)", "Ostkamp UG (haftungsbeschränkt)", "ug"),
        ("Unternehmen Ostkamp GmbH Adresse Weg 5", "Ostkamp GmbH", "gmbh"),
        ("Firmenname Ostkamp GmbH", "Ostkamp GmbH", "gmbh"),
        ("Medieninhaber: Ostkamp FlexCo", "Ostkamp FlexCo", "flexco"),
        ("Ostkamp FlexKapG", "Ostkamp FlexKapG", "flexco"),
        ("Ostkamp e.U.", "Ostkamp e.U.", "eu"),
        ("Company Ostkamp Ltd", "Ostkamp Ltd", "ltd"),
        ("Ostkamp® e.U.<br>Partner: Fremdhafen GmbH", "Ostkamp® e.U.", "eu"),
    ],
)
def test_the_legal_name_is_without_label_and_whole(line: str, legal: str, form: str) -> None:
    facts = said(f"<p>{line}</p>")
    assert (facts["legal_name"], facts["legal_form"]) == (legal, form)


@pytest.mark.parametrize(
    "line",
    [
        "Subsidiary of Hauptwerk SAS. 10 years.",
        "Ein Tochterunternehmen der Hauptwerk SAS",
        "Filiale de Hauptwerk SAS",
        "We are a wholly owned subsidiary of Hauptwerk SAS",
        "Controllata da Hauptwerk SAS",
        "Dochteronderneming van Hauptwerk SAS",
    ],
)
def test_a_subsidiary_is_not_called_like_its_parent(line: str) -> None:
    facts = said(f"<title>Ostkamp Beispiel | Impressum</title><p>{line}</p>")
    assert facts["name"] == "Ostkamp Beispiel"
    assert "legal_name" not in facts
    assert facts["parent"] == "Hauptwerk SAS"


def test_the_owner_beside_its_parent_keeps_its_legal_name() -> None:
    facts = said("<p>Subsidiary of Hauptwerk SAS. Ostkamp Beispiel GmbH, Berlin</p>")
    assert (facts["legal_name"], facts["parent"]) == ("Ostkamp Beispiel GmbH", "Hauptwerk SAS")


@pytest.mark.parametrize(
    ("html", "url", "name"),
    [
        (
            "<p>© 2010 lenskamp.com. All Rights Reserved.",
            "http://www.lenskamp.com/",
            "lenskamp.com",
        ),
        ("<p>© 2010 lenskamp", "http://www.lenskamp.com/", "lenskamp"),
        ("<p>© 2010 all my friends", "http://www.lenskamp.com/", None),
        (
            '<meta property="og:site_name" content="Lens Kamp - Objektive und mehr">',
            "http://lens-kamp.de/",
            "Lens Kamp",
        ),
        (
            '<meta property="og:site_name" content="Cameras | Lenskamp">',
            "http://lenskamp.de/",
            "Lenskamp",
        ),
        (
            '<meta property="og:site_name" content="Coca - Muster">',
            "http://lenskamp.de/",
            "Coca - Muster",
        ),
        ("<title>Contact Us Lenskamp</title>", "http://lenskamp.de/contact", "Lenskamp"),
        ("<title>About us: Lenskamp</title>", "http://lenskamp.de/about", "Lenskamp"),
        ("<title>Über uns Lenskamp</title>", "http://lenskamp.de/about", "Lenskamp"),
    ],
)
def test_the_name_without_what_is_around_it(html: str, url: str, name: str | None) -> None:
    assert values(found(html, "name", url, "home")) == ([name] if name else [])


@pytest.mark.parametrize(
    ("html", "number"),
    [
        ("Amtsgericht Charlottenburg, Register-Nr. VR 26885 B", "Berlin (Charlottenburg) VR 26885"),
        ("Partnerschaftsregister PR 123, Amtsgericht Köln", "Köln PR 123"),
        ("Vereinsregister: VR 12345", "VR 12345"),
        ("Mit VR 360 durch die Fabrik", None),
        ("PR 2024: unsere Pressearbeit", None),
        ("SIRET : 91234567500017", "912345675"),
        ("SIRET 912 345 675 00017", "912345675"),
        ("N° SIRET : 912.345.675.00017", None),
        ("SIRET : 912345675", None),
        ("SIREN : 912345675", "912345675"),
    ],
)  # fmt: skip
def test_register_numbers(html: str, number: str | None) -> None:
    assert said(f"<p>{html}</p>").get("register_number") == number


@pytest.mark.parametrize(
    ("line", "street"),
    [
        ("Le siège social est situé au 54 rue des Lilas 33610 Canéjan", "54 rue des Lilas"),
        ("La sede della nostra società è in Via Roma, 5 — 00184 Roma", "Via Roma, 5"),
        ("Via Del Prato, 23 — 65010 Vicoli (PE), Italia", "Via Del Prato, 23"),
        ("Firma Ostkamp GmbH Adresse Hafenweg 19, 28217 Bremen", "Hafenweg 19"),
        ("12 rue du 8 mai 1945, 33610 Canéjan", "12 rue du 8 mai 1945"),
    ],
)
def test_the_street_is_without_the_sentence(line: str, street: str) -> None:
    top = "it" if "Via" in line else "de" if "Bremen" in line else "fr"
    assert said(f"<p>{line}</p>", f"https://made-up.{top}/legal").get("street") == street


@pytest.mark.parametrize(
    ("html", "city"),
    [
        ("Address: 45 Tinkers Place, Isle of Dogs.<br>Postcode: E14 9AB.", "Isle of Dogs"),
        ("20 Wharfside Road<br>N1 7AB<br>London, England", "London"),
        ("20 Wharfside Road, Leeds, United Kingdom<br>LS1 4AB", "Leeds"),
        ("Unit 5, Whitefold Business Park<br>LS1 4AB", None),
        ("20 Wharfside Road, Leeds, Post Code LS1 4AB", "Leeds"),
    ],
)
def test_the_city_of_a_british_address(html: str, city: str | None) -> None:
    assert said(f"<p>{html}</p>", "https://made-up.co.uk/contact", "contact").get("city") == city
