"""What kind of page a link leads to, by its words, in every language; and what only looks like it."""

import pytest

from spiders.link_words import judge, kind_of
from spiders.links import links_of
from spiders.tables import table
from tests.spiders.made_links import LOOKALIKES, TEXTS, at

KINDS = ("imprint", "contact", "about", "products", "careers", "team", "references", "portal")
BASE = "http://acme.example"


@pytest.mark.parametrize(
    ("language", "kind", "text"),
    [
        (language, kind, text)
        for language, row in TEXTS.items()
        for kind, texts in row.items()
        for text in texts
    ],
)
def test_the_words_of_a_language(language: str, kind: str, text: str) -> None:
    found = judge(f"{BASE}/p/17", text)
    assert found.kind.value == kind, (language, found.why)
    assert found.why.startswith("text has")


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, some in LOOKALIKES.items() for text in some]
)
def test_words_that_look_like_a_kind_and_are_something_else(kind: str, text: str) -> None:
    found = judge(f"{BASE}/p/17", text)
    assert found.kind.value != kind, found.why


@pytest.mark.parametrize("language", list(TEXTS))
def test_every_language_has_words_for_every_kind(language: str) -> None:
    for kind, entry in table("links")["kinds"].items():
        assert entry["words"].get(language), kind


@pytest.mark.parametrize(
    ("url", "text", "kind"),
    [
        ("/unternehmen/kontakt", "", "contact"),  # The last segment tells more than the first.
        ("/firma/historie", "", "about"),
        ("/jobs/1234-dreher", "Dreher (m/w/d)", "careers"),
        ("/karriere", "Mehr erfahren", "careers"),
        ("/mehr", "Impressum & Datenschutz", "imprint"),
        ("/datenschutz-impressum", "", "imprint"),
        ("/kontakt-impressum.html", "", "imprint"),
        ("/impressum", "Kontakt", "imprint"),
        ("/en/about-us/our-team", "Our team", "team"),
        ("/news/2024/neues-team", "Neues Team", "other"),  # An article about it.
        ("/blog/kontakt-mit-kunden", "", "other"),
        ("/aktuelles/referenzen", "", "other"),
        ("/2023/05/jobs", "", "other"),
        ("/blog/impressum", "Impressum", "imprint"),  # A blog's own imprint.
        ("/index.php?id=12&page=kontakt", "", "contact"),
        ("/p.php?kontakt", "", "contact"),
        ("/%D0%BA%D0%BE%D0%BD%D1%82%D0%B0%D0%BA%D1%82%D0%B8", "", "contact"),
        ("/%E4%BC%9A%E7%A4%BE%E6%A6%82%E8%A6%81", "", "imprint"),
        ("/p", "", "other"),
        ("/p", "   ", "other"),
        ("/" + "kontakt-" * 60, "", "contact"),
    ],
)
def test_text_path_and_place_are_weighed(url: str, text: str, kind: str) -> None:
    assert kind_of(BASE + url, text).value == kind


def test_the_surest_link_of_a_kind_names_words_and_place() -> None:
    html = (
        '<main><a href="/p/1">Impressum der Ausstellung</a></main>'
        '<footer><a href="/impressum">Impressum</a></footer>'
    )
    links = {link.url: link for link in links_of(at(BASE + "/", html), "acme.example")}
    sure, unsure = links[BASE + "/impressum"], links[BASE + "/p/1"]
    assert sure.points > unsure.points
    assert sure.why == "text has 'impressum', path has 'impressum', in the footer"


@pytest.mark.parametrize(
    ("before", "place"),
    [
        ("<nav>", "nav"),
        ("<header>", "header"),
        ("<footer>", "footer"),
        ('<div id="footer">', "footer"),
        ("<ul class='main-menu menu'>", "nav"),
        ("<nav></nav><main>", ""),
        ("<footer></footer>", ""),
        ("<header><nav></nav>", "header"),
        ("<p>the footer says", ""),
    ],
)
def test_where_a_link_stands(before: str, place: str) -> None:
    after = f"</{before[1:].rstrip('>').split()[0]}>" if place else ""
    page = at(BASE + "/", f'{before}<a href="/kontakt">Kontakt</a>{after}')
    (link,) = links_of(page, "acme.example")
    assert link.why.partition(", in the ")[2] == place
