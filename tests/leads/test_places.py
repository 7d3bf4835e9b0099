"""Places are read from what lists say about locations; a wrong country is worse than none."""

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leads.lexicon.places.countries import CODES
from leads.lexicon.places.locations import Place, parse_places
from leads.lexicon.reference import document

Expected = tuple[str | None, str | None, str | None]

# text, (country, region, city) …
PLACES: list[tuple[str, list[Expected]]] = [
    ("San Francisco, CA, USA; Remote", [("US", "California", "San Francisco")]),
    ("Cambridge, UK / Remote", [("GB", None, "Cambridge")]),
    ("Cambridge, MA", [("US", "Massachusetts", "Cambridge")]),
    ("Toronto, ON, Canada", [("CA", "Ontario", "Toronto")]),
    ("Toronto, Ontario", [("CA", "Ontario", "Toronto")]),
    ("Vancouver, B.C, Canada", [("CA", "British Columbia", "Vancouver")]),
    ("Washington, DC", [("US", "District of Columbia", "Washington")]),
    ("Brisbane, QLD, Australia", [("AU", "Queensland", "Brisbane")]),
    ("London, England, United Kingdom", [("GB", "England", "London")]),
    ("Dundee, Scotland", [("GB", "Scotland", "Dundee")]),
    ("Paris, Île-de-France, France", [("FR", "Île-de-France", "Paris")]),
    ("California, USA", [("US", "California", None)]),
    ("Austin, Tex.", [("US", "Texas", "Austin")]),
    # Codes of states, provinces and countries overlap; a known city decides.
    ("Berlin, DE", [("DE", None, "Berlin")]),
    ("Wilmington, DE", [("US", "Delaware", "Wilmington")]),
    ("Indianapolis, IN", [("US", "Indiana", "Indianapolis")]),
    ("Bangalore, IN", [("IN", None, "Bangalore")]),
    ("Haifa, IL", [("IL", None, "Haifa")]),
    ("Chicago, IL", [("US", "Illinois", "Chicago")]),
    ("Lima, PE / Remote", [("PE", None, "Lima")]),
    ("Amsterdam, NL", [("NL", None, "Amsterdam")]),
    ("Regina, SK", [("CA", "Saskatchewan", "Regina")]),
    ("Perth, WA", [("AU", "Western Australia", "Perth")]),
    ("Seattle, WA", [("US", "Washington", "Seattle")]),
    ("Munich, BY", [("DE", "BY", "Munich")]),
    ("Milano, MI", [("IT", "MI", "Milano")]),
    ("Bengaluru, KA, India", [("IN", "KA", "Bengaluru")]),
    ("MH, India", [("IN", "MH", None)]),
    ("Lagos, LA, Nigeria", [("NG", "LA", "Lagos")]),
    ("Pollenza (MC), Italy", [("IT", "MC", "Pollenza")]),
    (
        "Aschaffenburg, BY",
        [(None, "BY", "Aschaffenburg")],
    ),  # Bavaria, more likely than Belarus: open
    ("Somewhere, MT", [(None, "MT", "Somewhere")]),  # Montana or Malta
    (
        "Portland, US; Smalltown, CA; Berlin, DE",
        [("US", None, "Portland"), ("CA", None, "Smalltown"), ("DE", None, "Berlin")],
    ),
    ("Smalltown, CA; Austin, TX", [("US", "California", "Smalltown"), ("US", "Texas", "Austin")]),
    # Namesakes of large cities, and names that are a city's and a state's.
    ("Paris, TX", [("US", "Texas", "Paris")]),
    ("Rome, NY; Remote", [("US", "New York", "Rome")]),
    ("Athens, GA", [("US", "Georgia", "Athens")]),
    ("Dublin, CA", [("US", "California", "Dublin")]),
    ("Vienna, Virginia", [("US", "Virginia", "Vienna")]),
    ("London, Ontario", [("CA", "Ontario", "London")]),
    ("Ontario, California", [("US", "California", "Ontario")]),
    ("New Brunswick, New Jersey", [("US", "New Jersey", "New Brunswick")]),
    ("New York, New York", [("US", "New York", "New York")]),
    ("Buffalo, New York", [("US", "New York", "Buffalo")]),
    ("Victoria, BC", [("CA", "British Columbia", "Victoria")]),
    ("Melbourne, Victoria", [("AU", "Victoria", "Melbourne")]),
    ("Mount Lebanon, PA", [("US", "Pennsylvania", "Mount Lebanon")]),
    ("Long Island, NY", [("US", "New York", "Long Island")]),
    ("Hong Kong Island, Hong Kong", [("HK", None, "Hong Kong Island")]),
    ("Boston MA, USA", [("US", "Massachusetts", "Boston")]),
    ("Port of Spain", [("TT", None, "Port of Spain")]),
    # Georgia is a state and a country.
    ("Atlanta, Georgia", [("US", "Georgia", "Atlanta")]),
    ("Tbilisi, Georgia", [("GE", None, "Tbilisi")]),
    ("Rustavi, Georgia", [(None, "Georgia", "Rustavi")]),
    ("Georgia, USA", [("US", "Georgia", None)]),
    ("Georgia", []),
    # Country first, brackets, lists, lines, flags, joints.
    ("India, Gurgaon", [("IN", None, "Gurgaon")]),
    ("Norway, Ytterby", [("NO", None, "Ytterby")]),
    ("USA - Atlanta, Georgia.", [("US", "Georgia", "Atlanta")]),
    (
        "US: Menlo Park, CA; Seattle, WA",
        [("US", "California", "Menlo Park"), ("US", "Washington", "Seattle")],
    ),
    (
        "UK (London)\nHungary (Budapest and Szeged)",
        [("GB", None, "London"), ("HU", None, "Budapest"), ("HU", None, "Szeged")],
    ),
    ("London (UK), Bialystok (Poland)", [("GB", None, "London"), ("PL", None, "Bialystok")]),
    ("Santa Monica, CA 90404 (USA)", [("US", "California", "Santa Monica")]),
    ("Houston, Texas and Singapore.", [("US", "Texas", "Houston"), ("SG", None, None)]),
    (
        "Singapore, London & Auckland",
        [("SG", None, None), ("GB", None, "London"), ("NZ", None, "Auckland")],
    ),
    ("Denmark, London, USA", [("DK", None, None), ("GB", None, "London"), ("US", None, None)]),
    ("Tulsa Oklahoma, Bandung Indonesia", [("US", "Oklahoma", "Tulsa"), ("ID", None, "Bandung")]),
    ("Boston MA", [("US", "Massachusetts", "Boston")]),
    ("Cambridge, MA USA", [("US", "Massachusetts", "Cambridge")]),
    (
        "- Boston, MA (Headquarters)\n- Austin, TX",
        [("US", "Massachusetts", "Boston"), ("US", "Texas", "Austin")],
    ),
    (
        "* [Oslo, Norway](https://maps.example/x)\n* **Riga, Latvia**",
        [("NO", None, "Oslo"), ("LV", None, "Riga")],
    ),
    ("Annecy 🇫🇷", [("FR", None, "Annecy")]),
    ("MI, OH, WA", [("US", "Michigan", None), ("US", "Ohio", None), ("US", "Washington", None)]),
    ("DE, AT, CH", [("DE", None, None), ("AT", None, None), ("CH", None, None)]),
    ("Bosnia and Herzegovina", [("BA", None, None)]),
    ("Trinidad & Tobago", [("TT", None, None)]),
    ("berlin, germany", [("DE", None, "berlin")]),
    ("Vienna, Vienna, Austria", [("AT", None, "Vienna")]),
    (
        "US; Boston, MA; Boston, MA",
        [("US", "Massachusetts", "Boston")],
    ),  # once, and the country goes without saying
    # Addresses and prose.
    ("4910 E Main Dr, Unit B, Tampa, FL - 33605, United States.", [("US", "Florida", "Tampa")]),
    ("1100 Main Street, Cambridge, UK", [("GB", None, "Cambridge")]),
    ("Musterplatz 5, 60314 Frankfurt am Main, Germany", [("DE", None, "Frankfurt am Main")]),
    ("Musterring 2 50674 Köln", [("DE", None, "Köln")]),
    ("70 Sample Street\nLondon\nN1 9PP\nUnited Kingdom", [("GB", None, "London")]),
    (
        "Headquartered in Redwood City, California and Dublin, Ireland.",
        [("US", "California", "Redwood City"), ("IE", None, "Dublin")],
    ),
    ("Headquarters in Perry, GA. With several satellite offices.", [("US", "Georgia", "Perry")]),
    ("No offices, but most of us live in Germany", [("DE", None, None)]),
    ("San Francisco HQ", [("US", None, "San Francisco")]),
    ("Remote (US)", [("US", None, None)]),
]

