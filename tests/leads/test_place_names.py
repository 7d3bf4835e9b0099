import pytest

from leads.lexicon.languages import codes, language_code, language_name
from leads.lexicon.places.place_names import cities_apart, city_named, region_named, region_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bayern", "Bavaria"),
        ("BAVARIA", "Bavaria"),
        ("Thueringen", None),
        ("Thüringen", "Thuringia"),
        ("Noord-Brabant", "North Brabant"),
        ("Ile de France", "Île-de-France"),
        ("Calif.", "California"),
        # Two letters mean a state here and a province there.
        ("CA", None),
        ("WA", None),
        ("Limburg", None),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_regions(text: str, name: str | None) -> None:
    assert region_named(text) == name


def test_a_region_is_known_by_its_own_name() -> None:
    assert len(region_names()) > 150
    assert all(region_named(name) == name for name in region_names())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Köln", "Cologne"),
        ("Koeln", "KÖLN"),
        ("Den Haag", "'s-Gravenhage"),
        ("Zurich", "Zürich"),
        ("Nowhere", "nowhere"),
    ],
)
def test_cities_of_many_names(one: str, other: str) -> None:
    assert city_named(one) == city_named(other)
    assert city_named(one) != city_named("Elsewhere")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("de", "de"),
        ("DE", "de"),
        ("de-AT", "de"),
        ("Deutsch", "de"),
        ("Français", "fr"),
        ("francais", "fr"),
        ("klingon", None),
        ("xx", None),
    ],
)
def test_languages(text: str, code: str | None) -> None:
    assert language_code(text) == code


def test_every_language_has_a_code_of_two_letters() -> None:
    assert len(codes()) == 183
    assert all(len(code) == 2 for code in codes())
    assert language_name("no") == "Norwegian"
    assert language_name("zu") == "zu"


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        pytest.param("Köln", "Köln-Ehrenfeld", False, id="a district behind it"),
        pytest.param("Cologne", "Köln-Ehrenfeld", False, id="a district of it under another name"),
        pytest.param("Rotterdam", "Hoogvliet Rotterdam", False, id="a district before it"),
        pytest.param("London", "Greater London", False, id="around it"),
        pytest.param("Prague", "Praha 4", False, id="a numbered district"),
        pytest.param("The Hague", "Den Haag Scheveningen", False, id="a name of two words"),
        pytest.param("Frankfurt", "Frankfurt am Main", False, id="the river left out"),
        pytest.param("York", "New York", True, id="another city that tables know"),
        pytest.param("Cologne", "Bonn", True, id="nothing in common"),
        pytest.param("Ulm", "Ulmen", True, id="only letters in common"),
        pytest.param("Cologne", "\N{NULL}", True, id="nowhere"),
    ],
)
def test_cities_that_are_certainly_not_the_same(one: str, other: str, apart: bool) -> None:
    assert cities_apart(city_named(one) or one, city_named(other) or other) is apart
    assert cities_apart(city_named(other) or other, city_named(one) or one) is apart


@pytest.mark.parametrize("spelling", ["St. Gallen", "Sankt Gallen", "Saint Gallen"])
def test_saints_are_written_in_many_ways(spelling: str) -> None:
    assert city_named(spelling) == city_named("St Gallen")
