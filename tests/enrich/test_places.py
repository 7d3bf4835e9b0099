"""Places of a company without a postcode, and sites beside the seat."""

import pytest

from leads.facts import Scope
from tests.made_pages import found, values

ACME = "https://acme-pumpen.example/"


def cities(html: str, kind: str = "about") -> list[str]:
    return values(found(html, "city", ACME, kind))


@pytest.mark.parametrize(
    ("html", "named"),
    [
        pytest.param(
            "<h2>Our locations</h2><p>Reno, Nevada<p>Lyon, France<p>Graz, Austria",
            ["Reno", "Lyon", "Graz"],
            id="a list under a heading",
        ),
        pytest.param(
            "<h2>Locations</h2><p>Reno, NV<p>Danvers, MA", ["Reno", "Danvers"], id="codes of states"
        ),
        pytest.param("<p>5 Example Road<br>Fenton, MO<br>Phone", ["Fenton"], id="under a street"),
        pytest.param(
            "We have offices in Leeds, York and Hull.", ["Leeds", "York", "Hull"], id="a sentence"
        ),
        pytest.param(
            "Standorte in Berlin, Hamburg und München",
            ["Berlin", "Hamburg", "München"],
            id="German",
        ),
        pytest.param("Nos agences à Lyon et Paris", ["Lyon", "Paris"], id="French"),
        pytest.param("Nuestras oficinas en Madrid y Bilbao", ["Madrid", "Bilbao"], id="Spanish"),
        pytest.param("Biura w Warszawa i Gdynia: Acme", ["Warszawa", "Gdynia"], id="Polish"),
        pytest.param(
            "Headquartered in Reno, Nevada, Acme makes pumps.", ["Reno"], id="a city and its state"
        ),
        pytest.param(
            "We opened Acme Pumpen in Edmonton, Alberta, in 1990.", ["Edmonton"], id="the owner's"
        ),
        pytest.param(
            "<title>Pumps in Leeds</title><p>Leeds pumps<p>All of Leeds", ["Leeds"], id="a title"
        ),
        pytest.param(
            "<h2>Testimonials</h2><p>Jo Bloggs, Texas<p>Kim Muster, Ohio", [], id="customers"
        ),
        pytest.param("<p>Jo Bloggs, MD", [], id="a degree"),
        pytest.param("Our dealers have offices in Leeds and York", [], id="dealers"),
        pytest.param("Support in English, French and German", [], id="languages"),
        pytest.param("Available in Texas, Ohio and Nevada", [], id="states"),
        pytest.param("We travelled from Reno, Nevada by train", [], id="no statement of a site"),
    ],
)
def test_places_without_a_postcode(html: str, named: list[str]) -> None:
    assert cities(html) == named


def test_a_place_without_a_postcode_is_a_site_with_its_words() -> None:
    (one,) = found("<p>5 Example Road<br>Fenton, MO", "street", ACME, "about")
    assert (one.value, one.scope) == ("5 Example Road", Scope.SITE)
    assert "Fenton, MO" in one.quote


SEAT = "<h2>Hauptsitz</h2><p>Beispielweg 5<br>10115 Berlin</p>"
BRANCH = "<h2>Filiale</h2><p>Musterallee 9<br>20095 Hamburg</p>"


@pytest.mark.parametrize(
    ("kind", "sites"),
    [
        pytest.param("contact", [("Berlin", Scope.COMPANY), ("Hamburg", Scope.SITE)], id="contact"),
        pytest.param("imprint", [("Berlin", Scope.COMPANY)], id="an imprint names the seat alone"),
    ],
)
def test_sites_beside_the_seat(kind: str, sites: list[tuple[str, Scope]]) -> None:
    facts = found(SEAT + BRANCH, "city", "https://acme.de/", kind)
    assert [(one.value, one.scope) for one in facts] == sites


@pytest.mark.parametrize(
    ("html", "street"),
    [
        pytest.param(
            "<p>39021 Sample Loop Road<br>Punta Gorda, Florida 33982",
            "39021 Sample Loop Road",
            id="five digits in America",
        ),
        pytest.param(
            "<p>1776 Sample Avenue<br>2nd Fl.<br>New York, NY 10019",
            "1776 Sample Avenue, 2nd Fl.",
            id="a floor on a line of its own",
        ),
        pytest.param(
            "<p>1776 Broadway<br>New York, NY 10019", "1776 Broadway", id="Broadway is a street"
        ),
        pytest.param(
            "<p>4 Prykladna Str.<br>03038 Kiev<br>Ukraine", "4 Prykladna Str.", id="Ukraine"
        ),
        pytest.param(
            "<p>Strada Exemplu 5<br>013696 Bucharest<br>Romania", "Strada Exemplu 5", id="Romania"
        ),
    ],
)
def test_streets_of_other_countries(html: str, street: str) -> None:
    assert street in values(found(html, "street", ACME, "contact"))
