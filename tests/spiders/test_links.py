import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse

from spiders.anchors import anchors, plain_links, read, references
from spiders.limits import Limits
from spiders.link_words import judge, kind_of
from spiders.links import MOST_LINKS, KnownLinks, Link, links_of
from spiders.plan import Plan
from spiders.site import PageKind

BASE = "http://acme.example"


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("/impressum", "", "imprint"),
        ("/de/Impressum.html", "", "imprint"),
        ("/p/7", "Impressum & Kontakt", "imprint"),
        ("/p/7", "Imprint", "imprint"),
        ("/mentions-legales", "", "imprint"),
        ("/p", "Mentions légales", "imprint"),
        ("/p", "Note legali", "imprint"),
        ("/aviso-legal", "", "imprint"),
        ("/p", "Colofon", "imprint"),
        ("/p", "Kontakt", "contact"),
        ("/kontaktformular.php", "", "contact"),
        ("/p", "Contact us", "contact"),
        ("/p", "Contattaci", "contact"),
        ("/p", "Contáctenos", "contact"),
        ("/p", "So erreichen Sie uns", "contact"),
        ("/ueber-uns", "", "about"),
        ("/p", "Über uns", "about"),
        ("/%C3%BCber-uns", "", "about"),
        ("/uber_uns", "", "about"),
        ("/p", "About", "about"),
        ("/p", "Qui sommes-nous ?", "about"),
        ("/p", "L'entreprise", "about"),
        ("/p", "Chi siamo", "about"),
        ("/p", "Quiénes somos", "about"),
        ("/p", "Over ons", "about"),
        ("/p", "Om os", "about"),
        ("/p", "Das Unternehmen", "about"),
        ("/default.asp?page=produkte", "", "products"),
        ("/p", "Produits", "products"),
        ("/p", "Prodotti e servizi", "products"),
        ("/p", "Jobs", "careers"),
        ("/karriere/", "", "careers"),
        ("/p", "Lavora con noi", "careers"),
        ("/p", "Werken bij ons", "careers"),
        ("/p", "Kundenportal", "portal"),
        ("/p", "Log in", "portal"),
        ("/p", "Area riservata", "portal"),
        ("/", "", "other"),
        ("/agb", "AGB", "other"),
        (
            "/p",
            "Jobsharing im Alltag: was wir in zwanzig Jahren über uns und andere lernten",
            "other",
        ),  # A teaser says nothing.
        ("/p", "Aprofilado", "other"),  # The word stands inside another.
        ("/p", "", "other"),
    ],
)
def test_what_a_link_leads_to(path: str, text: str, kind: str) -> None:
    assert kind_of(BASE + path, text).value == kind


_WORDS = st.sampled_from(
    [
        "kontakt",
        "Impressum",
        "team",
        "t7",
        "2-0-7",
        "news",
        "über",
        "wp",
        "index.html",
        "%C3%BCber",
        "",
    ]
)


@given(
    st.sampled_from(["acme.example", "karriere.acme.example"]),
    st.lists(_WORDS, max_size=4),
    st.lists(_WORDS, max_size=2),
)
def test_a_quick_look_judges_as_a_long_one(host: str, steps: list[str], text: list[str]) -> None:
    url, said = f"https://{host}/{'/'.join(steps)}", " ".join(text)
    # An address with a query is always looked at closely; this one says nothing.
    assert judge(url, said) == judge(f"{url}?v=7", said)


def test_a_host_of_its_own_tells_too() -> None:
    assert kind_of("http://karriere.acme.example/", "") is PageKind.CAREERS


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/a", BASE + "/a"),
        ("a.htm", BASE + "/dir/a.htm"),
        ("../b", BASE + "/b"),
        ("#top", BASE + "/dir/page"),
        ("/a#part", BASE + "/a"),
        (" /spaced ", BASE + "/spaced"),
        ("https://acme.example/a", BASE + "/a"),  # The scheme of the page it stands on.
        ("//www.acme.example/a", "http://www.acme.example/a"),
        ("https://www.acme.example/a", "https://www.acme.example/a"),
        ("http://other.example/a", None),
        ("http://acme.example.other.example/", None),
        ("http://127.0.0.1/a", None),
        ("mailto:info@acme.example", None),
        ("tel:+4930123456", None),
        ("javascript:go()", None),
        ("data:text/html,x", None),
        ("/file.PDF", None),
        ("/x.zip", None),
        ("http://[bad", None),
        ("/?page=2", None),  # A query is followed only where a word tells what it leads to.
        ("/?page=impressum", BASE + "/?page=impressum"),
        ("/" + "a" * 600, None),
        ("", None),
    ],
)
def test_links_of_a_page(href: str, url: str | None) -> None:
    page = HtmlResponse(
        BASE + "/dir/page", body=f'<a href="{href}">x</a>'.encode(), encoding="utf-8"
    )
    assert [link.url for link in links_of(page, "acme.example")] == ([] if url is None else [url])


