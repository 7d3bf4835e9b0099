"""Countries are read from codes, names in many languages and flags; a name of two countries is
none.
"""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.lexicon.places.countries import (
    CODES,
    column_country,
    compared,
    country_code,
    country_name,
)
from leads.lexicon.reference import document, rows

# text, code
COUNTRIES = [
    ("DE", "DE"),
    ("de", "DE"),
    ("NA", "NA"),  # Namibia, not "nothing"
    ("NO", "NO"),  # Norway, not "no"
    ("NAM", "NA"),
    ("Namibia", "NA"),
    ("Norge", "NO"),
    ("DEU", "DE"),
    (" Germany ", "DE"),
    ("DEUTSCHLAND", "DE"),
    ("Allemagne", "DE"),
    ("Niemcy", "DE"),
    ("Saksa", "DE"),
    ("Německo", "DE"),
    ("Nemecko", "DE"),
    ("Österreich", "AT"),
    ("Oesterreich", "AT"),
    ("OSTERREICH", "AT"),
    ("Schweiz", "CH"),
    ("Suisse", "CH"),
    ("Holland", "NL"),
    ("The Netherlands", "NL"),
    ("NETHERLANDS, THE", "NL"),
    ("U.S.A.", "US"),
    ("U. S. A.", "US"),
    ("u.s.", "US"),
    ("USA", "US"),
    ("usa", "US"),
    ("United States of America (USA)", "US"),
    ("États-Unis", "US"),
    ("EE. UU.", "US"),
    ("UK", "GB"),
    ("U.K.", "GB"),
    ("England", "GB"),
    ("ENGLAND & WALES", "GB"),
    ("Northern Ireland", "GB"),
    ("Ireland", "IE"),
    ("Éire", "IE"),
    ("Czechia", "CZ"),
    ("Czech Republic", "CZ"),
    ("Türkiye", "TR"),
    ("Turkey", "TR"),
    ("Korea", "KR"),  # no list of prospects means the North
    ("Korea, Republic of", "KR"),
    ("Korea, Democratic People's Republic of", "KP"),
    ("Republic of China", "TW"),
    ("PR China", "CN"),
    ("Hong Kong", "HK"),
    ("Hong Kong SAR China", "HK"),
    ("Georgia", "GE"),  # a column of countries holds no states
    ("DR Congo", "CD"),
    ("Republic of the Congo", "CG"),
    ("Malta, Republic of", "MT"),
    ("Kingdom of Belgium", "BE"),
    ("Moldova, Republic of", "MD"),
    ("Côte d’Ivoire", "CI"),
    ("COTE D IVOIRE", "CI"),
    ("Bosnia and Herzegovina", "BA"),
    ("Bosnia & Herzegovina", "BA"),
    ("St. Lucia", "LC"),
    ("Saint Lucia", "LC"),
    ("Россия", "RU"),
    ("日本", "JP"),
    ("🇫🇷", "FR"),
    ("DE - Germany", "DE"),
    ("Germany (DE)", "DE"),
    ("West Germany", "DE"),
    ("Kosovo", "XK"),
]

NOT_COUNTRIES = [
    "",
    " ",
    "-",
    "n/a",
    "N.A.",
    "na",
    "no",
    "No",
    "None",
    "null",
    "Congo",  # two countries
    "Virgin Islands",
    "Yugoslavia",
    "Europe",
    "EU",
    "North America",
    "Lancs",
    "London, UK",  # a place in a country is a place
    "United States / Canada",
    "deu",
    "and",  # AND is Andorra
    "XX",
    "UKR AINE",
    "Germany " * 50,
]


@pytest.mark.parametrize(("text", "code"), COUNTRIES)
def test_a_country_is_read(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("D", "DE"), (" A ", "AT"), ("F", "FR"), ("CH", "CH"), ("d", None), ("X", None)],
)
def test_a_column_of_countries_may_hold_vehicle_signs(text: str, code: str | None) -> None:
    assert column_country(text) == code
    assert len(text.strip()) > 1 or country_code(text) is None


@pytest.mark.parametrize("text", NOT_COUNTRIES)
def test_what_is_no_country_or_two_is_none(text: str) -> None:
    assert country_code(text) is None


def test_every_code_reads_as_itself_and_as_its_name() -> None:
    for code in CODES:
        assert country_code(code) == code
        assert country_code(country_name(code)) == code
    assert country_name("??") == "??"


def test_the_codes_are_those_of_the_table_and_no_name_has_two() -> None:
    table = rows("countries.tsv")
    assert {code for code, *_ in table} == CODES
    codes: dict[str, set[str]] = defaultdict(set)
    for code, alpha3, _, names in table:
        assert country_code(alpha3) == code
        for name in names.split("|"):
            codes[compared(name)].add(code)
    for code, aliases in document("country_aliases.yaml").items():
        for alias in aliases:
            codes[compared(alias)].add(code)
    assert codes.pop("congo") == {"CG", "ambiguous"}
    assert {name: found for name, found in codes.items() if len(found) > 1} == {}
    assert set(document("country_aliases.yaml")) - CODES == {"ambiguous"}


@given(st.one_of(st.text(max_size=40), st.sampled_from(sorted(CODES))))
def test_any_text_is_answered_and_a_code_is_one_of_the_table(text: str) -> None:
    code = country_code(text)
    assert code is None or (code in CODES and country_code(code) == code)
