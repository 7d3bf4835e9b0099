"""What a company says of itself in sentences: how many it employs, since when it exists, what it is
certified for.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.facts import Scope
from leads.values import Range
from tests.made_pages import found, values

GROUP = Scope.GROUP


@pytest.mark.parametrize(
    ("html", "low", "high"),
    [
        pytest.param("We are 45 people.", 45, 45, id="we are"),
        pytest.param("we are a team of 45 people in Berlin", 45, 45, id="a team of"),
        pytest.param("Unser Team von 45 Mitarbeitern berät Sie.", 45, 45, id="unser Team von"),
        pytest.param("Over 200 employees", 201, None, id="a figure that stands alone"),
        pytest.param("Acme employs 1,200 people worldwide.", 1200, 1200, id="the owner by name"),
        pytest.param("Acme beschäftigt rund 1.200 Mitarbeiter.", 1080, 1320, id="about"),
        pytest.param(
            "Heute arbeiten über 80 Mitarbeiterinnen und Mitarbeiter bei uns.",
            81,
            None,
            id="both genders",
        ),
        pytest.param(
            "Gegründet 1987, sind wir heute 45 Mitarbeiter.",
            45,
            45,
            id="a year of founding beside it",
        ),
        pytest.param("Mitarbeiter: 45", 45, 45, id="a label"),
        pytest.param("<td>Employees</td><td>200+</td>", 200, None, id="two cells"),
        pytest.param("<b>45+</b><div>Mitarbeiter</div>", 45, None, id="a tile"),
        pytest.param("Nous sommes 30 salariés.", 30, 30, id="French"),
        pytest.param("L'azienda conta 120 dipendenti", 120, 120, id="Italian"),
        pytest.param(
            "Fondata nel 1961, Acme S.r.l. conta oggi 120 dipendenti ed è certificata ISO"
            " 9001:2015.",
            120,
            120,
            id="a standard's year",
        ),
        pytest.param(
            "Créée en 1974, notre société emploie 85 salariés.",
            85,
            85,
            id="a year of founding, in French",
        ),
        pytest.param("Somos 25 personas", 25, 25, id="Spanish"),
        pytest.param("Ons team van 18 medewerkers", 18, 18, id="Dutch"),
        pytest.param("Zatrudniamy 150 pracowników", 150, 150, id="Polish"),
        pytest.param(
            "Mit unseren 45 Mitarbeitern betreuen wir 300 Kunden", 45, 45, id="customers behind it"
        ),
        pytest.param("For our customers we employ 45 people", 45, 45, id="customers before it"),
        pytest.param(
            "We have 3 locations and 80 dedicated employees", 80, 80, id="with an adjective"
        ),
        pytest.param(
            "Wir sind ein Familienunternehmen mit 60 Mitarbeitern", 60, 60, id="a family business"
        ),
    ],
)
def test_how_many_people_a_company_says_it_employs(html: str, low: int, high: int | None) -> None:
    assert values(found(f"<p>Hello</p><div>{html}</div><p>Bye", "employees", kind="about")) == [
        Range(low, high)
    ]


@pytest.mark.parametrize(
    "html",
    [
        "Our customers have 250 employees.",
        "For teams of 10 people",
        "for teams of 10 employees",
        "We help companies with 50 to 200 employees grow.",
        "Unsere Kunden beschäftigen zwischen 10 und 500 Mitarbeiter",
        "Für Unternehmen mit 250 Mitarbeitern",
        "Bis zu 10 Mitarbeiter",
        "Wir suchen 3 Mitarbeiter (m/w/d)",
        "We are hiring 20 people",
        "1998 hatten wir 12 Mitarbeiter.",
        "In 1998 our company had 12 employees.",
        "„Wir sind 250 Mitarbeiter und nutzen Acme“, sagt ein Kunde",
        "We trained 300 employees last year",
        "Over 300 people attended our event",
        "Our customer Fremd AG employs 1,200 people",
        "We welcomed 5 new employees",
        "25 $ per employee, 10 employees or more need a plan",
        "<select><option>1-10 employees<option>11-50 employees</select>",
        "Employees: 200 (2012)",
        "50 employees. 80 employees.",
        "3.500 Mitarbeiter unserer Kunden",
        "Tel. 030 45 Mitarbeiter-Hotline",
        "We are 45 employees (2012)",
    ],
)
def test_figures_of_others_of_other_times_and_of_jobs_are_not_the_company_s(html: str) -> None:
    assert found(f"<p>Hello</p><div>{html}</div><p>Bye", "employees", kind="about") == []


def test_a_group_s_figure_is_the_group_s() -> None:
    (one,) = found(
        "Wir sind Teil der Muster Gruppe, die 5.000 Mitarbeiter beschäftigt: die Gruppe beschäftigt"
        " 5.000 Mitarbeiter.",
        "employees",
        kind="about",
    )
    assert (one.value, one.scope) == (Range(5000, 5000), GROUP)


def test_a_figure_keeps_the_date_the_page_gives_it_and_the_sentence() -> None:
    (one,) = found("<p>Number of employees: 200+ (2025)", "employees", kind="about")
    assert (one.value, one.as_of) == (Range(200, None), date(2025, 12, 31))
    (said,) = found("<p>Hello. We are 45 people. Bye.", "employees", kind="about")
    assert said.quote == "We are 45 people"


def test_on_pages_that_are_not_about_the_company_only_the_surest_words_count() -> None:
    assert found("<p>Over 200 employees", "employees", kind="other") == []
    (sure,) = found("<p>We are 45 people", "employees", kind="other")
    assert sure.confidence < found("<p>We are 45 people", "employees", kind="about")[0].confidence


@pytest.mark.parametrize(
    ("html", "year"),
    [
        ("Gegründet 1987", 1987),
        ("Das Unternehmen wurde im Jahr 1952 gegründet.", 1952),
        ("Gegründet am 01.04.1987", 1987),
        ("Gründungsjahr</td><td>1987", 1987),
        ("founded in 1987 by two engineers", 1987),
        ("Est. 1905", 1905),
        ("Since 1987", 1987),
        ("Wir sind seit 1987 Ihr Partner für Ventile", 1987),
        ("Family business since 1920", 1920),
        ("Depuis 1975, notre entreprise fabrique des vannes", 1975),
        ("Fondata nel 1961", 1961),
        ("Opgericht in 1999", 1999),
        ("Firma założona w roku 1990", 1990),
    ],
)
def test_the_year_a_company_was_founded(html: str, year: int) -> None:
    assert values(found(f"<p>Hello</p><div>{html}</div><p>Bye", "founded", kind="about")) == [
        Range(year, year)
    ]


@pytest.mark.parametrize(
    "html",
    [
        "customer since 2011",
        "© 1998-2024 Acme",
        "ISO 9001 certified since 2003",
        "Our subsidiary was founded in 2010",
        "Founded: 1999<br>Founded: 2003",
        "Founded in 2087",
        "since version 2019",
        "Seit 2005 ist er Geschäftsführer unserer Firma",
        "in business since 1/1989",
    ],
)
def test_other_years_are_not_the_founding(html: str) -> None:
    assert found(f"<p>Hello</p><div>{html}</div><p>Bye", "founded", kind="about") == []


@pytest.mark.parametrize(
    ("html", "certificates"),
    [
        pytest.param(
            "We are certified to ISO 9001:2015 and IATF 16949.",
            ["ISO 9001", "IATF 16949"],
            id="said",
        ),
        pytest.param("Zertifiziert nach DIN EN ISO 14001", ["ISO 14001"], id="in German"),
        pytest.param("<li>ISO 9001</li>", ["ISO 9001"], id="a badge"),
        pytest.param("We consult you on your ISO 27001 certification.", [], id="sold, not held"),
        pytest.param("Our data center is ISO 27001 certified.", [], id="of somebody else"),
        pytest.param("<li>GMP</li>", [], id="three letters that mean many things"),
        pytest.param("isolation 9001", [], id="inside a word"),
    ],
)
def test_certificates_that_a_company_holds(html: str, certificates: list[str]) -> None:
    assert values(found(html, "certificate")) == certificates


words = st.sampled_from(
    [
        "we are",
        "45",
        "1.200",
        "employees",
        "Mitarbeiter",
        "our customers",
        "since",
        "1987",
        "gegründet",
        "ISO 9001",
        "certified",
        "\n",
        ".",
        "„",
        "of",
        "team",
        "über",
        "(2020)",
    ]
)


@given(st.lists(words, max_size=25).map(" ".join))
def test_any_sentence_is_read(text: str) -> None:
    for attribute in ("employees", "founded", "certificate"):
        for one in found(f"<div>{text}</div>", attribute, kind="about"):
            assert one.quote
            assert 0 < one.confidence <= 1


def test_the_year_beside_a_figure_dates_it() -> None:
    (one,) = found("As of 2025, we have 45 employees.", "employees", "https://acme.de/", "about")
    assert one.as_of == date(2025, 12, 31)
