from dataclasses import replace

import pytest

from enrich.coverage import coverage, sees_server
from enrich.document import Document
from enrich.parked import parked
from enrich.reading import read_document
from tests.made_pages import HOME, document

TEXT = (
    "<p>Acme Beispiel makes rotary valves for bulk solids, in Berlin, for customers of all"
    " sizes.</p>"
)


def looked(*documents: Document) -> set[str]:
    return {str(one.value) for one in coverage([read_document(one) for one in documents])}


def test_pages_are_counted_by_kind_and_in_all() -> None:
    pages = [
        document(TEXT, f"{HOME}{place}", kind)
        for place, kind in enumerate(["home", "imprint", "contact", "products", "products"])
    ]
    assert looked(*pages) == {"home:1", "imprint:1", "contact:1", "products:2", "pages:5"}


def test_a_page_counts_once_and_what_the_home_page_forwards_to_is_the_home_page() -> None:
    assert looked(document(TEXT, HOME, "entry"), document(TEXT, f"{HOME}#top", "entry")) == {
        "home:1",
        "pages:1",
    }


def test_a_rendered_page_is_read_and_counted_as_such() -> None:
    page = replace(read_document(document(TEXT, HOME, "home")), is_rendered=True)
    assert {str(one.value) for one in coverage([page])} == {"home:1", "pages:1", "rendered:1"}


def test_what_dns_answered_counts_and_is_no_page() -> None:
    page = read_document(document(TEXT, HOME, "home"))
    records = replace(
        page, kind="dns", url="dns:acme.example", answered=("mx", "txt"), has_scripts=False
    )
    assert {str(one.value) for one in coverage([page, records])} == {
        "home:1",
        "pages:1",
        "dns_mx:1",
        "dns_txt:1",
    }


def test_headers_and_scripts_count_where_they_were_seen() -> None:
    headers = {"server": "nginx"}
    assert looked(document(TEXT + "<script src=a.js></script>", kind="home", headers=headers)) == {
        "home:1",
        "pages:1",
        "headers:1",
        "scripts:1",
    }


@pytest.mark.parametrize(
    ("headers", "seen"),
    [
        ({"server": "Microsoft-IIS/10.0"}, True),
        ({"content-type": "text/html"}, True),
        ({}, False),
        ({"server": "cloudflare", "cf-ray": "1"}, False),
        ({"server": "Apache", "x-amz-cf-id": "1"}, False),
        ({"server": "AkamaiGHost"}, False),
    ],
)
def test_behind_a_network_the_company_s_server_is_not_seen(
    headers: dict[str, str], seen: bool
) -> None:
    assert sees_server(headers) is seen


@pytest.mark.parametrize(
    ("page", "counted", "words"),
    [
        (document("", kind="home"), "unread_empty:1", ""),
        (document("<h1>Not found", kind="home", status=404), "unread_error:1", "status 404"),
        (
            document("<h1>This domain is for sale", kind="home"),
            "unread_for_sale:1",
            "this domain is for sale",
        ),
    ],
)
def test_pages_that_could_not_be_read_count_as_unread(
    page: Document, counted: str, words: str
) -> None:
    (one,) = coverage([read_document(page)])
    assert str(one.value) == counted
    assert one.quote == HOME.rstrip("/") + (f" ({words})" if words else "")


def test_coverage_names_the_pages_it_counts() -> None:
    one, *_ = coverage([read_document(document(TEXT, HOME, "home"))])
    assert (one.attribute, one.quote, one.method, one.confidence) == (
        "coverage",
        "https://www.acme.example",
        "looked_at",
        1.0,
    )


@pytest.mark.parametrize(
    ("html", "status", "reasons"),
    [
        pytest.param(TEXT, 200, (), id="a page"),
        pytest.param("", 200, ("empty",), id="nothing"),
        pytest.param(
            "<div id=root></div><script src=app.js></script>",
            200,
            ("needs_browser",),
            id="a shell that a browser fills",
        ),
        pytest.param(
            "<title>Acme</title><noscript>You need JavaScript to see this page.</noscript><script"
            " src=app.js></script>",
            200,
            ("needs_browser",),
            id="a shell that says so",
        ),
        pytest.param(TEXT, 503, ("error",), id="an error with text"),
        pytest.param(
            "<title>acme.example</title><h1>This domain is for sale!</h1><p>Buy this domain today.",
            200,
            ("for_sale",),
            id="for sale",
        ),
        pytest.param(
            "<h1>Diese Domain steht zum Verkauf</h1>", 200, ("for_sale",), id="for sale, in German"
        ),
        pytest.param(
            f"{TEXT}<script"
            " src='https://img1.wsimg.com/parking-lander/static/js/main.js'></script>",
            200,
            ("for_sale",),
            id="a parking script",
        ),
        pytest.param(
            "<h1>Hier entsteht eine neue Internetpräsenz</h1>",
            200,
            ("parked",),
            id="parked, in German",
        ),
        pytest.param(
            "<title>Apache2 Ubuntu Default Page: It works</title><h1>Apache2 Default Page</h1>",
            200,
            ("placeholder",),
            id="a default page",
        ),
        pytest.param(
            "<title>IIS Windows Server</title><img src=iisstart.png alt=IIS><p>Welcome Bienvenue"
            " Tervetuloa",
            200,
            ("placeholder",),
            id="IIS's welcome",
        ),
        pytest.param(
            "<h1>Our new website is coming soon. Stay tuned!</h1>",
            200,
            ("under_construction",),
            id="coming soon",
        ),
        pytest.param(
            "<h1>Account suspended</h1><p>Contact your hosting provider.",
            200,
            ("suspended",),
            id="suspended",
        ),
        pytest.param(
            "<title>404 - Page not found</title><h1>Sorry, nothing here</h1>",
            200,
            ("not_found",),
            id="an error that says 200",
        ),
        pytest.param(
            "<title>Just a moment...</title><p>Checking your browser before accessing",
            200,
            ("challenge",),
            id="a challenge",
        ),
        pytest.param(
            f"<h1>Domain parking</h1>{TEXT * 30}<p>This domain is parked",
            200,
            (),
            id="a company that sells parking",
        ),
        pytest.param(
            f"{TEXT}<p>New products coming soon!{TEXT * 8}",
            200,
            (),
            id="products that are coming soon",
        ),
        pytest.param(f"{TEXT}<form>Please type the captcha", 200, (), id="a form with a captcha"),
    ],
)
def test_pages_that_say_nothing_about_a_company(
    html: str, status: int, reasons: tuple[str, ...]
) -> None:
    assert parked(document(html, status=status)) == reasons
