import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made_pages import HOME, found, values

ACME = "https://www.acme-beispiel.example/"


def said(html: str, kind: str = "other", url: str = ACME) -> tuple[list[str], list[str]]:
    return values(found(html, "name", url, kind)), values(found(html, "legal_name", url, kind))


@pytest.mark.parametrize(
    ("html", "kind", "names", "legal"),
    [
        pytest.param(
            '<meta property="og:site_name" content="Acme Beispiel">',
            "home",
            ["Acme Beispiel"],
            [],
            id="a meta tag",
        ),
        pytest.param(
            "<p>© 2019-2026 Acme Beispiel GmbH. Alle Rechte vorbehalten",
            "home",
            ["Acme Beispiel GmbH"],
            ["Acme Beispiel GmbH"],
            id="a copyright line",
        ),
        pytest.param(
            "<p>Copyright © by Acme Beispiel, Inc. All rights reserved.",
            "home",
            ["Acme Beispiel, Inc."],
            ["Acme Beispiel, Inc."],
            id="the dot of an abbreviation stays",
        ),
        pytest.param(
            "<title>Impressum</title><h1>Impressum</h1><p>Acme Beispiel Maschinenbau GmbH &amp; Co."
            " KG<br>Beispielweg 5",
            "imprint",
            ["Acme Beispiel Maschinenbau GmbH & Co. KG"],
            ["Acme Beispiel Maschinenbau GmbH & Co. KG"],
            id="the first line of an imprint",
        ),
        pytest.param(
            "<p>Muster AG<p>Hosting: Fremd GmbH",
            "imprint",
            ["Muster AG"],
            ["Muster AG"],
            id="an imprint under another name than the domain's",
        ),
        pytest.param(
            "<title>Rotary valves | Acme Beispiel</title>",
            "home",
            ["Acme Beispiel"],
            [],
            id="the part of a title that the domain spells",
        ),
        pytest.param(
            "<title>Willkommen bei Acme Beispiel - Home</title>",
            "home",
            ["Acme Beispiel"],
            [],
            id="a greeting before it",
        ),
        pytest.param(
            "<title>Acme Beispiel makes the best rotary valves of the whole wide world</title>",
            "home",
            [],
            [],
            id="a title that is a slogan",
        ),
        pytest.param(
            "<title>Home</title><p>Wir liefern an die Fremd GmbH und die Andere AG.",
            "home",
            [],
            [],
            id="customers in running text",
        ),
        pytest.param(
            "<p>© 2024 by Fremd Webdesign Ltd<p>Some text",
            "home",
            ["Fremd Webdesign Ltd"],
            ["Fremd Webdesign Ltd"],
            id="a copyright line is believed when nothing else is there",
        ),
        pytest.param(
            '<meta property="og:site_name" content="Acme Beispiel"><p>© 2024 Fremd Webdesign Ltd',
            "home",
            ["Acme Beispiel"],
            [],
            id="and not against the domain",
        ),
        pytest.param("<p>© 2024 We are the makers of things", "home", [], [], id="a sentence"),
        pytest.param("<title>Startseite</title><p>©", "home", [], [], id="nothing"),
        pytest.param(
            "<p>The Acme Beispiel Company<p>© 2024 The Acme Beispiel Company",
            "home",
            ["The Acme Beispiel Company"],
            [],
            id="company is no legal form",
        ),
    ],
)
def test_the_name_is_what_the_places_of_names_agree_on(
    html: str, kind: str, names: list[str], legal: list[str]
) -> None:
    assert said(html, kind) == (names, legal)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Van Muster Metaal B.V.", "Van Muster Metaal B.V."),
        ("Die Muster Ventile AG ist ein Familienunternehmen", "Muster Ventile AG"),
        ("Medieninhaber: Muster & Söhne GmbH", "Muster & Söhne GmbH"),
        ("Welcome at Muster and Sons Ltd", "Muster and Sons Ltd"),
        ("Copyright 2024 Muster of London Ltd", "Muster of London Ltd"),
    ],
)
def test_where_a_name_in_running_text_begins(line: str, name: str) -> None:
    assert values(found(f"<p>{line}", "legal_name", ACME, "imprint")) == [name]


@pytest.mark.parametrize("mark", ["<sup>SM</sup>", "<sup>TM</sup>", "™", " ®"])
def test_the_sign_of_a_trade_mark_is_no_part_of_a_name(mark: str) -> None:
    html = f"<p>© 2024 Acme Works{mark}, all rights reserved"
    assert values(found(html, "name", "https://acmeworks.example/", "home")) == ["Acme Works"]


def test_agreement_makes_a_name_surer() -> None:
    alone = found("<p>© 2024 Muster", "name", ACME)[0]
    backed = found("<title>Acme Beispiel</title><p>© 2024 Acme Beispiel", "name", ACME)[0]
    assert alone.confidence < 0.6 < 0.8 < backed.confidence


def test_the_legal_form_is_that_of_the_legal_name() -> None:
    html = (
        "<h1>Impressum</h1><p>Acme Beispiel GmbH &amp; Co. KG<p>vertreten durch die Acme"
        " Verwaltungs GmbH"
    )
    assert values(found(html, "legal_form", ACME, "imprint")) == ["gmbh & co kg"]


def test_a_page_of_many_companies_of_one_name_does_not_say_whose_it_is() -> None:
    html = "".join(
        f"<p>Acme Beispiel {land} Ltd" for land in ("Korea", "Hungary", "India", "Canada")
    )
    assert said(html) == ([], [])


def test_processors_of_data_are_not_the_owner() -> None:
    assert said("<h1>Datenschutz</h1><p>Google Ireland Limited, Dublin") == ([], [])


@given(st.text(alphabet="AcmeGbH&Co.KLtdS ©2024|-–\n", max_size=150))
def test_any_line_is_read(text: str) -> None:
    for attribute in ("name", "legal_name", "legal_form"):
        assert len(found(f"<title>{text}</title><p>{text}", attribute, HOME, "imprint")) <= 1


@pytest.mark.parametrize(
    ("html", "url", "name"),
    [
        pytest.param(
            "<p>Peak Muster Roofing strives to be good.",
            "https://peakmusterroofing.example/",
            ["Peak Muster Roofing"],
            id="the words that the domain spells",
        ),
        pytest.param(
            "<p>Welcome to M&B Beispiel, solicitors",
            "https://mandbbeispiel.example/",
            ["M&B Beispiel"],
            id="a sign for and",
        ),
        pytest.param(
            "<p>Mail info@peakmusterroofing.example or www.peakmusterroofing.example",
            "https://peakmusterroofing.example/",
            [],
            id="addresses alone",
        ),
        pytest.param(
            "<title>Jo Muster, Owner/Broker - Muster Real Estate</title>",
            "https://muster.example/",
            ["Muster Real Estate"],
            id="a person in the title",
        ),
    ],
)
def test_names_that_the_domain_spells(html: str, url: str, name: list[str]) -> None:
    assert said(html, "home", url)[0] == name
