"""Candidate names of a page: meta tags, copyright line, title, and names with a legal form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from enrich.document import Document
from enrich.tables import either, words
from leads.lexicon.names.company_names import CompanyName, parse_name
from leads.lexicon.names.legal_forms import groups_of

_LONGEST = 80
_MOST_FORMS = 60
_MOST_TITLE_WORDS = 6
_SEPARATOR = re.compile(r"\s*[|–—•»«·>]\s*|\s+[-:~]+\s+|:\s+|\t")
_YEARS = r"(?:(?:19|20)\d{2}(?: ?[-–—,/&] ?(?:(?:19|20)?\d{2}|present|today|heute))*)"
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|\bcopyright\b)[ :]*(?:©|\(c\)|copyright)?[ :]*(?:by )?[ ,]*{_YEARS}?["
    r" ,.:|–-]*(?:by )?(?P<name>[^\n\t|©]{2,110})",
    re.IGNORECASE,
)
_OPENING = re.compile(
    rf"^(?:{_YEARS}|welcome to|willkommen (?:bei|auf)|about|über|contact|kontakt|by|bienvenue"
    r" chez|benvenuti (?:in|da)|copyright)[ ,:]+",
    re.IGNORECASE,
)
_EDGES = " \t,.;:-–—|•·*\"'„“”‚‘’()[]<>«»/"
_DOTTED = re.compile(
    r"(?i:\b(?:inc|ltd|corp|co|lda|ltda|kft|zrt|bros|assoc))$|\b(?:\w ?\. ?)+[a-zA-Z]$"
)
_SQUASH = re.compile(r"[^a-z0-9]")
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


def candidates(document: Document) -> Iterator[Candidate]:
    """Yield every name with its position, structured ones first."""
    yield from _metas(document)
    yield from _copyright(document)
    yield from with_forms(document)
    yield from _title(document)


def _metas(document: Document) -> Iterator[Candidate]:
    for key, sure in (("og:site_name", 0.8), ("application-name", 0.6)):
        for name, content in document.markup.metas:
            if name == key and (found := _name(content)):
                yield Candidate(found, "meta", sure, f"{key}: {content[:200]}")
                break


def _copyright(document: Document) -> Iterator[Candidate]:
    if not document.mentions(("©", "(c)", "copyright")):
        return
    for count, match in enumerate(_COPYRIGHT.finditer(document.text)):
        if count >= 5:
            return
        written = re.split(_ends(), match["name"], maxsplit=1)[0]
        written = re.sub(rf"[ ,]*{_YEARS}$", "", _trimmed(written))
        if (
            (found := _name(written))
            and written[:1] == written[:1].upper()
            and not _SENTENCE.search(written.lower())
            and written.count(" ") < 8
        ):
            yield Candidate(
                found,
                "copyright",
                0.72,
                document.quote(match.start(), match.end(), 20),
                match.start(),
            )


def _title(document: Document) -> Iterator[Candidate]:
    for part in _SEPARATOR.split(document.markup.title[:300]):
        found = _name(part)
        # Titles are written for search engines: a long part that begins with the name is not the
        # name.
        if found and (
            has_form(found)
            or (agrees_with_host(found, document) and len(found.tokens) <= _MOST_TITLE_WORDS)
        ):
            yield Candidate(found, "title", 0.6, f"title: {document.markup.title[:200]}")


def with_forms(document: Document) -> Iterator[Candidate]:
    """Yield names in the text that end in a legal form, in page order."""
    text = document.text
    for count, match in enumerate(_form().finditer(text)):
        if count >= _MOST_FORMS:
            return
        start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - 90)
        before = _SEPARATOR.split(text[start : match.start()])[-1]
        first = _last_capitalised(before)
        written = f"{first} {match[0]}"
        found = _name(written) if first else None
        if (
            found
            and has_form(found)
            and len(_SQUASH.sub("", found.core)) > 1
            and not _processors().search(written.lower())
        ):
            yield Candidate(
                found,
                "imprint_text" if document.is_imprint else "text",
                0.8,
                document.quote(match.start(), match.end(), 80),
                start,
            )


def _can_be_in_a_name(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or word[0] in '&+("„“'


def _last_capitalised(before: str) -> str:
    """Return the tail of a text that can belong to a name: capitalised words, numbers,
    particles.
    """
    taken: list[str] = []
    for word in reversed(before.split()):
        is_joint = bool(taken) and word.lower() in words("names")["joints"]
        if not (is_joint or _can_be_in_a_name(word)):
            break
        if (word.endswith((",", ";", ".")) and taken and len(word) > 4) or len(taken) > 8:
            break
        taken.insert(0, word)
    table = words("names")
    while taken and (taken[0] in table["joints"] or taken[0].lower() in table["openers"]):
        taken.pop(0)
    return " ".join(taken)


def _name(written: str) -> CompanyName | None:
    """Parse the name; None if it is not a name."""
    written = _trimmed(written)
    if (
        not 2 <= len(written) <= _LONGEST
        or not re.search(r"[^\W\d_]{2}|[^\W\d_]\d|\d[^\W\d_]", written)
        or "@" in written
    ):
        return None
    return None if written.casefold() in words("names")["generic"] else parse_name(written)


def _trimmed(written: str) -> str:
    """Strip a leading greeting or year, and punctuation at both ends except the dot of `Inc.`."""
    cut = _OPENING.sub("", written.strip(_EDGES)).strip(_EDGES)
    return f"{cut}." if _DOTTED.search(cut) and f"{cut}." in written else cut


def has_form(name: CompanyName) -> bool:
    """Check whether the name has a legal form other than "Company"."""
    return any(map(groups_of, name.forms))


def agrees_with_host(name: CompanyName, document: Document) -> bool:
    """Check whether name and domain are spelled alike (`Acme Widgets`, acme-widgets.example)."""
    label = _SQUASH.sub("", (document.domain or "").partition(".")[0])
    squashed = _SQUASH.sub("", name.core)
    if not label or not squashed:
        return False
    if len(squashed) >= 3 and (squashed in label or (label in squashed and len(label) >= 4)):
        return True
    if len(name.tokens[0]) >= 4 and label.startswith(name.tokens[0]):
        return True
    return len(label) >= 3 and "".join(token[0] for token in name.tokens) == label


def alike(left: CompanyName, right: CompanyName) -> bool:
    """Check whether one name equals or begins the other."""
    one, other = sorted((_SQUASH.sub("", left.core), _SQUASH.sub("", right.core)), key=len)
    return len(one) >= 3 and other.startswith(one)


@cache
def _form() -> re.Pattern[str]:
    return re.compile(rf"(?<=[\w.)&,] )(?:{either(words('names')['forms'])})(?![\w])")


@cache
def _ends() -> str:
    return rf"(?i)(?:(?<![^\W_])(?=\w)|(?=\W))(?:{either(words('names')['copyright_end'])})"


@cache
def _processors() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{either(map(re.escape, words('addresses')['processors']))})(?![^\W_])"
    )
