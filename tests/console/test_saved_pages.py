"""`sluice extract` and `sluice technologies`: one saved page, without a database."""

from pathlib import Path

import pytest

from tests.console.conftest import Sluice

PAGE = """<html lang="en"><head><meta name="generator" content="WordPress 6.4"></head>
<body><p>Zyxwell Robotics GmbH, Amtsgericht Berlin, HRB 12345</p>
<a href="tel:+493012345678">call</a></body></html>"""
URL = "https://zyxwell.example/imprint"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # A database that cannot be opened: the commands need none.
    monkeypatch.setenv("SLUICE_DATABASE_URL", f"sqlite:///{tmp_path}/none/sluice.db")
    file = tmp_path / "imprint.html"
    file.write_text(PAGE, "utf-8")
    return file


def test_the_facts_of_a_page(sluice: Sluice, page: Path) -> None:
    found = sluice("extract", page, "--url", URL, "--json").json
    assert found["url"] == URL
    (phone,) = [one for one in found["facts"] if one["attribute"] == "phone"]
    assert (phone["value"], phone["method"]) == ("+493012345678", "tel_link")
    assert "phone: +493012345678   (tel_link," in sluice("extract", page, "--url", URL).out


def test_the_technologies_of_a_page_and_its_headers(
    sluice: Sluice, page: Path, tmp_path: Path
) -> None:
    for name, text in (("lines", "Server: nginx/1.25.3\n"), ("json", '{"server": "nginx/1.25.3"}')):
        (tmp_path / name).write_text(text, "utf-8")
        ran = sluice("technologies", page, "--headers", tmp_path / name, "--json")
        found = {one["slug"]: one["version"] for one in ran.json["technologies"]}
        assert found.items() >= {"wordpress": "6.4", "nginx": "1.25.3"}.items()
    assert "WordPress 6.4 (100 %): meta: generator" in sluice("technologies", page).out


def test_a_page_from_stdin(sluice: Sluice, page: Path) -> None:
    read = sluice("extract", "-", "--url", URL, "--json", stdin=PAGE).json
    assert read == sluice("extract", page, "--url", URL, "--json").json


def test_a_page_that_states_nothing(sluice: Sluice, page: Path) -> None:
    page.write_text("<html><body></body></html>")
    ran = sluice("technologies", page)
    assert (ran.out, ran.err) == ("", "the page shows no technology that we know\n")


def test_files_that_cannot_be_read(sluice: Sluice, page: Path, tmp_path: Path) -> None:
    missing = sluice("extract", tmp_path / "no.html", "--url", URL, "--json", code=3).error
    assert missing["message"] == f"there is no file {tmp_path / 'no.html'}"
    folder = sluice("technologies", tmp_path, "--json", code=2).error
    assert folder["message"] == f"{tmp_path} is a folder"

    headers = tmp_path / "headers.json"
    headers.write_text("{server", "utf-8")
    wrong = sluice("extract", page, "--url", URL, "--headers", headers, "--json", code=2).error
    assert "is not a JSON object of headers" in wrong["message"]


def test_a_page_that_needs_a_browser_says_so(sluice: Sluice, page: Path) -> None:
    page.write_text("<title>Zyxwell</title><div id=__next></div><script src=/a.js></script>")
    assert "needs_browser: scripts fill this page" in sluice("extract", page, "--url", URL).err
    assert sluice("extract", page, "--url", URL, "--json").json["unread"] == ["needs_browser"]


LISTED = "<ul><li><a href=/x>Schlosser (m/w/d)</a></li><li>Koch (m/w/d)</li></ul>"


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://zyxwell.example/karriere", "Zyxwell"),
        ("https://zyxwell.example/de/unternehmen/jobs/", "Zyxwell"),
        ("https://zyxwell.example/careers.html", "Zyxwell"),
        ("https://zyxwell.example/lavora-con-noi", "Zyxwell"),
        ("https://zyxwell.example/?page=karriere", "Zyxwell"),
        ("https://zyxwell.jobs.personio.de/", "Zyxwell"),
        ("https://zyxwell.example/page-7", "Offene Stellen | Zyxwell"),
    ],
)
def test_a_careers_page_is_known_by_its_address_or_title(
    sluice: Sluice, page: Path, url: str, title: str
) -> None:
    page.write_text(f"<title>{title}</title><h1>Werden Sie Teil</h1>{LISTED}", "utf-8")
    found = sluice("extract", page, "--url", url).out
    assert "job_opening: Schlosser (m/w/d)   " in found
    assert "openings: 2   " in found


