"""What is kept of a page's reading gives the same facts as reading the page again."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import enrich.site
from enrich.reading import PageReading, from_text, read_page, to_text
from enrich.rules import _own_version, rules_version
from enrich.site import merged, read_pages
from leads.facts import Fact

AT = datetime(2026, 3, 1, tzinfo=UTC)
SITE = "nordwind.example"


@dataclass(frozen=True)
class Sent:
    """A page as the crawl brings it."""

    url: str
    kind: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    rendering: str = ""


#: With half of a character, which JSON can state and nothing can encode.
ORGANISATION = (
    '{"@type":"Organization","name":"Nordwind GmbH","numberOfEmployees":85,'
    '"vatID":"DE123456789","description":"\\ud800"}'
)
NAMES = st.sampled_from(["Nordwind GmbH", "Nordwind Technik AG", "Südwind Ltd", "Ostwind"])
PHONES = st.sampled_from(["+493012345", "+494012345", "030 12345", "none"])
PARTS = st.sampled_from(
    [
        "<p>We are a team of 120 employees.</p>",
        "<p>Founded in 1987.</p>",
        "<p>Musterweg 12, 10115 Berlin, Germany</p>",
        "<p>Musterweg 14, 20095 Hamburg, Germany</p>",
        "<script src=https://cdn.shopify.com/s/a.js></script>",
        '<meta name=generator content="WordPress 6.5">',
        f"<script type=application/ld+json>{ORGANISATION}</script>",
        "<p>This domain is for sale</p>",
        "<p>ISO 9001</p>",
        "<a href='mailto:info@nordwind.example'>mail</a>",
    ]
)
HEADERS = st.sampled_from([(), (("Server", "nginx"),), (("CF-Ray", "1"), ("Server", "cloudflare"))])


@st.composite
def sites(draw: st.DrawFn) -> list[Sent]:
    kinds = draw(
        st.lists(
            st.sampled_from(["home", "imprint", "about", "contact", "other"]),
            min_size=1,
            max_size=5,
        )
    )
    return [draw(page_of(place, kind)) for place, kind in enumerate(kinds)]


@st.composite
def page_of(draw: st.DrawFn, place: int, kind: str) -> Sent:
    parts = draw(st.lists(PARTS, max_size=4))
    phone = f"<a href='tel:{draw(PHONES)}'>call</a>"
    body = f"<title>{draw(NAMES)}</title><p>{draw(NAMES)}</p>{phone}{''.join(parts)}"
    status = draw(st.sampled_from([200, 200, 200, 404]))
    url = f"https://{SITE}/{place}"
    return Sent(url, kind, status, draw(HEADERS), body.encode("utf-8", "replace"), AT)


def said(facts: tuple[Fact, ...]) -> list[Fact]:
    return [replace(one, id=UUID(int=0)) for one in facts]


def kept(page: Sent, later: datetime) -> PageReading:
    """The reading of a page as it is kept, and looked at when the page was seen again."""
    text = to_text(read_page(page, with_people=False))
    return from_text(text, url=page.url, kind=page.kind, fetched_at=later)


@settings(max_examples=60, deadline=None)
@given(before=sites(), changed=st.data())
def test_reading_changed_pages_alone_gives_what_reading_all_gives(
    before: list[Sent], changed: st.DataObject
) -> None:
    later = AT + timedelta(days=30)
    after, readings = [], []
    for place, page in enumerate(before):
        if changed.draw(st.booleans()):
            new = replace(changed.draw(page_of(place, page.kind)), fetched_at=later)
            readings.append(read_page(new, with_people=False))
        else:
            new = replace(page, fetched_at=later)
            readings.append(kept(page, later))
        after.append(new)
    assert said(merged(SITE, readings).facts) == said(read_pages(SITE, after).facts)


def test_rules_are_named_by_their_content(monkeypatch: pytest.MonkeyPatch) -> None:
    before = rules_version()
    _own_version.cache_clear()
    assert rules_version() == before
    _own_version.cache_clear()
    real = Path.read_bytes
    changed = Path(enrich.site.__file__)
    monkeypatch.setattr(
        Path, "read_bytes", lambda file: real(file) + (b"#" if file == changed else b"")
    )
    assert rules_version() != before
    _own_version.cache_clear()
