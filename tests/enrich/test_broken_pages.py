"""A broken page never ends the extraction of a site: it gives what it can, and the others theirs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from enrich import json_ld
from enrich.document import Document, read
from enrich.extract import EXTRACTORS, try_extract
from enrich.extracted import ExtractedFact
from enrich.extractors.languages import find_languages
from enrich.extractors.phones import find_phones
from enrich.page import Page, decode
from enrich.site import read_pages
from tests.made_broken_pages import SOUND, broken_headers, broken_page
from tests.made_pages import FETCHED

SITE = "kerbholz.example"


@dataclass(frozen=True)
class Stored:
    url: str
    body: bytes
    kind: str = "home"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    fetched_at: datetime = FETCHED
    rendering: str = ""


@pytest.mark.parametrize("start", range(0, 300, 60))
def test_no_broken_page_fails(start: int) -> None:
    for seed in range(start, start + 60):
        headers = tuple(broken_headers(seed).items())
        page = Stored(f"https://{SITE}/{seed}", broken_page(seed), headers=headers)
        reading = read_pages(SITE, [page, Stored(f"https://{SITE}/", SOUND, "imprint")])
        assert reading.broken == (), f"seed {seed}"
        assert {"legal_name", "phone", "founded"} <= {fact.attribute for fact in reading.facts}
        for fact in reading.facts:
            stored = f"{fact.value}{fact.evidence.quote}{fact.evidence.url}"
            stored.encode()
            assert "\0" not in stored, f"seed {seed}"


def _fails(document: Document) -> Iterator[ExtractedFact]:
    if "KAPUTT" in document.text:
        raise ZeroDivisionError("of one page")
    yield from ()


def test_an_extractor_that_fails_loses_only_its_own_facts() -> None:
    page = read(
        Page(f"https://{SITE}/", "<p>KAPUTT<p>Tel. +49 30 901820", {}, 200, FETCHED, "home")
    )
    found = try_extract(page, (find_phones, _fails, find_languages))
    assert [one.attribute for one in found.facts] == ["phone"]
    assert found.failed == ("_fails: ZeroDivisionError: of one page",)


def test_a_page_that_breaks_an_extractor_is_named_with_what_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sound = Stored(f"https://{SITE}/impressum", SOUND, "imprint")
    bad = Stored(f"https://{SITE}/bad", b"<p>KAPUTT</p>")
    alone = read_pages(SITE, [sound]).facts

    monkeypatch.setattr("enrich.reading.EXTRACTORS", (*EXTRACTORS, _fails))
    reading = read_pages(SITE, [bad, sound])
    assert [(one.url, one.error) for one in reading.broken] == [
        (bad.url, "_fails: ZeroDivisionError: of one page")
    ]
    assert {(one.attribute, str(one.value)) for one in alone} <= {
        (one.attribute, str(one.value)) for one in reading.facts
    }


@pytest.mark.parametrize("name", ["utf-7", "raw_unicode_escape", "undefined", "idna", "base64"])
def test_a_codec_that_is_no_character_set_is_not_used(name: str) -> None:
    body = b"+2AA-\\ud800 M\xfcller \0"
    text = decode(body, {"content-type": f"text/html; charset={name}"})
    assert text == "+2AA-\\ud800 Müller "


@pytest.mark.parametrize(
    "wrapped",
    [
        "// <![CDATA[\n{}\n// ]]>",
        "//<![CDATA[\n{}\n//]]>",
        "/* <![CDATA[ */ {} /* ]]> */",
        "/*<![CDATA[*/{}/*]]>*/",
        "<!--\n{}\n-->",
        "<!-- // <![CDATA[\n{}\n//]]>-->",
        "\ufeff\n {}",
    ],
)
def test_json_ld_is_read_in_any_wrapping(wrapped: str) -> None:
    written = json.dumps({"@type": "Organization", "name": "Kerbholz"})
    assert [node["name"] for node in json_ld.nodes([wrapped.replace("{}", written)])] == [
        "Kerbholz"
    ]


def test_half_a_character_in_json_ld_is_replaced() -> None:
    (node,) = json_ld.nodes([r'{"name": "a\ud800b\u0000c\udc00d\ud83d\ude00"}'])
    assert node["name"] == "a\ufffdb\ufffdc\ufffdd😀"
