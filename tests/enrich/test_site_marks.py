"""What the pages of a site say for and against it being a company's own."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.finding.judge import Band, Judgement, judge
from enrich.finding.marks import Mark, marks
from enrich.finding.shown import read_shown
from enrich.finding.wanted import Wanted
from enrich.tables import words
from leads.store.pages import StoredPage
from tests.made_pages import FETCHED

ALL_MARKS = [mark for rows in words("site_marks")["marks"].values() for mark in rows]
FOR = [
    mark
    for rows in words("site_marks")["marks"].values()
    for mark, row in rows.items()
    if float(row["weight"]) > 0
]
WANTED = Wanted(name="Acme Pumpen GmbH", country="DE")
IMPRINT = (
    "<h1>Impressum</h1><p>Acme Pumpen GmbH<br>Hauptstraße 5<br>34117 Kassel</p>"
    "<p>Telefon: +49 561 123456</p><p>E-Mail: info@acme-pumpen.example</p>"
)
HOME = (
    "<title>Acme Pumpen – Pumpen aus Kassel</title><h1>Pumpen</h1>"
    "<p>Wir bauen seit 1950 Pumpen für alle Zwecke.</p>"
)
DIRECTORY = (
    "<title>Acme Pumpen GmbH - Firmenverzeichnis</title><h1>Acme Pumpen GmbH</h1>"
    "<p>34117 Kassel</p><p>Eintrag bearbeiten</p><p>Ähnliche Firmen</p>"
)
GROUP = (
    "<title>Acme Holding</title><p>Unsere Unternehmen</p>"
    "<ul><li>Acme Leasing GmbH</li><li>Acme Bau GmbH</li></ul>"
)


def judged(
    wanted: Wanted, home: str, imprint: str = "", domain: str = "acme-pumpen.example"
) -> Judgement:
    pages = [("home", "/", home), ("imprint", "/impressum", imprint)]
    stored = [
        StoredPage(
            url=f"https://{domain}{path}",
            kind=kind,
            status=200,
            headers=(("content-type", "text/html; charset=utf-8"),),
            body=f"<html lang='de'>{html}</html>".encode(),
            fetched_at=FETCHED,
        )
        for kind, path, html in pages
        if html
    ]
    return judge(marks(wanted, read_shown(domain, stored)), has_place=bool(wanted.country))


def test_a_page_of_another_host_shows_nothing_of_the_site() -> None:
    """The board at an applicant-tracking system names the company, whoever links to it."""
    board = StoredPage(
        url="https://boards.greenhouse.io/acme",
        kind="board",
        status=200,
        headers=(("content-type", "text/html; charset=utf-8"),),
        body=f"<html lang='de'>{IMPRINT}</html>".encode(),
        fetched_at=FETCHED,
    )
    home = replace(
        board,
        url="https://other.example/",
        kind="home",
        body=b"<h1>Pumps</h1><p>We sell pumps.</p>",
    )
    assert read_shown("other.example", [home, board]) == read_shown("other.example", [home])
    assert [one.url for one in read_shown("other.example", [home, board]).pages] == [home.url]


def seen(judgement: Judgement) -> set[str]:
    return {one.mark for one in judgement.reasons}


def test_a_site_that_names_the_owner_and_its_country_is_taken() -> None:
    found = judged(WANTED, HOME, IMPRINT)
    assert found.band is Band.ACCEPT
    assert {"legal_same", "same_form", "country_stated"} <= seen(found)
    assert found.odds == round(sum(one.weight for one in found.reasons), 2)


@pytest.mark.parametrize(
    ("why", "wanted", "home", "imprint", "mark"),
    [
        (
            "a namesake abroad",
            Wanted(name="Acme Pumpen", country="US"),
            HOME,
            IMPRINT,
            "other_country",
        ),
        (
            "another company of that name",
            Wanted(name="Acme Pumpen AG", country="DE"),
            HOME,
            IMPRINT,
            "other_form",
        ),
        (
            "another owner",
            Wanted(name="Kestrel Row GmbH", country="DE"),
            HOME,
            IMPRINT,
            "other_owner",
        ),
        (
            "a copied imprint",
            WANTED,
            "<title>Brightfield Schuhe</title><p>Schuhe für alle, jeden Tag neu und günstig.</p>",
            IMPRINT,
            "home_silent",
        ),
        (
            "a parked name",
            WANTED,
            "<title>acme-pumpen.example</title><p>Diese Domain steht zum Verkauf.</p>",
            "",
            "no_company",
        ),
        (
            "a directory",
            WANTED,
            DIRECTORY,
            "",
            "directory",
        ),
        (
            "a franchise partner",
            WANTED,
            HOME + "<p>Ihr Franchisenehmer in Kassel</p>",
            IMPRINT,
            "franchise",
        ),
        (
            "a former owner",
            WANTED,
            HOME + "<p>Acme Pumpen GmbH wurde übernommen.</p>",
            IMPRINT,
            "former",
        ),
        (
            "the group",
            Wanted(name="Acme Leasing GmbH", country="DE"),
            GROUP,
            "<h1>Impressum</h1><p>Acme Holding GmbH<br>Hauptstraße 5<br>34117 Kassel</p>",
            "related_owner",
        ),
        (
            "another city",
            Wanted(name="Acme Pumpen GmbH", country="DE", city="Hamburg"),
            HOME,
            IMPRINT,
            "other_city",
        ),
    ],
)
def test_a_site_of_somebody_else_is_not_taken(
    why: str, wanted: Wanted, home: str, imprint: str, mark: str
) -> None:
    found = judged(wanted, home, imprint)
    assert mark in seen(found), why
    assert found.band is not Band.ACCEPT or mark == "other_city"


@pytest.mark.parametrize(
    ("more", "mark"),
    [
        ({"phones": ("+49561123456",)}, "same_phone"),
        ({"postcode": "34117"}, "same_postcode"),
        ({"street": "Hauptstraße 5"}, "same_street"),
        ({"city": "Kassel"}, "same_city"),
        ({"mail_hosts": ("acme-pumpen.example",)}, "mail_of_list"),
    ],
)
def test_what_the_row_knows_besides_is_found_on_the_pages(
    more: dict[str, object], mark: str
) -> None:
    wanted = Wanted(name="Acme Pumpen GmbH", country="DE", **more)  # type: ignore[arg-type]
    assert mark in seen(judged(wanted, HOME, IMPRINT))
    assert judged(wanted, HOME, IMPRINT).odds > judged(WANTED, HOME, IMPRINT).odds


def test_the_address_in_an_email_is_not_a_name_on_the_home_page() -> None:
    home = "<title>Schuhe</title><p>Schuhe für alle, jeden Tag neu: info@acme-pumpen.example</p>"
    assert "home_silent" in seen(judged(WANTED, home, IMPRINT))


def test_a_site_without_a_name_shows_what_would_settle_it() -> None:
    found = judged(WANTED, "<title>Willkommen</title><p>Wir freuen uns über Ihren Besuch.</p>")
    assert found.band is Band.ABSTAIN
    assert "a page that names the company" in found.lacks


@given(st.lists(st.sampled_from(ALL_MARKS), max_size=12), st.randoms())
def test_the_order_of_marks_changes_nothing(some: list[str], rng: object) -> None:
    found = [Mark(one, "seen") for one in some]
    turned = found[:]
    rng.shuffle(turned)  # type: ignore[attr-defined]
    assert judge(found) == judge(turned)


@given(st.lists(st.sampled_from(ALL_MARKS), max_size=12), st.sampled_from(FOR))
def test_one_more_agreeing_mark_never_lowers_the_odds(some: list[str], more: str) -> None:
    found = [Mark(one) for one in some]
    assert judge([*found, Mark(more)]).odds >= judge(found).odds


@given(st.lists(st.sampled_from(ALL_MARKS), max_size=12), st.integers(1, 5))
def test_a_mark_seen_often_weighs_once(some: list[str], times: int) -> None:
    found = [Mark(one) for one in some]
    assert judge(found * times).odds == judge(found).odds


@given(st.lists(st.sampled_from(ALL_MARKS), max_size=12))
def test_the_odds_are_the_sum_of_the_reasons(some: list[str]) -> None:
    found = judge([Mark(one) for one in some])
    assert found.odds == round(sum(one.weight for one in found.reasons), 2)
    against = {one.mark for one in found.reasons} & set(words("site_marks")["never_alone"])
    assert not (found.band is Band.ACCEPT and against)


@given(st.binary(max_size=400), st.text(max_size=60))
def test_no_page_and_no_name_breaks_the_reading(body: bytes, name: str) -> None:
    page = StoredPage(
        url="https://acme.example/",
        kind="home",
        status=200,
        headers=(),
        body=body,
        fetched_at=FETCHED,
    )
    marks(Wanted(name=name, country="DE", city=name), read_shown("acme.example", [page]))
