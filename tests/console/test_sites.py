"""`sluice sites find`: one name or a file, in a closed world of served hosts, with reasons."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.console.conftest import Sluice
from tests.spiders.conftest import Hostile, answer

GERMAN = (
    "<html lang=de><title>Quorvian Pumpen</title><h1>Pumpen</h1><p>Wir bauen seit 1950 Pumpen für alle"
    " Zwecke.</p><a href=/impressum>Impressum</a></html>"
)
IMPRINT = (
    "<html lang=de><title>Impressum</title><p>Quorvian Pumpen GmbH<br>Hauptstraße 5<br>34117 Kassel</p>"
    "<p>Telefon: +49 561 123456<br>E-Mail: info@quorvian-pumpen.de</p></html>"
)
AMERICAN = (
    "<html lang=en><title>Quorvian Pumpen Inc.</title><p>Pumps made in Texas since 1980, for all of the"
    " US and beyond.</p><p>Quorvian Pumpen Inc., 12 Main Street, Austin, TX 78701, USA</p></html>"
)


@pytest.fixture
def web() -> Iterator[Hostile]:
    server = Hostile()
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


def resolve(web: Hostile, *hosts: str) -> list[str]:
    port = web.server_address[1]
    return [part for host in hosts for part in ("--resolve", f"{host}=127.0.0.1:{port}")]


def serve_both(web: Hostile) -> list[str]:
    web.site("quorvian-pumpen.de", home=answer(GERMAN), impressum=answer(IMPRINT))
    web.site("quorvianpumpen.com", home=answer(AMERICAN))
    return resolve(web, "quorvian-pumpen.de", "quorvianpumpen.com")


def find(sluice: Sluice, *arguments: object) -> dict[str, Any]:
    (row,) = sluice("sites", "find", *arguments, "--json").json
    return dict(row)


@pytest.mark.parametrize(
    ("country", "domain"), [("DE", "quorvian-pumpen.de"), ("US", "quorvianpumpen.com")]
)
def test_the_site_of_the_right_country_is_found(
    sluice: Sluice, web: Hostile, country: str, domain: str
) -> None:
    row = find(sluice, "Quorvian Pumpen", "--country", country, *serve_both(web))
    assert (row["domain"], row["band"]) == (domain, "accept")
    assert row["odds"] == round(sum(one["weight"] for one in row["reasons"]), 2)
    assert all(set(one) == {"mark", "weight", "quote"} for one in row["reasons"])
    assert row["fetches"] == sum(map(len, web.hits.values()))


def test_a_file_is_searched_row_by_row(sluice: Sluice, web: Hostile, tmp_path: Path) -> None:
    file = tmp_path / "fair.csv"
    file.write_text(
        "Company,Country\nQuorvian Pumpen GmbH,Germany\n,Germany\nNobody Knows Ltd,GB\nGmbH,DE\n",
        "utf-8",
    )
    found = sluice("sites", "find", file, "--json", *serve_both(web)).json
    assert [(row["row"], row["domain"], row["band"]) for row in found] == [
        (1, "quorvian-pumpen.de", "accept"),
        (2, None, "abstain"),
        (3, None, "abstain"),
        (4, None, "abstain"),
    ]
    lines = sluice("sites", "find", file, *serve_both(web))
    assert "1  Quorvian Pumpen GmbH: accept quorvian-pumpen.de" in lines.out
    assert "Nobody Knows Ltd: abstain" in lines.out
    assert "would settle it" in lines.out
    assert "4 rows: 1 found, 0 for review, 2 left open, 1 not searched" in lines.err


def test_candidates_are_shown_without_reaching_anything(sluice: Sluice) -> None:
    (row,) = sluice(
        "sites", "find", "Quorvian Pumpen GmbH", "--country", "DE", "--dry-run", "--json"
    ).json
    assert row["candidates"][0]["domain"] == "quorvianpumpen.de"
    assert "quorvianpumpen.de" in sluice("sites", "find", "Quorvian Pumpen", "--dry-run").out


def test_no_store_is_made(sluice: Sluice, web: Hostile, home: Path) -> None:
    find(sluice, "Quorvian Pumpen", "--country", "DE", *serve_both(web))
    assert not home.exists()


def test_a_redirect_leads_to_the_site(sluice: Sluice, web: Hostile) -> None:
    hosts = serve_both(web)
    web.site(
        "quorvianpumpen.de",
        home=answer(status="301 Moved", headers="Location: http://quorvian-pumpen.de/\r\n"),
    )
    row = find(
        sluice,
        "Quorvian Pumpen GmbH",
        "--country",
        "DE",
        *hosts,
        *resolve(web, "quorvianpumpen.de"),
    )
    assert (row["domain"], row["band"]) == ("quorvian-pumpen.de", "accept")
    assert row["looked"][0]["outcome"] == "redirected_away"


def test_redirects_in_a_circle_end(sluice: Sluice, web: Hostile) -> None:
    for here, there in (("quorvian.com", "quorvian.net"), ("quorvian.net", "quorvian.com")):
        web.site(here, home=answer(status="302 Found", headers=f"Location: http://{there}/\r\n"))
    row = find(sluice, "Quorvian", "--country", "US", *resolve(web, "quorvian.com", "quorvian.net"))
    assert (row["domain"], row["band"]) == (None, "abstain")
    assert row["fetches"] <= 8


def test_one_page_under_every_name_is_nobody_s(sluice: Sluice, web: Hostile) -> None:
    hosts = ["quorvian.com", "quorvian.io", "quorvian.co", "quorvian.net", "quorvian.org"]
    for host in hosts:
        page = f"<h1>Welcome to Quorvian</h1><p>{host}: the best offers of Quorvian</p>"
        web.site(host, home=answer(f"<html lang=en><title>Quorvian</title>{page}</html>"))
    row = find(sluice, "Quorvian", *resolve(web, *hosts))
    assert row["band"] != "accept"
    assert "same_everywhere" in {one["mark"] for site in row["looked"] for one in site["reasons"]}


def test_a_silent_or_broken_host_costs_its_own_time(sluice: Sluice, web: Hostile) -> None:
    hosts = serve_both(web)
    web.site("quorvianpumpen.de", home=b"HTTP/1.1 200 OK\r\nContent-Le")
    row = find(
        sluice,
        "Quorvian Pumpen GmbH",
        "--country",
        "DE",
        *hosts,
        *resolve(web, "quorvianpumpen.de"),
    )
    assert (row["domain"], row["band"]) == ("quorvian-pumpen.de", "accept")


@pytest.mark.parametrize("name", ["\u202equorvian", "Q" * 10_000, "GmbH", "??", "a.b.c", "\u0000x"])
def test_odd_names_are_left_open_with_a_reason(sluice: Sluice, name: str, web: Hostile) -> None:
    row = find(sluice, f"{name}", "--country", "DE", *resolve(web, "unrelated.de"))
    assert (row["domain"], row["band"], row["fetches"]) == (None, "abstain", 0)
    assert row["reasons"][-1]["quote"]


@pytest.mark.parametrize(
    "text", ["acme.com", "acme.com=10.0.0.1:80", "acme.com=127.0.0.1", "=127.0.0.1:80", "a=b:c"]
)
def test_a_map_that_leads_elsewhere_is_refused(sluice: Sluice, text: str) -> None:
    ran = sluice("sites", "find", "Quorvian", "--resolve", text, "--json", code=2)
    assert "--resolve" in ran.error["message"]


def test_a_missing_file_is_no_name(sluice: Sluice) -> None:
    assert (
        "no file fair.csv" in sluice("sites", "find", "fair.csv", "--json", code=3).error["message"]
    )


def test_with_a_map_nothing_else_is_looked_up(
    sluice: Sluice, web: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: Any, *rest: Any, **options: Any) -> Any:
        if "outside" in str(host) or "sub." in str(host):
            asked.append(str(host))
            raise socket.gaierror(socket.EAI_NONAME, "no")
        return real(host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    host = "quorvian-pumpen.example"
    web.site(
        host,
        home=answer(
            "<html lang=de><title>Quorvian Pumpen</title><p>Wir bauen Pumpen.</p>"
            f"<a href='http://sub.{host}/impressum'>Impressum</a></html>"
        ),
        robots=answer(
            status="301 Moved", headers="Location: http://tracker.outside.example/robots.txt\r\n"
        ),
    )
    find(sluice, "Quorvian Pumpen GmbH", "--country", "DE", *resolve(web, host))
    web.site(host, robots=answer("", status="404 Not Found"))
    find(sluice, "Quorvian Pumpen GmbH", "--country", "DE", *resolve(web, host))
    assert not asked


def test_a_host_on_the_opt_out_list_is_left_alone(sluice: Sluice, web: Hostile) -> None:
    hosts = serve_both(web)
    sluice("crawl", "opt-out", "quorvian-pumpen.de")
    row = find(sluice, "Quorvian Pumpen", "--country", "DE", *hosts)
    assert row["domain"] != "quorvian-pumpen.de"
    assert "quorvian-pumpen.de" not in web.hits
    looked = {one["domain"]: one["outcome"] for one in row["looked"]}
    assert looked["quorvian-pumpen.de"] == "opted_out"


def test_rows_that_were_not_searched_have_every_key(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "fair.csv"
    file.write_text("Company,Country\n,DE\nQuorvian,DE\n", "utf-8")
    port = "127.0.0.1:9"
    blank, searched = sluice(
        "sites", "find", file, "--json", "--resolve", f"unrelated.de={port}"
    ).json
    assert set(blank) == set(searched)


def test_what_would_settle_it_depends_on_why(sluice: Sluice, web: Hostile) -> None:
    hosts = ("quorvian.de", "quorvian.com", "quorvian.eu")
    web.site(hosts[0], home=answer(status="429 Too Many", headers="Retry-After: 9999\r\n"))
    web.site(hosts[1], home=answer(GERMAN), robots=answer("User-agent: *\nDisallow: /\n"))
    web.site(hosts[2], home=answer(status="302 Found", headers="Location: /\r\n"))
    row = find(sluice, "Quorvian GmbH", "--country", "DE", *resolve(web, *hosts))
    lacks = "; ".join(row["lacks"])
    assert "a visit after 20" in lacks
    assert "robots.txt of quorvian.com forbids it: look yourself" in lacks
    assert "quorvian.eu redirects in a circle: look yourself" in lacks
    assert row["lacks"][-1].startswith("the company's website")


@pytest.mark.parametrize(
    ("name", "country", "why"),
    [
        ("GmbH", "DE", "the name says nothing but a legal form"),
        ("???", "DE", "the name has neither letters nor digits"),
        ("The", "DE", "no domain can be made of the name"),
    ],
)
def test_a_dry_run_says_why_there_is_no_candidate(
    sluice: Sluice, name: str, country: str, why: str
) -> None:
    given = ("sites", "find", name, "--country", country, "--dry-run")
    assert f"no candidate: {why}" in sluice(*given).out
    (row,) = sluice(*given, "--json").json
    assert (row["candidates"], row["why_none"]) == ([], why)


def test_letters_that_do_not_tell_the_reading_are_said(sluice: Sluice) -> None:
    row = find(sluice, "山田商店", "--country", "JP", "--resolve", "unrelated.jp=127.0.0.1:9")
    assert "kanji letters do not tell how the name is read" in row["reasons"][-1]["quote"]
    assert row["lacks"] == ["its name in Latin letters, website or e-mail address in the list"]


@pytest.mark.parametrize("name", ["Q" * 10_000, "\u202equorvian " * 900])
def test_overlong_names_are_cut_in_lines(sluice: Sluice, name: str) -> None:
    ran = sluice("sites", "find", name, "--country", "DE", "--dry-run")
    assert max(map(len, ran.out.splitlines())) < 200


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_name_is_a_usage_error(sluice: Sluice, name: str) -> None:
    assert "no name" in sluice("sites", "find", name, "--json", code=2).error["message"]


def test_a_folder_is_a_usage_error(sluice: Sluice, tmp_path: Path) -> None:
    ran = sluice("sites", "find", tmp_path, "--json", code=2)
    assert "is a folder" in ran.error["message"]


def test_who_crawls_is_asked_before_any_look_up(
    sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("a name was looked up")

    monkeypatch.setenv("SLUICE_USER_AGENT", "")
    monkeypatch.setattr("workers.site_search.look_up", never)
    ran = sluice("sites", "find", "Quorvian", "--json", code=2)
    assert "who crawls" in ran.error["message"]


def test_a_file_of_a_header_has_no_rows(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "fair.csv"
    file.write_text("Company,Country\n", "utf-8")
    ran = sluice("sites", "find", file, "--json", "--resolve", "unrelated.de=127.0.0.1:9")
    assert ran.json == []
    assert "no rows" in ran.err


def test_again_is_for_lists(sluice: Sluice) -> None:
    ran = sluice("sites", "find", "Quorvian", "--again", "--json", code=2)
    assert ran.error["hint"] == "leave out --again"


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (("Quorvian Pumpen",), "suppressed by its name: it must not be looked up"),
        (("+49 561 123456", "--kind", "phone"), "suppressed by its phone number: it must not"),
        (("far-away.example",), "suppressed by far-away.example: it must not be looked up"),
        (("Quorvian Pumpen", "--level", "agency"), "suppressed by its name"),
    ],
)
def test_a_suppressed_company_is_not_looked_up(
    sluice: Sluice, web: Hostile, tmp_path: Path, entry: tuple[str, ...], says: str
) -> None:
    hosts = serve_both(web)
    sluice("suppress", "add", *entry)
    file = tmp_path / "fair.csv"
    file.write_text(
        "Company,Country,Phone,E-Mail\nQuorvian Pumpen GmbH,DE,+49 561 123456,a@far-away.example\n",
        "utf-8",
    )
    row = find(sluice, file, *hosts)
    assert (row["domain"], row["look_ups"], row["odds"]) == (None, 0, None)
    assert row["reasons"][0]["mark"] == "not_searched"
    assert row["reasons"][0]["quote"].startswith(says)
    assert not web.hits
    assert f"not searched, {says}" in sluice("sites", "find", file, *hosts).out


def test_a_suppressed_domain_is_named_and_not_looked_up(sluice: Sluice, web: Hostile) -> None:
    hosts = serve_both(web)
    sluice("suppress", "add", "quorvian-pumpen.de", "--kind", "domain")
    row = find(sluice, "Quorvian Pumpen", "--country", "DE", *hosts)
    assert "quorvian-pumpen.de" not in web.hits
    assert row["band"] != "accept"
    assert "quorvian-pumpen.de is suppressed and not looked at" in row["lacks"][-1]


def test_a_suppressed_domain_that_is_spelled_like_the_name_counts_as_in_a_list(
    sluice: Sluice, web: Hostile, tmp_path: Path
) -> None:
    hosts = serve_both(web)
    path = tmp_path / "fair.csv"
    path.write_text("company,country\nQuorvian Pumpen GmbH,DE\n", "utf-8")
    sluice("import", path)
    added = sluice("suppress", "add", "quorvian-pumpen.de")
    assert "matches 1 company by the words of its name" in added.out
    row = find(sluice, "Quorvian Pumpen GmbH", "--country", "DE", *hosts)
    said = row["reasons"][0]
    assert said["mark"] == "not_searched"
    assert "its name is a spelling of one that is suppressed (quorvianpumpende)" in said["quote"]
    assert not web.hits
    listed = sluice("sites", "find", "fair", "--list", "--json").json
    assert listed["not_searched"] == {"suppressed": 1}
    assert "its name is a spelling of" in listed["companies"][0]["reasons"][0]["quote"]


def test_suppressions_of_another_client_leave_a_search_alone(sluice: Sluice, web: Hostile) -> None:
    hosts = serve_both(web)
    sluice("client", "add", "Nordwind")
    sluice("suppress", "add", "Quorvian Pumpen", "--client", "Nordwind")
    row = find(sluice, "Quorvian Pumpen", "--country", "DE", *hosts)
    assert row["band"] == "accept"
    row = find(sluice, "Quorvian Pumpen", "--country", "DE", "--client", "Nordwind", *hosts)
    assert row["odds"] is None
