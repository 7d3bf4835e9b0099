"""Extract facts from a page. Fetches nothing, stores nothing, never raises."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from enrich.document import Document, read
from enrich.extracted import METHODS, ExtractedFact
from enrich.extractors.addresses import find_addresses
from enrich.extractors.certificates import find_certificates
from enrich.extractors.emails import find_emails
from enrich.extractors.founded import find_founded
from enrich.extractors.headcount import find_headcount
from enrich.extractors.keywords import find_keywords
from enrich.extractors.languages import find_languages
from enrich.extractors.names import find_names
from enrich.extractors.openings import find_openings
from enrich.extractors.phones import find_phones
from enrich.extractors.registers import find_registers
from enrich.extractors.social import find_social
from enrich.extractors.structured import find_structured
from enrich.extractors.vat_ids import find_vat_ids
from enrich.page import Page
from leads.facts import Method

#: Characters of a quote that are looked for in the text.
_COMPARED = 60
#: The order in which extracted facts are listed.
EXTRACTORS: tuple[Callable[[Document], Iterable[ExtractedFact]], ...] = (
    find_names,
    find_addresses,
    find_phones,
    find_emails,
    find_vat_ids,
    find_registers,
    find_founded,
    find_headcount,
    find_languages,
    find_social,
    find_certificates,
    find_structured,
    find_openings,
    find_keywords,
)


def extract(page: Page | Document) -> tuple[ExtractedFact, ...]:
    """Return what the page says about its company, in the order of EXTRACTORS."""
    document = page if isinstance(page, Document) else read(page)
    found = (one for extractor in EXTRACTORS for one in extractor(document))
    if document.visible == len(document.text):
        return tuple(found)
    return tuple(_with_place(one, document) for one in found)


def _with_place(found: ExtractedFact, document: Document) -> ExtractedFact:
    """Name the state of the page as the place of words that no visitor sees."""
    if METHODS[found.method] is not Method.PAGE:
        return found
    words = " ".join(found.quote.split())[:_COMPARED]
    is_seen = words in " ".join(document.text[: document.visible].split())
    return found if is_seen else replace(found, method="state_text")
