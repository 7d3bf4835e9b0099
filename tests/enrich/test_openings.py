"""Job openings: titles, how many, and what they ask for; never the jobs of others."""

import json
import time
from typing import Any

import pytest

from enrich.coverage import coverage
from enrich.extracted import ExtractedFact
from enrich.extractors.openings import find_openings
from enrich.openings.asked import technologies_asked
from enrich.openings.opening import title_of
from enrich.reading import read_document
from enrich.site import merged
from leads.values import Range
from tests.made_pages import document

CAREERS = "https://www.acme.example/karriere/"
BOARD = "https://acme.jobs.personio.de/"
LONG = "We have made things by hand for a long time, and we like it. " * 8


def found(html: str, kind: str = "careers", url: str = CAREERS) -> list[ExtractedFact]:
    return list(find_openings(document(html, url, kind)))


def titles(html: str, kind: str = "careers", url: str = CAREERS) -> list[str]:
    return [str(one.value) for one in found(html, kind, url) if one.attribute == "job_opening"]


def count(html: str, kind: str = "careers", url: str = CAREERS) -> list[object]:
    return [one.value for one in found(html, kind, url) if one.attribute == "openings"]


def posting(title: str, **more: Any) -> dict[str, Any]:
    return {"@type": "JobPosting", "title": title, **more}


def json_ld(*nodes: dict[str, Any]) -> str:
    return f'<script type="application/ld+json">{json.dumps(list(nodes))}</script>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # Marked lines, in several languages.
        ("<li>Zerspanungsmechaniker (m/w/d)<li>Buchhalter m/w/d", 2),
        ("<h3>Technicien de maintenance (H/F)</h3><h3>Comptable H/F</h3>", 2),
        ("<p>Inżynier procesu (k/m)</p>", 1),
        # Links below a step for jobs whose text names a role.
        ("<a href=/careers/sales-engineer>Sales Engineer</a>", 1),
        ("<a href='/jobs?id=12'>Field Service Technician</a>", 1),
        ("<a href=/vacatures/lasser>Lasser</a><a href=/vacatures/monteur>Monteur</a>", 2),
        # Single jobs at an applicant-tracking system, whatever their title is.
        ("<a href=https://acme.jobs.personio.de/job/12345>Zauberer</a>", 1),
        ("<a href=https://boards.greenhouse.io/acme/jobs/4>Wizard<br>Berlin</a>", 1),
        ("<a href=https://acme.recruitee.com/o/wizard>Wizard</a>", 1),
        # One title at two addresses is two openings; a title repeated without one is not.
        (
            "<a href=/jobs/1>Welder</a><a href=/jobs/2>Welder</a><p>Welder (f/m/d)</p>",
            2,
        ),
        # None of these is an opening.
        ("<a href=/karriere/benefits>Unsere Mitarbeiter</a>", 0),
        ("<a href=/karriere/bewerben>Jetzt bewerben</a><p>Initiativbewerbung (m/w/d)</p>", 0),
        ("<a href=/products/sales-manager>Sales Manager</a>", 0),
        ("<p>We look for people who like to work with us and with our customers.</p>", 0),
    ],
)
def test_openings_of_a_careers_page(html: str, expected: int) -> None:
    assert len(titles(html)) in (expected, len({one.lower() for one in titles(html)}))
    assert count(html) == ([Range(expected, expected)] if expected else [])


def test_title_place_and_address_are_quoted() -> None:
    html = "<a href=https://boards.greenhouse.io/acme/jobs/4>Welder<br>Ulm</a>"
    first = found(html)[0]
    assert (first.value, first.quote) == (
        "Welder",
        "Welder; Ulm; https://boards.greenhouse.io/acme/jobs/4",
    )


