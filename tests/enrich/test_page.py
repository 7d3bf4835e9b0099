import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.page import decode, lowered, page_kind


@pytest.mark.parametrize(
    ("body", "headers", "text"),
    [
        pytest.param("Müller".encode(), {}, "Müller", id="UTF-8 that nobody declares"),
        pytest.param(
            "Müller €".encode("cp1252"), {}, "Müller €", id="Windows-1252 that nobody declares"
        ),
        pytest.param(
            "Müller".encode(),
            {"content-type": "text/html; charset=iso-8859-1"},
            "Müller",
            id="declared Latin-1, is UTF-8",
        ),
        pytest.param(
            "“x” €".encode("cp1252"),
            {"content-type": "text/html; charset=ISO-8859-1"},
            "“x” €",
            id="declared Latin-1 means Windows-1252",
        ),
        pytest.param(
            "Łódź".encode("iso-8859-2"),
            {"content-type": "text/html; charset=ISO-8859-2"},
            "Łódź",
            id="declared in the header",
        ),
        pytest.param(
            b'<meta charset="windows-1251">' + "Завод".encode("cp1251"),
            {},
            '<meta charset="windows-1251">Завод',
            id="declared in a meta tag",
        ),
        pytest.param(
            codecs.BOM_UTF8 + b"x",
            {"content-type": "text/html; charset=cp1252"},
            "x",
            id="byte order mark before all",
        ),
        pytest.param(codecs.BOM_UTF16_LE + "é".encode("utf-16-le"), {}, "é", id="UTF-16"),
        pytest.param(
            "日本".encode("iso2022_jp"),
            {"content-type": "text/html; charset=iso-2022-jp"},
            "日本",
            id="written in ASCII bytes",
        ),
        pytest.param(
            "é".encode(),
            {"content-type": "text/html; charset=rot13"},
            "é",
            id="a codec that is no character set",
        ),
        pytest.param(
            "é".encode(),
            {"content-type": "text/html; charset=\udcff"},
            "é",
            id="a header that is no text",
        ),
        pytest.param(
            ("ä" * 50).encode() + b"\xff", {}, "ä" * 50 + "�", id="one broken byte in UTF-8"
        ),
        pytest.param(b"", {}, "", id="nothing"),
    ],
)
def test_a_body_is_decoded_by_what_it_is(body: bytes, headers: dict[str, str], text: str) -> None:
    assert decode(body, headers) == text


@given(st.binary(max_size=200), st.text(max_size=40))
def test_decoding_never_raises(body: bytes, content_type: str) -> None:
    assert isinstance(decode(body, {"content-type": content_type}), str)
    assert isinstance(
        decode(
            b"<meta charset=" + body + b">" + body,
            {"content-type": f"text/html; charset={content_type}"},
        ),
        str,
    )


@pytest.mark.parametrize(
    ("url", "text", "kind"),
    [
        ("https://acme.example", "", "home"),
        ("https://acme.example/index.php?x=1", "Impressum", "home"),
        ("https://acme.example/de/", "", "home"),
        ("https://acme.example/en-gb", "", "home"),
        ("https://acme.example/impressum.html", "", "imprint"),
        ("https://acme.example/de/Impressum/", "", "imprint"),
        ("https://acme.example/mentions-legales", "", "imprint"),
        ("https://acme.example/mentions_l%C3%A9gales", "", "imprint"),
        ("https://acme.example/note-legali.php", "", "imprint"),
        ("https://acme.example/aviso-legal", "", "imprint"),
        ("https://acme.example/colofon", "", "imprint"),
        ("https://acme.example/p?id=7", "Impressum | Acme", "imprint"),
        ("https://acme.example/p/7", "Mentions légales", "imprint"),
        ("https://acme.example/kontakt", "", "contact"),
        ("https://acme.example/nous-contacter", "", "contact"),
        ("https://acme.example/contatti.html", "", "contact"),
        ("https://acme.example/yhteystiedot", "", "contact"),
        ("https://acme.example/unternehmen/kontakt", "", "contact"),
        ("https://acme.example/%C3%BCber-uns", "", "about"),
        ("https://acme.example/chi-siamo", "", "about"),
        ("https://acme.example/o-nas/", "", "about"),
        ("https://acme.example/over-ons", "", "about"),
        ("https://acme.example/blog/about-ducks", "All about ducks", "about"),
        ("https://acme.example/products/7", "Product 7", "other"),
        ("https://acme.example/kontaktlinsen", "Kontaktlinsen", "other"),
        ("http://[broken", "", "home"),
    ],
)
def test_the_kind_of_a_page_is_told_by_its_address_or_title(url: str, text: str, kind: str) -> None:
    assert page_kind(url, text) == kind


@given(st.text(max_size=80), st.text(max_size=80))
def test_every_address_has_a_kind(url: str, text: str) -> None:
    assert page_kind(url, text) in {"home", "imprint", "contact", "about", "other"}


def test_repeated_headers_are_joined_by_what_cannot_stand_in_them() -> None:
    given = [
        ("Set-Cookie", "a=1; expires=Wed, 01 Jan 2031"),
        ("Vary", "A"),
        ("set-cookie", "b=2"),
        ("vary", "B"),
    ]
    assert lowered(given) == {"set-cookie": "a=1; expires=Wed, 01 Jan 2031\nb=2", "vary": "A, B"}
