"""The made-up town is what its table says: sites, lists and expected outcomes agree before any
engine reads them.
"""

import csv
import json
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from stdnum.ch import uid
from stdnum.eu import vat
from stdnum.gb import vat as british_vat

from actions import town
from actions.town.render import answer, pages
from actions.town.serve import serve_town
from actions.town.sites import Site, sites
from enrich.finding.judge import Band
from enrich.finding.search import Bounds, Search
from enrich.finding.wanted import Wanted
from leads.lexicon.places.countries import country_code
from spiders.crawl import crawl
from spiders.site import SiteOutcome, SiteToCrawl
from workers.site_search import search

with town.EXPECTED.open(encoding="utf-8", newline="") as file:
    EXPECTED = list(csv.DictReader(file))
SITES = {site.domain: site for site in sites()}
ON_LISTS = {row["domain"]: row for row in EXPECTED if row["domain"]}
#: Another company's site, which one of the town's redirects to.
BYSTANDERS = {"norrgate-group.example"}
#: Sites that bear the name of a company, and are not found to be its own.
DOUBTFUL = {"hollerbusch-drahtwaren.example", "walkmuehle-papierwaren.example"}


Visits = Mapping[str, SiteOutcome]


def list_texts() -> tuple[str, ...]:
    sheet = load_workbook(town.LISTS[1]).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    with_xlsx = "\n".join(" ".join(str(cell) for cell in row if cell is not None) for row in rows)
    first, _, *others = town.LISTS
    return first.read_text("utf-8"), with_xlsx, *(one.read_text("utf-8") for one in others)


@pytest.fixture(scope="module")
def visits() -> Visits:
    """The outcome of every site that a list names, by domain, as the demo crawls them, with more
    patience: a busy machine answers late.
    """
    found: dict[str, SiteOutcome] = {}
    with serve_town() as ways:
        crawl(
            [SiteToCrawl(domain) for domain in ON_LISTS],
            limits=replace(town.LIMITS, seconds_per_site=60),
            user_agent="Sluice/0.1 (+https://sluice.example/crawler)",
            allowed=ways,
            on_site=lambda outcome: found.update({outcome.domain: outcome}),
        )
    return found


def test_every_expected_company_with_a_domain_has_a_site() -> None:
    others = BYSTANDERS | DOUBTFUL
    assert set(ON_LISTS) | others == set(SITES)
    assert {row["company"] for row in ON_LISTS.values()} == {
        site.name for site in sites() if site.domain not in others
    }


def test_the_table_has_every_ending() -> None:
    endings = Counter((row["stage"], row["held_back"]) for row in EXPECTED)
    assert endings == {
        ("prospect", ""): 10,
        ("suspect", ""): 10,
        ("name", ""): 10,
        ("disqualified", ""): 11,
        ("prospect", "excluded"): 1,
        ("suspect", "excluded"): 1,
        ("prospect", "suppressed"): 1,
        ("suspect", "suppressed"): 1,
    }


def test_stages_follow_from_the_answers() -> None:
    """By the rules of the stages, with the one company that is closing left aside."""
    for row in EXPECTED:
        answers = [
            row[name] for name in ("sector", "turnover", "employees", "windows", "management")
        ]
        stage = (
            "disqualified"
            if "no" in answers
            else (
                "name"
                if "unknown" in answers[:3]
                else "suspect"
                if "unknown" in answers
                else "prospect"
            )
        )
        assert row["stage"] == (
            "disqualified" if row["domain"] == "ruhland-kessel.example" else stage
        ), row["company"]


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["company"])
def test_every_company_is_on_a_list(row: dict[str, str]) -> None:
    *others, names = list_texts()
    assert row["company"] in names or any(
        (row["domain"] or row["company"]) in text for text in others
    )


def test_the_lists_are_messy_but_readable() -> None:
    semicolons, workbook, lines, names = list_texts()
    assert semicolons.startswith("Firma;")
    assert ";;;;;;;;;;\n" in semicolons
    assert "Köhlbrand" in semicolons
    assert "Koehlbrand" in workbook
    records = [
        *semicolons.splitlines()[1:],
        *workbook.splitlines()[1:],
        *map(json.loads, lines.splitlines()),
        *names.splitlines()[1:],
    ]
    assert len(records) == len(EXPECTED) + 10 + 1  # Ten duplicates and one blank row.


@pytest.mark.parametrize("site", sites(), ids=lambda site: site.domain)
def test_a_site_is_obviously_made_up(site: Site) -> None:
    assert site.domain.endswith(".example")
    check = {"CH": uid, "GB": british_vat}.get(site.vat[:2], vat)
    assert not site.vat or check.is_valid(site.vat)
    assert answer(site, "/intern/").status == 404