@pytest.mark.parametrize(
    "html",
    [
        "<h1>Karriere</h1><p>Derzeit keine offenen Stellen.</p>",
        "<p>There are no open positions right now.</p>",
        "<p>Aucun poste à pourvoir actuellement.</p>",
        "<p>Derzeit sind keine Stellen offen</p>",
        "<p>Aktuell haben wir leider keine offenen Stellen.</p>",
        "<p>Zurzeit sind bei uns keine Stellen zu besetzen.</p>",
        "<p>Im Moment sind alle Stellen gut besetzt. Derzeit sind alle Stellen besetzt.</p>",
        "<p>There are currently no open positions</p>",
        "<p>We currently have no vacancies.</p>",
        "<p>We don't have any open roles at the moment.</p>",
        "<p>We are not currently hiring.</p>",
        "<p>Nous n'avons actuellement pas d'offres d'emploi.</p>",
        "<p>Al momento non ci sono posizioni aperte</p>",
        "<p>Actualmente no tenemos vacantes.</p>",
        "<p>Momenteel hebben wij geen openstaande vacatures.</p>",
        "<p>Geen vacatures.</p>",
        "<p>Obecnie nie mamy wolnych stanowisk.</p>",
        "<p>Vi har för närvarande inga lediga tjänster.</p>",
        "<p>De momento não temos vagas.</p>",
    ],
)
def test_a_page_that_says_so_has_no_openings(html: str) -> None:
    assert count(html) == [Range(0, 0)]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Keine passende Stelle dabei?</p>",
        "<p>Keine offene Stelle gefunden? Schreiben Sie uns.</p>",
        "<p>If there are no open positions for you now, write to us all the same.</p>",
        "<p>Auch wenn derzeit keine Stelle offen ist, freuen wir uns über Bewerbungen.</p>",
        "<p>Bei uns gibt es keine langweiligen Jobs, sondern Menschen mit offenen Ohren.</p>",
        "<p>No two jobs are alike with us, and no day is like the one before.</p>",
    ],
)
def test_what_denies_something_else_leaves_the_openings_unknown(html: str) -> None:
    assert count(html) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # Headings with a button below.
        (
            (
                "<h3>Welder</h3><p>Full time, Ulm</p><a href=/apply?x=1>Apply now</a>"
                "<h3>Sales Manager</h3><a href=mailto:jobs@acme.example>Apply</a>"
            ),
            ["Welder", "Sales Manager"],
        ),
        (
            "<h3>Monteur</h3><p>Wir bieten dir viel.</p><button>Jetzt bewerben</button>",
            ["Monteur"],
        ),
        # A list below a heading; the people to be asked are not sought.
        (
            (
                "<h2>Offene Stellen</h2><ul><li>Schlosser<li>Buchhalterin</ul>"
                "<h2>Ihre Ansprechpartnerin</h2><p>Leiterin Personal</p>"
            ),
            ["Schlosser", "Buchhalterin"],
        ),
        # Neither button nor heading: people and what they do.
        ("<h2>Unsere Leute</h2><p>Schlosser</p><p>Buchhalterin</p>", []),
        ("<h3>Wir suchen Monteure und viele andere Leute mit Lust.</h3><a>Jetzt bewerben</a>", []),
    ],
)
def test_titles_without_an_address_and_a_sign(html: str, expected: list[str]) -> None:
    assert titles(html) == expected


#: Careers pages of twelve shapes: the page, its openings, and how many it counts.
SHAPES = [
    pytest.param(
        "<details><summary>Mechaniker (m/w/d)</summary>Wartung</details>"
        "<details><summary>Elektroniker (w/m/d)</summary>Profil</details>",
        ["Mechaniker (m/w/d)", "Elektroniker (w/m/d)"],
        id="German, folded",
    ),
    pytest.param(
        "<h2>Current vacancies</h2><table><tr><th>Position<th>Location<tr><td>CNC Machinist<td>Leeds"
        "<tr><td>Accounts Assistant<td>Hull</table>",
        ["CNC Machinist", "Accounts Assistant"],
        id="English, a table",
    ),
    pytest.param(
        "<h2>Nos offres d'emploi</h2><dl><dt>Chef d'atelier<dd>Valmont<dt>Comptable<dd>CDD</dl>",
        ["Chef d'atelier", "Comptable"],
        id="French, a list of terms",
    ),
    pytest.param(
        "<p>We are hiring: a Welder, a Sales Manager and two Drivers. Send us your CV.</p>",
        ["Welder", "Sales Manager", "Drivers"],
        id="English, a sentence",
    ),
    pytest.param(
        "<h2>Stellenangebote</h2><a href=/files/schlosser.pdf>Schlosser</a><br>"
        "<a href=/files/lkw.pdf>LKW-Fahrer</a>",
        ["Schlosser", "LKW-Fahrer"],
        id="German, files",
    ),
    pytest.param(
        "<h2>Posizioni aperte</h2><ul><li>Saldatore – Brescia<li>Impiegata commerciale – Milano</ul>",
        ["Saldatore", "Impiegata commerciale"],
        id="Italian, places behind a dash",
    ),
    pytest.param(
        "<h3>Operator CNC</h3><p>Łódź</p><a href=/a>Aplikuj</a><h3>Księgowa</h3><a href=/a>Aplikuj</a>",
        ["Operator CNC", "Księgowa"],
        id="Polish, buttons",
    ),
    pytest.param(
        "<h2>Openstaande vacatures</h2><p><b>Lasser</b> – 38 uur<p><b>Werkvoorbereider</b> – 32 uur",
        ["Lasser", "Werkvoorbereider"],
        id="Dutch, hours behind a dash",
    ),
    pytest.param(
        "<h2>Lediga tjänster</h2><a href=/lediga-jobb/salj>Säljare, Malmö</a>"
        "<a href=/lediga-jobb/svets>Svetsare till Göteborg</a>",
        ["Säljare, Malmö", "Svetsare till Göteborg"],
        id="Swedish, links without a space",
    ),
    pytest.param(
        "<h2>Open positions</h2><h3>Engineering</h3><li><a href=/jobs/1>Backend Engineer</a> Berlin"
        "<li><a href=/jobs/2>QA Lead</a> Remote<h3>Sales</h3><a href=/jobs/3>Account Executive</a>",
        ["Backend Engineer", "QA Lead", "Account Executive"],
        id="English, by department",
    ),
    pytest.param(
        "<h2>Állásajánlatok</h2><ul><li>Hegesztő<li>Raktáros</ul>",
        ["Hegesztő", "Raktáros"],
        id="Hungarian, a list",
    ),
    pytest.param(
        "<h2>Meet the team</h2><p>Jo Bloggs, Sales Manager<p>Kim Muster, Welder",
        [],
        id="people are no openings",
    ),
]


