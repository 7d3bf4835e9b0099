import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.postal import addresses
from enrich.streets import street_in
from leads.facts import Scope
from tests.made_pages import found, values


@pytest.mark.parametrize(
    ("text", "hint", "parts"),
    [
        pytest.param(
            "Acme GmbH\nBeispielweg 5\n10115 Berlin\nDeutschland",
            None,
            ("Beispielweg 5", "10115", "Berlin", None, "DE"),
            id="German, country named",
        ),
        pytest.param(
            "Acme GmbH, Musterstraße 12a, D-80331 München, Tel",
            None,
            ("Musterstraße 12a", "80331", "München", None, "DE"),
            id="German, with its prefix",
        ),
        pytest.param(
            "Acme GmbH Musterstr. 12 80331 München",
            "DE",
            ("Musterstr. 12", "80331", "München", None, "DE"),
            id="German, in one line without commas",
        ),
        pytest.param(
            "Postfach 12 34 | 70173 Stuttgart",
            "DE",
            ("Postfach 12 34", "70173", "Stuttgart", None, "DE"),
            id="a box",
        ),
        pytest.param(
            "Ringstraße 7\n1010 Wien\nÖsterreich",
            "DE",
            ("Ringstraße 7", "1010", "Wien", None, "AT"),
            id="Austrian, against the page's language",
        ),
        pytest.param(
            "Bahnhofstrasse 1, CH-8001 Zürich",
            None,
            ("Bahnhofstrasse 1", "8001", "Zürich", None, "CH"),
            id="Swiss",
        ),
        pytest.param(
            "12 rue de l'Exemple\n75002 Paris Cedex 02\nFrance",
            None,
            ("12 rue de l'Exemple", "75002", "Paris", None, "FR"),
            id="French, with Cedex",
        ),
        pytest.param(
            "Via Esempio 10 - 20121 Milano (MI) - Italia",
            "DE",
            ("Via Esempio 10", "20121", "Milano", None, "IT"),
            id="Italian, with its province",
        ),
        pytest.param(
            "Calle Ejemplo, 5, 28013 Madrid",
            "ES",
            ("Calle Ejemplo, 5", "28013", "Madrid", None, "ES"),
            id="Spanish, number behind a comma",
        ),
        pytest.param(
            "Rua do Exemplo, Nº 608, 1º Andar\n4745-330 Trofa, Portugal",
            None,
            ("Rua do Exemplo, Nº 608, 1º Andar", "4745-330", "Trofa", None, "PT"),
            id="Portuguese, with its floor",
        ),
        pytest.param(
            "Rua do Exemplo,\nNº 608, 1º Andar\n4745-330 Trofa",
            "PT",
            ("Rua do Exemplo, Nº 608, 1º Andar", "4745-330", "Trofa", None, "PT"),
            id="a street over two lines",
        ),
        pytest.param(
            "5 Example Quay\nDunmore\nIreland",
            None,
            ("5 Example Quay", "", "Dunmore", None, "IE"),
            id="no postcode",
        ),
        pytest.param(
            "Muster Group plc\n9 Example Gate\nAldersyke ZZ99 1AA",
            None,
            ("9 Example Gate", "ZZ99 1AA", "Aldersyke", None, "GB"),
            id="a company's name on the line before",
        ),
        pytest.param(
            "Voorbeeldgracht 100, 1015 AA Amsterdam",
            None,
            ("Voorbeeldgracht 100", "1015 AA", "Amsterdam", None, "NL"),
            id="Dutch",
        ),
        pytest.param(
            "ul. Prosta 5, 00-950 Warszawa",
            None,
            ("ul. Prosta 5", "00-950", "Warszawa", None, "PL"),
            id="Polish",
        ),
        pytest.param(
            "Storgatan 5, 111 22 Stockholm",
            "SE",
            ("Storgatan 5", "111 22", "Stockholm", None, "SE"),
            id="Swedish",
        ),
        pytest.param(
            "Unit 3 Example Court\n250 Example Road\nHampstead\nLondon\nNW3 6DN",
            None,
            ("Unit 3 Example Court, 250 Example Road", "NW3 6DN", "London", None, "GB"),
            id="British, over lines",
        ),
        pytest.param(
            "Unit 29 Example Road, Muster Trading Estate, Cheltenham, Gloucestershire GL51 9PL",
            None,
            (
                "Unit 29 Example Road, Muster Trading Estate",
                "GL51 9PL",
                "Cheltenham",
                "Gloucestershire",
                "GB",
            ),
            id="British, with its county",
        ),
        pytest.param(
            "4120 Example Court Fremont, CA 94538",
            None,
            ("4120 Example Court", "94538", "Fremont", "California", "US"),
            id="American, no comma before the city",
        ),
        pytest.param(
            "2828 SW Example Avenue Suite 135\nPortland, OR 97201-1234",
            None,
            ("2828 SW Example Avenue Suite 135", "97201-1234", "Portland", "Oregon", "US"),
            id="American, long postcode",
        ),
        pytest.param(
            "1391 Example Road\nFenton, Missouri 63026",
            None,
            ("1391 Example Road", "63026", "Fenton", "Missouri", "US"),
            id="American, state by name",
        ),
        pytest.param(
            "31 Example Cres\nEtobicoke, ON M9B 1P2",
            None,
            ("31 Example Cres", "M9B 1P2", "Etobicoke", "Ontario", "CA"),
            id="Canadian",
        ),
        pytest.param(
            "493 Example Street North Perth WA 6006",
            "AU",
            ("493 Example Street North", "6006", "Perth", "Western Australia", "AU"),
            id="Australian",
        ),
    ],
)
def test_an_address_in_text(text: str, hint: str | None, parts: tuple[str | None, ...]) -> None:
    (one,) = addresses(text, hint)
    assert (one.street, one.postcode, one.city, one.region, one.country) == parts