NO_PLACES = [
    "",
    "-",
    "Remote",
    "Worldwide",
    "100% Remote.",
    "N/A",
    "None; or everywhere!",
    "North America, Europe",
    "EMEA, APAC",
    "The internet.",
    "No physical office",
    "We do not have an office location",
    "https://acme.example/offices",
    "Cambridge",  # which?
    "Halifax",
    "Victoria Street",
    "DE",  # Germany or Delaware
    "12345",
    "Congo",
]


def read(text: str) -> list[Expected]:
    return [(place.country, place.region, place.city) for place in parse_places(text)]


@pytest.mark.parametrize(("text", "places"), PLACES)
def test_places_are_read(text: str, places: list[Expected]) -> None:
    assert read(text) == places


@pytest.mark.parametrize("text", NO_PLACES)
def test_what_tells_no_place_is_none(text: str) -> None:
    assert read(text) == []


def test_a_place_keeps_its_words() -> None:
    assert parse_places("Remote; Boston, MA 02134") == (
        Place("US", "Massachusetts", "Boston", "Boston, MA"),
    )


@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(
                [
                    "Berlin",
                    "London",
                    "Georgia",
                    "CA",
                    "DE",
                    "IN",
                    "USA",
                    "Remote",
                    "New",
                    "York",
                    "WA",
                    "12345",
                    "Österreich",
                    "🇩🇪",
                    *",;/()-",
                ]
            ),
            max_size=12,
        ).map(" ".join),
    )
)
@example("(" * 4000)
@example("A, " * 4000)
@example("[" * 4000)
@example("Acme and " * 4000)
def test_any_text_is_answered_with_countries_of_the_table(text: str) -> None:
    for place in parse_places(text):
        assert place.country is None or place.country in CODES
        assert place.country or place.region