def test_every_site_ends_as_expected(visits: Visits) -> None:
    assert {domain: visit.outcome.value for domain, visit in visits.items()} == {
        domain: row["crawl"] for domain, row in ON_LISTS.items()
    }
    assert visits["wiesenthal-pumpen.example"].final_domain == "norrgate-group.example"
    assert visits["koehlbrand.example"].pages[0].url == "http://www.koehlbrand.example/"


def test_enough_pages_are_read_where_silence_must_count_and_too_few_where_it_must_not(
    visits: Visits,
) -> None:
    for domain, row in ON_LISTS.items():
        kinds = [page.kind.value for page in visits[domain].pages]
        enough = "home" in kinds and len(kinds) > 4 and bool({"imprint", "contact"} & set(kinds))
        assert enough is (row["management"] != "unknown"), domain


def test_what_a_site_runs_shows_on_its_pages_and_only_there(visits: Visits) -> None:
    marks = {
        "windows": (b"__VIEWSTATE", b"Microsoft-IIS"),
        "management": (b"oe_login_form", b"sap-usercontext"),
    }
    for domain, row in ON_LISTS.items():
        seen = b"".join(page.body + repr(page.headers).encode() for page in visits[domain].pages)
        assert any(mark in seen for mark in marks["windows"]) is (row["windows"] == "yes"), domain
        # A list, not the site, tells of the software of one company.
        portal = row["management"] == "no" and domain != "withenshaw-cutlery.example"
        assert any(mark in seen for mark in marks["management"]) is portal, domain


def test_headcounts_that_no_list_has_stand_on_pages(visits: Visits) -> None:
    for domain, words in (
        ("falkenrath-drehtechnik.example", "64 Mitarbeiter"),
        ("kessler-vogt.example", "12 Mitarbeitern"),
        ("ordono-mecanizados.example", '"value": 35'),
        ("corvaglia-stampi.example", "250 dipendenti"),
    ):
        assert any(words.encode() in page.body for page in visits[domain].pages), domain


def test_one_site_says_an_encoding_that_its_bytes_are_not(visits: Visits) -> None:
    page = visits["moosbrugger-textil.example"].pages[0]
    assert ("Content-Type", "text/html; charset=utf-8") in page.headers
    with pytest.raises(UnicodeDecodeError):
        b"".join(page.body for page in visits["moosbrugger-textil.example"].pages).decode("utf-8")


def test_the_sites_of_the_town_are_found_by_names_and_countries_alone() -> None:
    known = {row["company"]: row["domain"] for row in EXPECTED}
    countries = {
        site.name: country_code(site.at[-1].split(", ")[-1]) for site in sites() if site.at
    }
    bounds = Bounds(endings=("example",))
    with serve_town() as ways:
        found = search(
            [
                Search(Wanted(name=name, country=countries.get(name) or "DE"), bounds)
                for name in known
            ],
            limits=replace(town.LIMITS, seconds_per_site=60),
            user_agent="Sluice/0.1 (+https://sluice.example/crawler)",
            allowed=ways,
            pages=bounds.pages,
        )
    ended = dict(zip(known, found, strict=True))
    accepted = {name: one.domain for name, one in ended.items() if one.band is Band.ACCEPT}
    assert accepted == {name: known[name] for name in accepted}
    assert len(accepted) >= 22
    assert {name for name, one in ended.items() if one.band is Band.REVIEW} == {
        "Hollerbusch Drahtwaren GmbH",
        "Tremont Composites Ltd",
    }
    assert all(one.lacks for one in found if one.band is not Band.ACCEPT)


def test_the_town_answers_its_own_hosts_only() -> None:
    with serve_town() as ways:
        host, port = ways["quellwerk.example", 80]
        request = urllib.request.Request(
            f"http://{host}:{port}/", headers={"Host": "elsewhere.example"}
        )
        with pytest.raises(urllib.error.HTTPError, match="404") as refused:
            urllib.request.urlopen(request, timeout=5)
        refused.value.close()
    assert {target[0] for target in ways.values()} == {"127.0.0.1"}
    assert all(site.domain in {name for name, _ in ways} for site in sites())


def test_pages_of_a_site_are_all_there_to_be_read() -> None:
    for site in sites():
        if not (site.gone or site.dead or site.slow or site.moved_to):
            assert {answer(site, path).status for path in pages(site)} == {200}, site.domain
