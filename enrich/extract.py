"""Extract facts from a page. Fetches nothing, stores nothing, never raises."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from enrich.document import Document, read
from enrich.extracted import METHODS, ExtractedFact
from enrich.extractors.addresses import find_addresses
from enrich.extractors.brands import find_brands
from enrich.extractors.certificates import find_certificates
from enrich.extractors.emails import find_emails
from enrich.extractors.founded import find_founded
from enrich.extractors.headcount import find_headcount
from enrich.extractors.keywords import find_keywords
from enrich.extractors.languages import find_languages
from enrich.extractors.names import find_names
from enrich.extractors.national_ids import find_national_ids
from enrich.extractors.openings import find_openings
from enrich.extractors.phones import find_phones
from enrich.extractors.registers import find_registers
from enrich.extractors.social import find_social
from enrich.extractors.structured import find_structured
from enrich.extractors.turnover import find_turnover
from enrich.extractors.vat_ids import find_vat_ids
from enrich.page import Page
from leads.facts import Method

#: Characters of a quote that are looked for in the text.
_COMPARED = 60
Extractor = Callable[[Document], Iterable[ExtractedFact]]
#: The order in which extracted facts are listed.
EXTRACTORS: tuple[Extractor, ...] = (
    find_names,
    find_addresses,
    find_phones,
    find_emails,
    find_vat_ids,
    find_registers,
    find_national_ids,
    find_founded,
    find_headcount,
    find_turnover,
    find_languages,
    find_social,
    find_certificates,
    find_brands,
    find_structured,
    find_openings,
    find_keywords,
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """The facts of a page, and what failed or was not read: `find_phones: ValueError: …`."""

    facts: tuple[ExtractedFact, ...]
    failed: tuple[str, ...] = ()


def try_extract(page: Page | Document, extractors: Iterable[Extractor] = EXTRACTORS) -> Extracted:
    """Return what the page says about its company, in the order of the extractors.

    One that fails loses its own facts only, and is named.
    """
    document = page if isinstance(page, Document) else read(page)
    found: list[ExtractedFact] = []
    failed = [f"not read: {document.markup.cut}"] if document.markup.cut else []
    for extractor in extractors:
        try:
            found += list(extractor(document))
        except Exception as error:  # Whatever one extractor meets, the others are run.
            name = getattr(extractor, "__name__", "extractor")
            failed.append(f"{name}: {type(error).__name__}: {error}"[:300])
    failed += [f"not read: {one}" for one in document.unread]
    if document.visible != len(document.text):
        found = [_with_place(one, document) for one in found]
    return Extracted(tuple(found), tuple(failed))


def _with_place(found: ExtractedFact, document: Document) -> ExtractedFact:
    """Name the state of the page as the place of words that no visitor sees."""
    if METHODS[found.method] is not Method.PAGE:
        return found
    words = " ".join(found.quote.split())[:_COMPARED]
    is_seen = words in " ".join(document.text[: document.visible].split())
    return found if is_seen else replace(found, method="state_text")
