"""Candidate names of a page: meta tags, copyright line, title, and names with a legal form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from enrich.document import Document
from enrich.name_parts import (
    SEPARATOR,
    YEARS,
    agrees_with_host,
    form_pattern,
    has_form,
    last_capitalised,
    name_in,
    spaced_form_pattern,
    trimmed,
)
from enrich.parents import parent_words
from enrich.spelled_forms import SpelledName, spelled_names
from enrich.tables import either, words
from leads.lexicon.names.company_names import CompanyName

_MOST_FORMS = 60
_MOST_COPYRIGHT_LINES = 5
MOST_TITLE_WORDS = 6
_SLOGAN = re.compile(r"(?:(?<!\s)\s+)?[|–—•»«·>]\s*|(?<!\s)\s+[-:~]+\s+|:\s+")
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|\bcopyright\b)[ :]*(?:©|\(c\)|copyright)?[ :]*(?:by )?[ ,]*{YEARS}?["
    r" ,.:|–-]*(?:by )?(?P<name>[^\n\t|©]{2,110})",
    re.IGNORECASE,
)
#: `Jo Bloggs, Owner/Broker` names a person.
_PERSON = re.compile(
    r", ?(?:owner|broker|founder|ceo|president|realtor|agent|attorney"
    r"|inhaber|geschäftsführer|gérant|titolare)",
    re.IGNORECASE,
)
#: Before the name of a platform or an agency in a footer.
_MADE_WITH = ("powered by", "hosted by", "provided by", "site by", "designed by", "design by")
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has|have|this|the information|please|responsible|we|you|your|our"
    r"|ist|sind|wir|unser\w*|diese\w*|bitte|verantwortlich|est|sont|nous)\b"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name as written, its confidence, and its position in the text (-1: not in the text)."""

    name: CompanyName
    method: str
    sure: float
    quote: str
    at: int = -1
    #: Given as the legal name: used as the name only if there is no other.
    is_legal: bool = False
    #: The canonical legal form that stands beside the name, if it is no part of it.
    form: str = ""


def candidates(document: Document) -> Iterator[Candidate]:
    """Yield every name with its position, structured ones first."""
    yield from _metas(document)
    yield from _copyright(document)
    spelled = list(spelled_names(document))
    in_text = [*with_forms(document, spelled), *_spelled(document, spelled)]
    yield from sorted(in_text, key=lambda one: one.at)
    yield from _title(document)


def _spelled(document: Document, spelled: Sequence[SpelledName]) -> Iterator[Candidate]:
    for one in spelled:
        quote = document.quote(one.start, one.end, 80)
        yield Candidate(one.name, _method(document), 0.8, quote, one.start, form=one.form)


def _method(document: Document) -> str:
    return "imprint_text" if document.is_imprint else "text"


def _metas(document: Document) -> Iterator[Candidate]:
    for key, sure in (("og:site_name", 0.8), ("application-name", 0.6)):
        for name, content in document.markup.metas:
            if name == key and (found := name_in(without_slogan(content, document))):
                yield Candidate(found, "meta", sure, f"{key}: {content[:200]}")
                break


def without_slogan(content: str, document: Document) -> str:
    """Return the part of a site name that the domain spells, else the whole."""
    parts = [part for part in _SLOGAN.split(content) if part.strip()]
    spelled = [
        part
        for part in parts
        if len(parts) > 1
        and (name := name_in(part)) is not None
        and agrees_with_host(name, document)
    ]
    return min(spelled, key=len, default=content)


def _copyright(document: Document) -> Iterator[Candidate]:
    for match in _copyright_lines(document):
        written = re.split(_ends(), match["name"], maxsplit=1)[0]
        written = re.sub(rf"(?<![ ,])[ ,]*{YEARS}$", "", trimmed(written))
        if (
            (found := name_in(written))
            and (written[:1] == written[:1].upper() or agrees_with_host(found, document))
            and not _SENTENCE.search(written.lower())
            and written.count(" ") < 8
            and not _is_of_platform(found, document)
        ):
            yield Candidate(
                found,
                "copyright",
                0.72,
                document.quote(match.start(), match.end(), 20),
                match.start(),
            )


def _is_of_platform(name: CompanyName, document: Document) -> bool:
    """Check for `Powered by Acme` on a page whose domain does not spell Acme."""
    first = name.core.partition(" ")[0]
    return (
        len(first) > 3
        and any(document.has(f"{words} {first}") for words in _MADE_WITH)
        and not agrees_with_host(name, document)
    )


def _copyright_lines(document: Document) -> list[re.Match[str]]:
    """Match the first lines at their signs: faster than a search of the whole text."""
    found: dict[int, re.Match[str]] = {}
    for sign in ("©", "(c)", "copyright"):
        for at in document.places(sign, _MOST_COPYRIGHT_LINES * 2):
            if match := _COPYRIGHT.match(document.text, at):
                found.setdefault(at, match)
    kept: list[re.Match[str]] = []
    for _, match in sorted(found.items()):
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept[:_MOST_COPYRIGHT_LINES]


def _title(document: Document) -> Iterator[Candidate]:
    for part in SEPARATOR.split(document.markup.title[:300]):
        found = name_in(part)
        # Titles are written for search engines: a long part that begins with the name is not the
        # name.
        if (
            found
            and not _PERSON.search(part)
            and (
                has_form(found)
                or (agrees_with_host(found, document) and len(found.tokens) <= MOST_TITLE_WORDS)
            )
        ):
            yield Candidate(found, "title", 0.6, f"title: {document.markup.title[:200]}")


def with_forms(document: Document, spelled: Sequence[SpelledName] = ()) -> Iterator[Candidate]:
    """Yield names in the text that end in a legal form, in page order, outside of `spelled`."""
    text = document.text
    for count, match in enumerate(spaced_form_pattern().finditer(text)):
        if count >= _MOST_FORMS:
            return
        at = match.start("form")
        if any(one.start <= at < one.end for one in spelled):
            continue
        start = max(text.rfind("\n", 0, at) + 1, at - 90)
        parent = parent_words().search(text, start, at)
        if parent is not None:
            of_parent = form_pattern().search(text, parent.end(), at)
            if of_parent is None:
                continue
            start = of_parent.end()
        before = SEPARATOR.split(text[start:at])[-1]
        first = last_capitalised(before)
        written = f"{first} {match['form']}"
        found = name_in(written) if first else None
        if (
            found
            and has_form(found)
            and len(found.core.replace(" ", "")) > 1
            and not _processors().search(written.lower())
        ):
            yield Candidate(
                found,
                _method(document),
                0.8,
                document.quote(at, match.end(), 80),
                start,
            )


@cache
def _ends() -> str:
    return rf"(?i)(?:(?<![^\W_])(?=\w)|(?=\W))(?:{either(words('names')['copyright_end'])})"


@cache
def _processors() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{either(map(re.escape, words('addresses')['processors']))})(?![^\W_])"
    )