@pytest.mark.parametrize(("html", "expected"), SHAPES)
def test_careers_pages_of_many_shapes(html: str, expected: list[str]) -> None:
    assert titles(f"<h1>Careers</h1>{html}") == expected
    assert count(html) == ([Range(len(expected), len(expected))] if expected else [])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>We currently have 12 open positions across our sites.</p>", [Range(12, 12)]),
        ("<p>Bei uns gibt es 3 offene Stellen.</p>", [Range(3, 3)]),
        ("<p>Engineering: 4 open positions. Sales: 2 open positions.</p>", []),
        ("<p>In 2012 open positions were few.</p>", []),
    ],
)
def test_a_page_may_say_how_many_are_open(html: str, expected: list[object]) -> None:
    assert count(html) == expected


def test_nothing_found_and_nothing_said_is_unknown() -> None:
    assert found("<h1>Careers</h1><p>Write to us.</p>") == []


def test_a_list_that_goes_on_has_that_many_or_more() -> None:
    html = "<a href=/jobs/1>Welder</a><a href=/jobs?page=2>Next page</a>"
    assert count(html) == [Range(1, None)]


@pytest.mark.parametrize(
    ("organisation", "is_own"),
    [
        (None, True),
        ({"name": "Acme GmbH"}, True),
        ({"name": "Other GmbH", "sameAs": "https://acme.example"}, True),
        ("Acme", True),
        ({"name": "Other GmbH"}, False),
        ({"name": "Other GmbH", "url": "https://other.example"}, False),
        ({"url": "https://other.example"}, False),
    ],
)
def test_a_posting_of_somebody_else_does_not_count(organisation: Any, is_own: bool) -> None:
    more = {} if organisation is None else {"hiringOrganization": organisation}
    assert titles(json_ld(posting("Welder", **more)), "other") == (["Welder"] if is_own else [])


def test_a_portal_with_the_jobs_of_many_has_none_of_its_own() -> None:
    names = ["Acme", "Beta", "Gamma", "Delta"]
    nodes = [posting(f"Welder {one}", hiringOrganization={"name": one}) for one in names]
    assert found(json_ld(*nodes) + "<li>Koch (m/w/d)") == []


def test_a_posting_that_has_ended_does_not_count() -> None:
    nodes = [posting("Welder", validThrough="2020-01-01"), posting("Cook", validThrough="soon")]
    assert titles(json_ld(*nodes), "other") == ["Cook"]


def test_the_state_of_a_board_is_read() -> None:
    jobs = [
        {"title": "Welder", "locationName": "Ulm", "employmentType": "FullTime", "department": "A"},
        {"title": "Sales Lead", "locationName": "Graz", "employmentType": "FullTime"},
        {"title": "Not a job"},
    ]
    html = f"<script>window.__appData = {json.dumps({'board': {'jobs': jobs}})};</script>"
    assert titles(html, "board", BOARD) == ["Welder", "Sales Lead"]