def test_the_tables_name_countries_and_states_that_exist() -> None:
    tables = document("places.yaml")
    assert len(tables["states"]["US"]) == 51
    assert len(tables["states"]["CA"]) == 13
    assert (set(tables["cities"]) | set(tables["provinces"])) <= CODES
    codes = {code for states in tables["states"].values() for code in states}
    assert codes & CODES == set(tables["shared_codes"])
    assert set(tables["weak_codes"]) <= CODES - codes
    for country, states in tables["state_towns"].items():
        assert set(states) <= set(tables["states"][country])


def test_no_city_is_in_two_countries() -> None:
    named = document("places.yaml")["cities"].values()
    cities = [city for names in named for city in dict.fromkeys(names)]
    assert len(cities) == len(set(cities))


# list, column, share of the filled cells that must tell a country
REAL = [
    ("yc.csv", "all_locations", 0.98),
    ("hiring-without-whiteboards.csv", "locations", 0.90),
    ("remoteintech.csv", "offices_text", 0.80),
    ("sp500.csv", "Headquarters Location", 0.99),
]


@pytest.mark.parametrize(("name", "column", "share"), REAL)
def test_real_lists_tell_their_countries(name: str, column: str, share: float, data: Path) -> None:
    with (data / "companies" / name).open(newline="", encoding="utf-8") as file:
        cells = [row[column] for row in csv.DictReader(file) if row[column]]
    told = [cell for cell in cells if any(place.country for place in parse_places(cell))]
    assert len(told) >= share * len(cells)


# Countries that the list states in a column of its own, under another name.
STATED = {
    "United States of America": "US",
    "United Kingdom": "GB",
    "Canada": "CA",
    "India": "IN",
    "Germany": "DE",
    "Georgia": "GE",
}


def test_countries_agree_with_what_a_list_states_beside(data: Path) -> None:
    with (data / "companies" / "yc.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["all_locations"]]
    for name, code in STATED.items():
        stated = {row["id"] for row in rows if name in row["regions"].split("|")}
        found = {
            row["id"]
            for row in rows
            if any(place.country == code for place in parse_places(row["all_locations"]))
        }
        assert len(stated & found) >= 0.99 * len(stated), name
        assert len(found - stated) <= 0.01 * len(found) + 2, name


@pytest.mark.parametrize(
    ("text", "country", "city"),
    [
        ("Norway, ME", "US", "Norway"),
        ("Cuba, New York", "US", "Cuba"),
        ("Angola, IN, USA", "US", "Angola"),
        ("Portland, Dorset", "GB", "Portland"),
        ("Wellington, Somerset, UK", "GB", "Wellington"),
        ("Washington, Tyne & Wear", "GB", "Washington"),
        ("Norfolk, VA", "US", "Norfolk"),
        ("Kent, WA", "US", "Kent"),
        ("Barrie, Ontario, CA", "CA", "Barrie"),
        ("Pune, Maharashtra 411001, IN", "IN", "Pune"),
        ("Secunderabad, Telangana, IN", "IN", "Secunderabad"),
        ("Ontario, CA", "US", "Ontario"),
        ("Egypt, Lincolnshire", "GB", "Egypt"),
        ("Gibraltar, Bedfordshire", "GB", "Gibraltar"),
        ("Halifax, W. Yorks", "GB", "Halifax"),
        ("Newry, Co Down", "GB", "Newry"),
        ("Tralee, Co. Kerry", "IE", "Tralee"),
        ("Karachi, Sindh", "PK", "Karachi"),
        ("Aix-en-Provence, Bouches-du-Rhône", "FR", "Aix-en-Provence"),
        ("Durban, KwaZulu-Natal", "ZA", "Durban"),
    ],
)
def test_towns_named_like_countries_and_towns_of_counties(
    text: str, country: str, city: str
) -> None:
    assert [(place.country, place.city) for place in parse_places(text)] == [(country, city)]


def test_a_county_that_is_a_town_elsewhere_says_nothing_alone() -> None:
    assert parse_places("Norfolk") == ()
    assert parse_places("Jamaica, Surrey") == ()
    assert [place.country for place in parse_places("Mexico")] == ["MX"]
