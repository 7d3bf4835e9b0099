from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from enrich.site import read_pages
from leads.facts import Fact, Method, Scope
from leads.fold import fold
from leads.known import Policy
from leads.values import Range, TechnologyUse
from tests.made_pages import FETCHED

SITE = "acme-beispiel.example"
FILLER = (
    "<p>Acme Beispiel makes rotary valves for bulk solids, in Berlin, for customers of all"
    " sizes.</p>"
)


@dataclass(frozen=True)
class Stored:
    url: str
    body: bytes
    kind: str = "other"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    fetched_at: datetime = FETCHED
    rendering: str = ""


def stored(path: str, html: str, kind: str = "other", **more: Any) -> Stored:
    return Stored(f"https://www.{SITE}/{path}", (html + FILLER).encode(), kind, **more)


def facts_of_site(site: str, pages: Sequence[Stored]) -> list[Fact]:
    reading = read_pages(site, pages)
    assert reading.broken == ()
    return list(reading.facts)


def of(facts: list[Fact], attribute: str) -> list[Any]:
    return [fact.value for fact in facts if fact.attribute == attribute]


def test_a_site_is_the_sum_of_its_pages() -> None:
    facts = facts_of_site(
        SITE,
        [
            stored(
                "",
                "<title>Acme Beispiel</title>",
                "home",
                headers=(("Server", "Microsoft-IIS/10.0"),),
            ),
            stored("kontakt", "Tel. +49 30 901820 Fax +49 30 901821", "contact"),
            stored(
                "impressum",
                "<p>Acme Beispiel GmbH<br>Beispielweg 5<br>10115 Berlin<br>Deutschland",
                "imprint",
            ),
        ],
    )
    assert {fact.evidence.source for fact in facts} == {f"site:{SITE}"}
    assert of(facts, "legal_name") == ["Acme Beispiel GmbH"]
    assert of(facts, "city") == ["Berlin"]
    assert of(facts, "phone") == ["+4930901820"]
    assert of(facts, "fax") == ["+4930901821"]
    assert TechnologyUse("iis") in of(facts, "technology")
    assert set(of(facts, "coverage")) == {
        "home:1",
        "contact:1",
        "imprint:1",
        "pages:3",
        "headers:1",
    }


def test_what_has_one_value_is_said_once_by_the_page_that_knows_best() -> None:
    facts = facts_of_site(
        SITE,
        [
            stored(
                "",
                '<meta property="og:site_name" content="Acme Beispiel Online"><p>Musterallee'
                " 9<br>20095 Hamburg<br>Germany",
                "home",
            ),
            stored(
                "impressum",
                "<p>Acme Beispiel GmbH<br>Beispielweg 5<br>10115 Berlin<br>Deutschland",
                "imprint",
            ),
        ],
    )
    assert (of(facts, "name"), of(facts, "street"), of(facts, "city")) == (
        ["Acme Beispiel GmbH"],
        ["Beispielweg 5"],
        ["Berlin"],
    )


def test_what_has_many_values_is_said_once_each() -> None:
    pages = [
        stored(str(number), "Tel. +49 30 901820, info@acme-beispiel.example", "other")
        for number in range(3)
    ]
    facts = list(read_pages(SITE, pages).facts)
    assert (of(facts, "phone"), of(facts, "email")) == (
        ["+4930901820"],
        ["info@acme-beispiel.example"],
    )


def test_figures_that_contradict_each_other_stay_and_are_seen_as_a_conflict() -> None:
    facts = facts_of_site(
        SITE,
        [
            stored("", "<p>We are 45 people.", "home"),
            stored("about", "<p>We employ 60 people.", "about"),
        ],
    )
    assert sorted(of(facts, "employees"), key=str) == [Range(45, 45), Range(60, 60)]
    assert fold(facts, "employees", Policy(FETCHED.date())).conflict


