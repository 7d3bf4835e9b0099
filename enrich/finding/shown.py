"""Read what the pages of one site show of its owner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from enrich import json_ld
from enrich.document import Document, read
from enrich.extracted import ExtractedFact
from enrich.extractors.addresses import find_addresses
from enrich.extractors.emails import find_emails
from enrich.extractors.names import find_names
from enrich.extractors.phones import find_phones
from enrich.extractors.registers import find_registers
from enrich.extractors.vat_ids import find_vat_ids
from enrich.finding.countries import dialled_countries, stated_countries
from enrich.name_candidates import Candidate, candidates
from enrich.name_parts import SEPARATOR, has_form, name_in
from enrich.page import BOARD, Page, decode, lowered, page_kind
from enrich.parked import parked
from enrich.reading import Received
from leads.dns_records import DNS
from leads.lexicon.domains import company_domain, registrable
from leads.lexicon.names.company_names import CompanyName
from leads.lexicon.transliterate import to_ascii

_EXTRACTORS = (
    find_addresses,
    find_phones,
    find_emails,
    find_vat_ids,
    find_registers,
)
_MOST_TEXT = 60_000
#: Characters of a page that a person sees.
_MOST_SHOWN = 20_000
_WORD = re.compile(r"[a-z0-9]+")
#: An address of the site has its name in it, whoever runs it.
_ADDRESSES = re.compile(r"\S{1,80}@\S{1,80}|(?:https?://|www\.)\S{1,300}")
#: The page that must state the owner comes first.
_OWNER_PAGES = ("imprint", "contact")


class Named(NamedTuple):
    """A name that the site gives itself, and where."""

    name: CompanyName
    #: `legal` (the owner, with a legal form), `said` (a legal name in running text), `brand` or
    #: `title`.
    place: str
    kind: str
    quote: str
    #: Whether it stands where only the site's own name stands: markup, copyright, imprint.
    is_own: bool = True


class ShownPage(NamedTuple):
    """One page as a person reads it."""

    url: str
    kind: str
    title: str
    text: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the pages of one site show of its owner."""

    domain: str
    #: Why the home page has no company content, such as `parked`.
    empty: tuple[str, ...] = ()
    names: tuple[Named, ...] = ()
    #: Every legal name in the text, the owner's or not.
    mentioned: tuple[CompanyName, ...] = ()
    facts: tuple[ExtractedFact, ...] = ()
    #: Other companies' domains that the site gives as its own address.
    elsewhere: tuple[tuple[str, str], ...] = ()
    #: The words of the text in ASCII, page by page, each with a space around.
    texts: tuple[str, ...] = ()
    #: The text in lower case with its lines, for phrases.
    folded: str = ""
    #: The kinds of pages that were read, in the order of `texts`.
    kinds: tuple[str, ...] = ()
    #: Countries that lines end in or that numbers are dialled in, each with its quote.
    countries: tuple[tuple[str, str], ...] = ()
    dialled: tuple[tuple[tuple[str, ...], str], ...] = ()
    pages: tuple[ShownPage, ...] = ()

    def of(self, *attributes: str) -> Iterator[ExtractedFact]:
        """Yield the facts of some attributes."""
        return (one for one in self.facts if one.attribute in attributes)

    def mentions(self, words: Sequence[str], *kinds: str) -> bool:
        """Whether the words stand one after the other in the text, of pages of some kinds."""
        wanted = f" {' '.join(words)} "
        pages = zip(self.kinds, self.texts, strict=True)
        return bool(words) and any(
            wanted in text for kind, text in pages if not kinds or kind in kinds
        )


@dataclass(slots=True)
class _Found:
    names: list[Named] = field(default_factory=list)
    mentioned: dict[str, CompanyName] = field(default_factory=dict)
    facts: list[ExtractedFact] = field(default_factory=list)
    elsewhere: dict[str, str] = field(default_factory=dict)


def read_shown(domain: str, pages: Iterable[Received]) -> Shown:
    """Read the pages of a site; a page that cannot be read, or of another host, shows nothing."""
    own = (one for one in pages if one.kind not in (BOARD, DNS))
    documents = [one for one in map(_document, own) if one is not None]
    found = _Found()
    for one in documents:
        # A page of the host, or of a seller of the name, is not about a company.
        if not parked(one):
            _take(found, one, domain)
    return Shown(
        domain=domain,
        empty=_emptiness(documents),
        names=tuple(found.names),
        mentioned=tuple(found.mentioned.values()),
        facts=tuple(found.facts),
        elsewhere=tuple(found.elsewhere.items()),
        texts=tuple(map(_words, documents)),
        folded="\n".join(map(_lower, documents)),
        kinds=tuple(one.page.kind for one in documents),
        countries=stated_countries(documents),
        dialled=dialled_countries(documents),
        pages=tuple(map(_shown_page, documents)),
    )


