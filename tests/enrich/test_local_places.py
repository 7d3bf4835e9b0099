"""Cities that a local company names in its title, headlines and sentences."""

import pytest

from tests.made_pages import found, values

US, GB, DE = "https://acmepumps.com/", "https://acmepumps.co.uk/", "https://acmepumpen.de/"
HEADLINE = "<p>Leeds Pump Repairs</p>"


@pytest.mark.parametrize(
    ("html", "named"),
    [
        pytest.param("<title>Pumps in Leeds since 1986</title><p>Pumps", ["Leeds"], id="a title"),
        pytest.param("<title>Leeds pumps</title><p>Pumps", [], id="a title alone says too little"),
        pytest.param(
            "<title>Used Heidelberg</title><p>Heidelberg presses<p>Heidelberg", [], id="a brand"
        ),
        pytest.param(
            f"{HEADLINE}<p>We mend pumps in all of Leeds.{HEADLINE}", ["Leeds"], id="a headline"
        ),
        pytest.param(f"{HEADLINE}<p>Pumps", [], id="a headline that is not repeated"),
        pytest.param(
            "<meta name=description content='Pump repairs, Leeds'><p>Leeds pumps. All of Leeds.",
            ["Leeds"],
            id="a description",
        ),
        pytest.param("<p>We are based in Leeds.", ["Leeds"], id="one large city"),
        pytest.param("<h1>Pumps</h1><p>Serving the greater Leeds area", ["Leeds"], id="an area"),
        pytest.param("<p>Visit our Leeds showroom", ["Leeds"], id="a showroom"),
        pytest.param("<p>We are a Leeds-based company", ["Leeds"], id="based"),
        pytest.param("<p>World Headquarters<br>Fernley, Nevada", ["Fernley"], id="a label"),
        pytest.param(
            "<table><tr><td>Headquarters<td>Fernley, Nevada</table>", ["Fernley"], id="a cell"
        ),
        pytest.param("<p>Acme Pumps repairs in Fernley Nevada", ["Fernley"], id="no comma"),
        pytest.param("<p>A fair in Fernley Nevada", [], id="no comma, not of the owner"),
        pytest.param("<p>Our dealers are based in Leeds.", [], id="dealers"),
        pytest.param("<p>Muster Valves Ltd is based in Leeds.", [], id="another company"),
        pytest.param("<p>Acme Pumps Ltd is based in Leeds.", ["Leeds"], id="the owner by name"),
        pytest.param("<p>Located in Building Four", [], id="a building"),
        pytest.param("<p>Our Main office", [], id="no city"),
        pytest.param("<h2>Locations</h2><p>Central, Florida", [], id="a part of a state"),
    ],
)
def test_a_city_of_a_local_company(html: str, named: list[str]) -> None:
    url = GB if "Leeds" in html or "Heidelberg" in html else US
    assert values(found(html, "city", url, "about")) == named


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("<p>Besuchen Sie unsere Hamburg Filiale", ["Hamburg"]),
        ("<p>Mit Sitz in Hamburg.", ["Hamburg"]),
        ("<p>Kunden in Hamburg", []),
        ("<p>Reisen nach Hamburg", []),
    ],
)
def test_a_city_of_a_german_company(html: str, named: list[str]) -> None:
    assert values(found(html, "city", DE, "about")) == named


@pytest.mark.parametrize(
    ("url", "named"),
    [("https://acmepumps.com.au/", ["Perth"]), ("https://acmepumps.de/", [])],
)
def test_a_name_of_several_cities_is_that_of_the_page_s_country(url: str, named: list[str]) -> None:
    html = "<title>Pumps Perth</title><p>Perth pumps. All of Perth."
    assert values(found(html, "city", url, "about")) == named