def test_a_careers_page_that_says_that_nothing_is_open(sluice: Sluice, page: Path) -> None:
    page.write_text("<h1>Karriere</h1><p>Derzeit sind keine Stellen offen</p>", "utf-8")
    assert "openings: 0   " in sluice("extract", page, "--url", "https://zyxwell.example/jobs").out


def test_another_page_states_no_openings(sluice: Sluice, page: Path) -> None:
    page.write_text(f"<title>Zyxwell</title>{LISTED}", "utf-8")
    for path in ("", "produkte", "kontakt"):
        assert (
            "opening" not in sluice("extract", page, "--url", f"https://zyxwell.example/{path}").out
        )


@pytest.mark.parametrize("name", ["rnd.csv", "rnd.xlsx", "page.html"])
@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        b"PK\x03\x04 any workbook",
        b"%PDF-1.7 <p>Zyxwell GmbH</p>",
        b"\x89PNG\r\n\x1a\n",
        b"\0" * 100,
    ],
)
def test_a_binary_file_is_no_page(sluice: Sluice, tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    for command in ("extract", "technologies"):
        error = sluice(command, file, "--url", URL, "--json", code=2).error
        assert error["message"] == f"{file} is a binary file, not a page"


@pytest.mark.parametrize(
    "data",
    [
        PAGE.encode("utf-16"),
        PAGE.encode("cp1252"),
        PAGE.replace("Zyxwell", "\0Zyx\0well").encode(),
        PAGE.encode("iso2022_jp"),
        b"",
    ],
)
def test_a_page_in_any_encoding_is_one(sluice: Sluice, page: Path, data: bytes) -> None:
    page.write_bytes(data)
    found = sluice("extract", page, "--url", URL, "--json").json["facts"]
    assert bool(found) is bool(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"[1,2]", "holds no headers but a JSON list"),
        (b"", "holds no headers"),
        (b"{}", "holds no headers"),
        (b"HTTP/1.1 200 OK\r\n\r\n", "holds no headers"),
        (bytes(range(256)), "is a binary file and holds no headers"),
        (b"Server: nginx\n<html>: no\n", "holds no header in line 2"),
        (b"just some words", "holds no header in line 1"),
    ],
)
def test_headers_that_are_none(
    sluice: Sluice, page: Path, tmp_path: Path, data: bytes, message: str
) -> None:
    file = tmp_path / "hb.json"
    file.write_bytes(data)
    error = sluice("technologies", page, "--headers", file, "--json", code=2).error
    assert error["message"] == f"{file} {message}"
    assert error["hint"].startswith('write {"server": "nginx"}')


def test_headers_as_curl_saves_them(sluice: Sluice, page: Path, tmp_path: Path) -> None:
    file = tmp_path / "headers.txt"
    file.write_text("HTTP/2 200\r\nServer: nginx/1.25.3\r\nX-A: 1\r\nX-A: 2\r\n\r\n", "utf-8")
    found = sluice("technologies", page, "--headers", file, "--json").json["technologies"]
    assert "nginx" in {one["slug"] for one in found}


@pytest.mark.parametrize(
    "url",
    [
        "notaurl",
        "javascript:alert(1)",
        "ftp://zyxwell.example/",
        "file:///etc/hosts",
        "https://",
        "https://zyx well.example/",
        "https://zyxwell.example:port/",
        "https://[zyxwell/",
        "acme.example",
    ],
)
@pytest.mark.parametrize("command", ["extract", "technologies"])
def test_what_is_no_address(sluice: Sluice, page: Path, command: str, url: str) -> None:
    error = sluice(command, page, "--url", url, "--json", code=2).error
    assert error["message"] == f"--url {url!r} is not an address of a page"
    assert error["hint"] == "such as https://acme.example/"


@pytest.mark.parametrize(
    "url",
    [
        "https://zyxwell.example",
        "HTTP://www.zyxwell.example:8080/über?a=b#c",
        "http://127.0.0.1:8000/imprint",
        "http://[::1]/",
        "http://localhost:8000/",
        "https://müller.example/",
    ],
)
def test_what_is_an_address(sluice: Sluice, page: Path, url: str) -> None:
    assert sluice("extract", page, "--url", url, "--json").json["url"] == url


def test_a_year_is_no_amount(sluice: Sluice, page: Path) -> None:
    page.write_text("<p>Zyxwell GmbH, gegründet 1934. Wir haben 1.250 Mitarbeiter.</p>", "utf-8")
    found = sluice("extract", page, "--url", "https://zyxwell.example/ueber-uns").out
    assert "founded: 1934   " in found
    assert "employees: 1,250   " in found