def _emptiness(documents: Sequence[Document]) -> tuple[str, ...]:
    """Why the home page has no company content; what is before a frame or redirect often has none."""
    home = [one for one in documents if one.page.kind in ("home", "entry")] or documents[:1]
    return min(map(parked, home), key=len, default=())


def _lower(document: Document) -> str:
    return f"{document.markup.title.lower()}\n{document.folded[:_MOST_TEXT]}"


def _document(received: Received) -> Document | None:
    headers = lowered(received.headers)
    html = decode(received.body, headers)
    kind = received.kind
    if kind not in ("home", "entry", *_OWNER_PAGES):
        kind = page_kind(received.url)
    page = Page(received.url, html, headers, received.status, received.fetched_at, kind)
    try:
        return read(page)
    except Exception:  # Whatever one page does, the site's other pages are read.
        return None


def _shown_page(document: Document) -> ShownPage:
    page, markup = document.page, document.markup
    text = document.text[:_MOST_SHOWN]
    return ShownPage(page.url, page.kind, markup.title[:300], text, page.fetched_at)


def _words(document: Document) -> str:
    text = _ADDRESSES.sub(" ", f"{document.markup.title} {document.text[:_MOST_TEXT]}")
    return f" {' '.join(_WORD.findall(to_ascii(text).lower()))} "


def _take(found: _Found, document: Document, domain: str) -> None:
    try:
        found.names += _names(document)
        found.facts += [one for extract in _EXTRACTORS for one in extract(document)]
        found.elsewhere.update(_elsewhere(document, domain))
    except Exception:  # A page that breaks our code shows nothing.
        return
    for one in candidates(document):
        if has_form(one.name):
            found.mentioned.setdefault(one.name.core, one.name)


def _names(document: Document) -> Iterator[Named]:
    kind, given = document.page.kind, list(candidates(document))
    yield from _found_names(document, given)
    for node in document.organisations[:3]:
        for key in ("name", "legalName"):
            if name := name_in(json_ld.text(node.get(key), 120)):
                yield Named(name, _place(name), kind, json_ld.quote(key, node[key]))
    for one in given:
        if one.method in ("meta", "copyright"):
            yield Named(one.name, _place(one.name), kind, one.quote)
    yield from _of_title(document)
    yield from _first_of_imprint(document)


def _found_names(document: Document, given: Sequence[Candidate]) -> Iterator[Named]:
    """Yield the names that extraction finds; of several in running text, none is the owner's."""
    kind = document.page.kind
    formed = {one.name.core for one in given if one.at >= 0 and has_form(one.name)}
    for fact in find_names(document):
        in_text = fact.method == "text" and kind not in _OWNER_PAGES
        name = name_in(str(fact.value)) if fact.attribute in ("name", "legal_name") else None
        if name is not None and not (in_text and len(formed) > 1):
            is_own = not in_text and fact.method != "title"
            yield Named(name, _place(name, in_text=in_text), kind, fact.quote, is_own)


def _place(name: CompanyName, *, in_text: bool = False) -> str:
    if not has_form(name):
        return "brand"
    return "said" if in_text else "legal"


def _of_title(document: Document) -> Iterator[Named]:
    title = document.markup.title[:300]
    for part in (title, *SEPARATOR.split(title)):
        if (name := name_in(part)) and len(name.tokens) < 9:
            yield Named(name, "title", document.page.kind, f"title: {title[:200]}", is_own=False)


def _first_of_imprint(document: Document) -> Iterator[Named]:
    """Yield the first name with a legal form of a page that must name the owner."""
    if document.page.kind not in _OWNER_PAGES:
        return
    formed = (one for one in candidates(document) if one.at >= 0 and has_form(one.name))
    first = min(formed, key=lambda one: one.at, default=None)
    if first is not None:
        yield Named(first.name, "legal", document.page.kind, first.quote)


def _elsewhere(document: Document, domain: str) -> Iterator[tuple[str, str]]:
    """Yield the domain that the page calls its own address, where it is another one."""
    for relation, href, _ in document.markup.relations:
        if relation.lower() == "canonical":
            yield from _other(href, domain, f"canonical: {href[:200]}")
    for node in json_ld.nodes(document.markup.data):
        if json_ld.is_organisation_type(json_ld.types(node)):
            url = json_ld.text(node.get("url"))
            yield from _other(url, domain, json_ld.quote("url", url))


def _other(url: str, domain: str, quote: str) -> Iterator[tuple[str, str]]:
    other = company_domain(url) if "//" in url else None
    if other is not None and domain not in (other, registrable(url)):
        yield other, quote