def test_what_adverts_ask_for_is_not_what_the_company_runs() -> None:
    html = json_ld(
        posting(
            "SAP Consultant", description="<p>You know <b>Salesforce</b> and monday mornings.</p>"
        )
    )
    facts = found(html)
    assert {str(one.value) for one in facts if one.attribute == "asks_for"} == {
        "sap",
        "salesforce",
    }
    assert all(one.confidence < 0.5 for one in facts if one.attribute == "asks_for")
    assert not [one for one in facts if one.attribute == "technology"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Python and Django", ["python", "django"]),
        ("Experience with SAP EWM and TYPO3", ["sap-ewm", "typo3"]),
        ("the next spring word, go and access it", []),
        ("Go to Spring, then Access it; Close Next Word", []),
        ("", []),
    ],
)
def test_technologies_in_texts_about_jobs(text: str, named: list[str]) -> None:
    assert [slug for slug, _ in technologies_asked(text)] == named


@pytest.mark.parametrize(
    "text", ["", "a", "Apply now", "x" * 300, "mail a@b.example", "Our engineers", "(m/w/d)"]
)
def test_what_is_no_title(text: str) -> None:
    assert title_of(text) == ""


def test_the_pages_of_a_site_and_its_board_are_counted_together() -> None:
    pages = [
        document(f"<title>Acme</title><p>Welcome. {LONG}</p>", kind="home"),
        document(f"<li>Koch (m/w/d)<p>{LONG}</p>", CAREERS, "careers"),
        document("<li>Koch (m/w/d)<li>Fahrer (m/w/d)<p>Tel. 030 901820</p>", BOARD, "board"),
    ]
    readings = [read_document(one) for one in pages]
    facts = merged("acme.example", readings).facts
    said = {(one.attribute, str(one.value)) for one in facts}
    assert {("job_opening", "Koch (m/w/d)"), ("job_opening", "Fahrer (m/w/d)")} <= said
    assert ("openings", "2") in said
    assert not [one for one in facts if one.attribute == "phone"]
    looked = {str(one.value) for one in coverage(readings)}
    assert {"pages:2", "board:1", "careers:1"} <= looked


def test_the_jobs_on_the_site_of_a_staffing_agency_are_those_of_its_customers() -> None:
    home = (
        "<title>Zeitarbeit Beispiel</title><meta name=description content='Personaldienstleister:"
        " Zeitarbeit, Personalvermittlung, Arbeitnehmerüberlassung'><h1>Personaldienstleister</h1>"
        "<h2>Zeitarbeit und Arbeitnehmerüberlassung</h2><p>Leiharbeit, Personalberatung, Bewerber,"
        " Personalvermittlung, Headhunter, Executive Search, Stellenvermittlung</p>"
    )
    pages = [document(home, kind="home"), document("<li>Koch (m/w/d)", CAREERS, "careers")]
    facts = merged("acme.example", [read_document(one) for one in pages]).facts
    assert [one for one in facts if one.attribute == "industry"]
    assert not [one for one in facts if one.attribute in {"job_opening", "openings"}]


@pytest.mark.parametrize(
    "html",
    [
        json_ld(*[posting(f"Welder {n}") for n in range(10_000)]),
        "".join(f"<li>Koch {n} (m/w/d)" for n in range(10_000)),
        "".join(f"<a href=/jobs/{n}>Welder {n}</a>" for n in range(10_000)),
        "(m/w/" * 100_000,
        "<li>" + "m / w / d " * 50_000,
        "<script>window.__appData = " + '{"a":' * 50_000 + "</script>",
        "<script>window.__appData = "
        + json.dumps([[{"title": "x" * 50}] * 50] * 2_000)
        + "</script>",
        json_ld(posting("A" * 100_000), {"@type": "JobPosting", "title": {"@value": None}}),
        json_ld(
            posting("Koch", hiringOrganization=[[[]]], jobLocation=[[1], None, {"address": 3}])
        ),
    ],
)
def test_hostile_pages_are_read_in_bounds(html: str) -> None:
    page = document(html, BOARD, "board")
    started = time.process_time()
    facts = list(find_openings(page))
    assert time.process_time() - started < 2
    assert len(facts) <= 100
    assert all(len(one.quote) < 1_000 for one in facts)