@pytest.mark.parametrize(
    "text",
    [
        "over 10000 Users worldwide",
        "Since 2014 Acme has sold 12345 Machines",
        "HRB 12345 Berlin",
        "Version 1.2345 Beta",
        "Order 12345 Berlin now",
        "Tel 01234 Berlin",
        "model A1 2BC",
    ],
)
def test_numbers_before_words_are_no_addresses(text: str) -> None:
    assert addresses(text, "DE") == []


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("Acme GmbH, Beispielweg 5", "Beispielweg 5"),
        ("Acme GmbH Beispielweg 5", "Beispielweg 5"),
        ("Adresse: Am Hafen 3", "Am Hafen 3"),
        ("Anschrift: Zeche Nord 5-7", "Zeche Nord 5-7"),
        ("Suite 4, 12 Example Road", "Suite 4, 12 Example Road"),
        ("12 Example Road, PO Box 5", "12 Example Road, PO Box 5"),
        ("Acme, PO Box 5", "PO Box 5"),
        ("Opening hours 9 to 17", None),
        ("call us on 030 901820", None),
        ("www.acme.example", None),
        ("dont le siège social est situé 12 rue de l'Exemple", "12 rue de l'Exemple"),
        ("Practice Perth493 Example Street North", "493 Example Street North"),
        ("", None),
    ],
)
def test_the_street_at_the_end_of_a_text(text: str, street: str | None) -> None:
    assert street_in(text) == street


ONE = "<p>Acme<br>Beispielweg 5<br>10115 Berlin</p>"
OTHER = "<p>Musterallee 9<br>20095 Hamburg</p>"


def test_the_address_of_a_page_is_the_company_s() -> None:
    facts = found(ONE, "city", "https://acme.de/", "contact")
    assert [(one.value, one.scope, one.quote) for one in facts] == [
        ("Berlin", Scope.COMPANY, "Beispielweg 5 10115 Berlin")
    ]


def test_several_addresses_are_sites() -> None:
    assert [
        (one.value, one.scope) for one in found(ONE + OTHER, "city", "https://acme.de/", "contact")
    ] == [
        ("Berlin", Scope.SITE),
        ("Hamburg", Scope.SITE),
    ]


@pytest.mark.parametrize(
    "html", [f"{OTHER}<h2>Hauptsitz</h2>{ONE}", f"{ONE}<p>Hosting provider: Muster{OTHER}"]
)
def test_the_seat_or_the_only_one_that_is_not_another_s_is_the_company_s(html: str) -> None:
    facts = found(html, "city", "https://acme.de/", "contact")
    assert [one.value for one in facts if one.scope is Scope.COMPANY] == ["Berlin"]


def test_in_an_imprint_the_first_address_is_the_owner_s() -> None:
    assert values(found(ONE + OTHER, "postcode", "https://acme.de/", "imprint")) == ["10115"]


def test_a_country_that_only_the_page_s_domain_tells_is_inferred() -> None:
    (named,) = found(ONE + "Germany", "country", "https://acme.com/", "imprint")
    (guessed,) = found(ONE, "country", "https://acme.de/", "imprint")
    assert (named.value, named.method, guessed.value, guessed.method) == (
        "DE",
        "imprint_text",
        "DE",
        "format",
    )
    assert guessed.confidence < named.confidence
    assert found(ONE, "country", "https://acme.com/", "imprint") == []


@given(
    st.text(alphabet="1234567890 ABab,.\n-ßé'weg", max_size=150),
    st.sampled_from(["DE", "AT", "GB", "US", "AU", None]),
)
def test_any_text_is_read(text: str, hint: str | None) -> None:
    assert all(
        (0 <= one.start < one.end <= len(text) and one.postcode in text) or " " in one.postcode
        for one in addresses(text, hint)
    )