def test_figures_that_agree_are_said_once() -> None:
    facts = facts_of_site(
        SITE,
        [
            stored("", "<p>We are more than 40 people.", "home"),
            stored("about", "<p>We employ 45 people.", "about"),
        ],
    )
    assert len(of(facts, "employees")) == 1


def test_addresses_of_sites_stay_addresses_of_sites() -> None:
    facts = facts_of_site(
        SITE,
        [
            stored(
                "kontakt",
                "<p>Musterallee 9<br>20095 Hamburg<br>Germany<p>Beispielweg 5<br>10115"
                " Berlin<br>Germany",
                "contact",
            )
        ],
    )
    assert {(fact.value, fact.evidence.scope) for fact in facts if fact.attribute == "city"} == {
        ("Hamburg", Scope.SITE),
        ("Berlin", Scope.SITE),
    }


def test_a_number_that_is_a_fax_on_one_page_is_none_s_telephone() -> None:
    facts = facts_of_site(
        SITE,
        [
            stored("", "<p>+49 30 901821", "home"),
            stored("kontakt", "<p>Fax +49 30 901821", "contact"),
        ],
    )
    assert (of(facts, "phone"), of(facts, "fax")) == ([], ["+4930901821"])


def test_errors_and_parked_pages_say_nothing() -> None:
    sold = Stored(
        f"https://{SITE}/", b"<h1>This domain is for sale</h1><p>Tel. +49 30 901820", "home"
    )
    gone = stored("kontakt", "Tel. +49 30 901820", "contact", status=404)
    facts = facts_of_site(SITE, [sold, gone])
    assert {one.attribute for one in facts} == {"coverage"}
    assert of(facts, "coverage") == ["unread_error:1", "unread_for_sale:1"]
    assert facts_of_site(SITE, []) == []


def test_coverage_is_of_the_day_of_the_newest_page() -> None:
    later = FETCHED + timedelta(hours=1)
    facts = facts_of_site(
        SITE, [stored("", "", "home", fetched_at=later), stored("kontakt", "", "contact")]
    )
    assert {fact.evidence.observed_at for fact in facts if fact.attribute == "coverage"} == {later}


def test_the_same_pages_give_the_same_facts_in_the_same_order() -> None:
    pages = [
        stored(
            "",
            "<title>Acme Beispiel</title>Tel. +49 30 901820",
            "home",
            headers=(("server", "nginx"),),
        ),
        stored("kontakt", "Tel. +49 30 901820, +49 30 901822", "contact"),
    ]
    one, other = (
        [(fact.attribute, str(fact.value), fact.evidence.url) for fact in facts_of_site(SITE, some)]
        for some in (pages, pages[::-1])
    )
    assert one == other


def test_bodies_are_decoded_and_methods_ranked() -> None:
    body = '<a href="tel:+4930901820">Büro</a>'.encode("cp1252") + FILLER.encode()
    facts = facts_of_site(SITE, [Stored(f"https://{SITE}/kontakt", body, "contact")])
    (phone,) = (fact for fact in facts if fact.attribute == "phone")
    assert (phone.evidence.quote[:4], phone.evidence.method) == ("Büro", Method.STRUCTURED)


@pytest.mark.parametrize(
    ("kind", "named"), [("references", []), ("press", []), ("other", ["+4930901820"])]
)
def test_what_a_page_about_others_states_is_theirs(kind: str, named: list[str]) -> None:
    facts = facts_of_site(SITE, [stored("seite", "Anders AG, Tel. +49 30 901820", kind)])
    assert of(facts, "phone") == named
    assert of(facts, "coverage") == sorted(["pages:1", f"{kind}:1"])


def test_a_team_page_states_the_headcount() -> None:
    facts = facts_of_site(SITE, [stored("team", "<h1>Team</h1><p>45 Mitarbeiter</p>", "team")])
    assert [str(value) for value in of(facts, "employees")] == ["45"]