def test_links_follow_the_base_of_the_page_and_come_once() -> None:
    page = HtmlResponse(
        BASE + "/",
        body=b'<base href="/en/"><a href=about>About</a><a href=/en/about>again</a>',
        encoding="utf-8",
    )
    assert links_of(page, "acme.example") == [Link(BASE + "/en/about", PageKind.ABOUT)]


@given(st.binary(max_size=300), st.binary(max_size=60))
def test_any_page_has_links_or_none(body: bytes, href: bytes) -> None:
    page = HtmlResponse(BASE + "/", body=b"<a href='" + href + b"'>" + body + b"</a>" + body)
    for link in links_of(page, "acme.example"):
        assert link.url.startswith(("http://", "https://"))


PATHS = st.lists(
    st.sampled_from(
        [
            f"/{word}{n}"
            for word in ("impressum", "kontakt", "about", "jobs", "news")
            for n in range(6)
        ]
    ),
    unique=True,
)


@given(
    PATHS, st.lists(st.booleans(), min_size=40, max_size=40), st.integers(1, 9), st.integers(1, 9)
)
def test_a_plan_takes_no_page_twice_and_never_more_than_the_limits_allow(
    paths: list[str], had: list[bool], most: int, enough: int
) -> None:
    plan = Plan(Limits(pages_per_site=most, pages_enough=enough), BASE + "/")
    plan.offer([Link(BASE + path, kind_of(BASE + path, "")) for path in paths], 0)
    taken = []
    while (step := plan.take()) is not None:
        taken.append(step.link.url)
        plan.done(step, step.link.url if had[len(taken)] else None)
    assert len(taken) == len(set(taken))
    assert len(taken) + 1 <= most
    wanted = [url for url in taken if kind_of(url, "") is not PageKind.OTHER]
    assert taken[: len(wanted)] == wanted


def test_a_page_of_a_kind_counts_as_such_however_else_it_is_linked() -> None:
    plan = Plan(Limits(), BASE + "/")
    plan.offer([Link(BASE + "/p/7/", PageKind.OTHER), Link(BASE + "/a", PageKind.OTHER)], 0)
    plan.offer([Link(BASE + "/p/7", PageKind.TEAM, points=8)], 0)
    taken = [step.link.kind for step in iter(plan.take, None)]
    assert taken == [PageKind.TEAM, PageKind.OTHER]


def test_a_page_that_was_not_had_is_replaced_by_the_next_of_its_kind() -> None:
    plan = Plan(Limits(), BASE + "/")
    plan.offer(
        [Link(BASE + "/impressum", PageKind.IMPRINT), Link(BASE + "/imprint", PageKind.IMPRINT)], 0
    )
    first = plan.take()
    assert first is not None
    assert plan.take() is None
    plan.done(first, None)
    second = plan.take()
    assert second is not None
    assert second.link.url == BASE + "/imprint"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<a href=/x>X</a>", [("/x", "X", False)]),
        ("<A HREF = '/x' >X</A>", [("/x", "X", False)]),
        ('<a title="a > b" href="/x">X</a>', [("/x", "X a > b", False)]),
        ('<a data-href="/no" href="/x">X</a>', [("/x", "X", False)]),
        ('<a href="/x" href="/no">X</a>', [("/x", "X", False)]),
        ('<a href="/x?a=1&amp;b=2">&Uuml;ber&nbsp;uns</a>', [("/x?a=1&b=2", "Über uns", False)]),
        (
            '<a href="/x"><img src="i.png" alt="Contact"><span>us</span></a>',
            [("/x", "us Contact", False)],
        ),
        ('<a href="/x">one<a href="/y">two', [("/x", "one", False), ("/y", "two", False)]),
        ('<area href="/x">', [("/x", "", False)]),
        ('<frame src="/nav.htm">', [("/nav.htm", "", True)]),
        ('<meta http-equiv="Refresh" content="5; URL=\'/de/\'">', [("/de/", "", True)]),
        ('<meta content="0;url=/de/" http-equiv=refresh>', [("/de/", "", True)]),
        ('<meta name="description" content="0;url=/no">', []),
        ('<meta http-equiv="refresh" content="30">', []),
        ('<!-- <a href="/no">X</a> --><a href="/x">X</a>', [("/x", "X", False)]),
        ("<script>s = '<a href=\"/no\">'</script><a href='/x'>X</a>", [("/x", "X", False)]),
        ('<style>a{}</style><a href="/x">X</a>', [("/x", "X", False)]),
        ('<a href="/x">X</a><!-- never ends <a href="/no">', [("/x", "X", False)]),
        ('<abbr href="/no"><article href="/no"><a name="top">', []),
        ('<a href="">X</a>', []),
        ("<a href='/x", []),  # A value whose quote never ends is no value.
        ("<", []),
    ],
)
def test_what_a_page_refers_to(html: str, found: list[tuple[str, str, bool]]) -> None:
    assert [(anchor.href, anchor.text, anchor.forced) for anchor in anchors(html)] == found


@pytest.mark.parametrize(
    ("html", "why"),
    [
        (
            "<a " + "".join(f"a{n}='1' " for n in range(100_000)) + ">",
            "a tag of 100,000 attributes",
        ),
        ("<div>" * 200_000, "200,000 open elements"),
        ("<a href=/x><div>" * 60_000, "60,000 nested links"),
        ("<a >" * 200_000, "tags that lead nowhere"),
        ("<a \"'>" * 150_000, "quotes that never match"),
        ("<" * 1_000_000, "nothing but beginnings"),
        ("<!--" * 200_000, "comments that never end"),
        ("<script>" * 100_000, "scripts that never end"),
        (
            "<meta http-equiv=refresh content='" + " ;" * 300_000 + "'>",
            "a forwarding full of separators",
        ),
        ("<a href='/x'>" + "&amp;<b>" * 100_000, "a link without an end"),
    ],
)
def test_a_page_made_to_take_long_does_not(html: str, why: str) -> None:
    before = time.process_time()
    links_of(HtmlResponse(BASE + "/", body=html.encode()), "acme.example")
    assert time.process_time() - before < 2, why


def test_what_navigation_leads_to_counts_as_long_as_the_page_may_have_links() -> None:
    nav = "".join(f"<a href='/n{number}/'>N</a>" for number in range(30))
    many = "".join(f"<a href='/m{number}/'>M</a>" for number in range(MOST_LINKS - 10))
    known = KnownLinks()
    for html in (f"<nav>{nav}</nav>", f"{many}<nav>{nav}</nav>", f"<nav>{nav}</nav>{many}"):
        page = HtmlResponse(BASE + "/", body=html.encode(), encoding="utf-8")
        alone = links_of(page, "acme.example")
        assert links_of(page, "acme.example", known) == alone
        assert len(alone) == min(html.count("<a "), MOST_LINKS)


_LINKS = st.sampled_from(
    [
        '<a href="/kontakt">Kontakt</a>',
        '<li><a class="x" href="/a" title="Über uns" id="y" ><span>A</span> b</a></li>',
        '<A href="/b" data-x-y="1" />B <img alt="Logo"></A>',
        '<a href="/open">Open',
        '<a href="/team" title="">Team &amp; more</a>',
        '<a href="/entity&amp;x">E</a>',
        "<a href='/quoted'>Q</a>",
        '<a name="top"></a>',
        "<!-- ",
        " -->",
        "<script>",
        "</script>",
        "text ",
        "x" * 390,
    ]
)


@given(st.lists(_LINKS, max_size=8))
def test_plain_links_are_read_together_as_they_are_one_by_one(parts: list[str]) -> None:
    html = "".join(parts)
    together = plain_links(html, 50, 300)
    one_by_one = [read(*one[:3]) for one in references(html)]
    assert together is None or together == one_by_one


def test_plain_navigation_is_read_together() -> None:
    html = '<li><a href="/kontakt" title="Wir">Kontakt</a><a href="/b"><b>B</b></a>'
    assert plain_links(html, 2, 300) == [("/kontakt", "Kontakt Wir", False), ("/b", "B", False)]
    assert plain_links(html, 1, 300) is None
    assert plain_links(html, 2, 20) is None


_PARTS = st.sampled_from(
    [
        "<nav><a href='/impressum'>Impressum</a><a href='/x/1'>One</a></nav>",
        "<nav><a href='kontakt'>Kontakt</a></nav>",
        "<footer><a href='/jobs'>Jobs</a>",
        "</footer>",
        "<header><nav><a href='/team'>Team</a></nav></header>",
        "<nav><a href='/open'>Open",
        "</nav>",
        "<!-- ",
        " -->",
        "<script>var a = '",
        "';</script>",
        "<a href='/ueber-uns'>Über uns</a>",
        "<div id=menu><a href='/produkte'>Produkte</a></div>",
        "<p>text</p>",
    ]
)


@given(st.lists(st.lists(_PARTS, max_size=8), min_size=2, max_size=4))
def test_what_is_known_of_a_site_changes_no_link_of_its_pages(pages: list[list[str]]) -> None:
    known = KnownLinks()
    for number, parts in enumerate(pages):
        page = HtmlResponse(f"{BASE}/a/{number}", body="".join(parts).encode(), encoding="utf-8")
        alone = links_of(page, "acme.example")
        along = links_of(page, "acme.example", known)
        assert along == alone
        assert [one.why for one in along] == [one.why for one in alone]
