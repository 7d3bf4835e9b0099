"""Phone and fax numbers from structured data, `tel:` links, and labelled text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from urllib.parse import unquote

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.other_parties import is_of_other_party
from enrich.tables import either, words
from leads.facts import Scope
from leads.lexicon.emails import parse_email
from leads.lexicon.phones import parse_phone

#: Maximum numbers per page.
MOST = 60
#: Further numbers are those of sites and departments.
_MOST_OF_COMPANY = 12
#: Maximum candidates examined.
_MOST_CANDIDATES = 400
#: Maximum distance between a label and its number.
_REACH = 32
_NEAR = 10

#: Begins with a character set, so the search can skip ahead; other preceding text is checked
#: afterwards.
_NUMBER = re.compile(r"[+(0-9](?<!\w.)[\d ()./–+-]{5,26}\d(?![\w%])")
#: Two or three numbers in one run of digits and signs.
_SEVERAL = re.compile(r"[+(\d][\d ()./–+-]{13,76}\d(?![\w%])")
_BETWEEN = re.compile(r" ?/ ?| [-–] |(?<=\d) +(?=[+(])| {2,}")
_GLUED = re.compile(r"(?:[\w/=&#@]|\d[.,-])\Z")
_NORTH_AMERICAN = re.compile(
    r"(?:\+?1[ .-]{0,3})?\(?[2-9]\d{2}\)?[ .-]{0,3}[2-9]\d{2}[ .-]{1,3}\d{4}"
)
_DATE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}|(?:19|20)\d{2} ?[./–-]"
    r" ?(?:(?:19|20)\d{2}|\d{1,2}[./-]\d{1,2})"
)
_IN_BRACKETS = re.compile(r"\(([A-ZÀ-Þ][a-zà-ž]{1,15})(?: [A-ZÀ-Þ][a-zà-ž]{2,20})?\) ?:? ?\Z")
_LONE_TRUNK_ZERO = re.compile(r"\((0)\)")
_NORTH_AMERICA = frozenset({"US", "CA"})


def find_phones(document: Document) -> Iterator[ExtractedFact]:
    """Find phone and fax in E.164; a number labelled as both is a fax."""
    kept: dict[str, ExtractedFact] = {}
    for found in (*_structured(document), *_linked(document), *_written(document)):
        number = str(found.value)
        before = kept.get(number)
        if before is None or (
            (before.attribute, found.attribute) == ("phone", "fax") and before.method == "text"
        ):
            kept[number] = found
    for place, found in enumerate(list(kept.values())[:MOST]):
        yield found if place < _MOST_OF_COMPANY else replace(found, scope=Scope.SITE)


def _structured(document: Document) -> Iterator[ExtractedFact]:
    for node in document.organisations:
        points = node.get("contactPoint")
        listed = points if isinstance(points, list) else [points]
        for holder in (node, *(point for point in listed[:10] if isinstance(point, dict))):
            for attribute, key in (("phone", "telephone"), ("fax", "faxNumber")):
                for written in json_ld.texts(holder.get(key)):
                    if number := parse_phone(written, document.hint):
                        yield ExtractedFact(
                            attribute,
                            number,
                            json_ld.quote(key, written),
                            json_ld.method(node),
                            0.92,
                        )


def _linked(document: Document) -> Iterator[ExtractedFact]:
    for link in document.markup.links:
        if link.href[:1] not in "tTcCfF":
            continue
        scheme, _, rest = link.href[:100].partition(":")
        if scheme.lower() not in {"tel", "callto", "fax"}:
            continue
        number = parse_phone(unquote(rest).split(";")[0].strip("/ "), document.hint)
        if number is None or is_of_other_party(document, link.start):
            continue
        label = _label_before(document, link.start)
        is_fax = (
            scheme.lower() == "fax"
            or label == "fax"
            or "fax" in document.folded[link.start : link.end]
        )
        quote = document.quote(link.start, link.end, 60) or link.href
        yield ExtractedFact("fax" if is_fax else "phone", number, quote, "tel_link", 0.95)


#: What a labelled number is; any other is a telephone.
_ATTRIBUTES = {"both": ("phone", "fax"), "fax": ("fax",)}


def _written(document: Document) -> Iterator[ExtractedFact]:
    sure = {"imprint": 0.9, "contact": 0.87}.get(document.page.kind, 0.82)
    extractor = "imprint_text" if document.is_imprint else "text"
    for start, end in islice(_candidates(document.text), _MOST_CANDIDATES):
        read = _read_numbers(document, start, end)
        if read is None:
            continue
        numbers, label = read
        quote = document.quote(start, end, 60)
        for number in numbers:
            for attribute in _ATTRIBUTES.get(label, ("phone",)):
                yield ExtractedFact(attribute, number, quote, extractor, sure if label else 0.6)


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    """Yield runs that may be a number, or several with a sign between."""
    at = 0
    while match := _NUMBER.search(text, at):
        several = _SEVERAL.match(text, match.start())
        longer = several is not None and several.end() > match.end()
        end = several.end() if several is not None and longer else match.end()
        yield match.start(), end
        at = end


def _read_numbers(document: Document, start: int, end: int) -> tuple[list[str], str] | None:
    """Return the numbers in E.164 and their label ("" for none); None if no office's phone."""
    text, written = document.text, document.text[start:end]
    if _GLUED.search(text, max(0, start - 2), start):
        return None
    label = _label_before(document, start) or _label_after(document, end)
    if label == "other" or _of_person(text[max(0, start - _REACH) : start]):
        return None
    numbers = _numbers(written, document.hint, labelled=bool(label))
    return (numbers, label) if numbers and not is_of_other_party(document, start) else None


def _numbers(written: str, hint: str | None, *, labelled: bool) -> list[str]:
    """Return the one number of a run, else those of its parts (`030 12345 / 040 12345`)."""
    parts = [part.strip() for part in _BETWEEN.split(written)]
    if any(map(_is_no_number, parts)) or len(parts) > 4:
        return []
    read = [_number(part, hint, labelled=labelled) for part in parts]
    found = [number for number in read if number is not None]
    if len(found) == len(parts) or _is_no_number(written):
        return found
    whole = _number(written, hint, labelled=labelled)
    return [whole] if whole else found


def _is_no_number(written: str) -> bool:
    return bool(_DATE.fullmatch(written.strip())) or sum(map(str.isdigit, written)) > 16


def _of_person(before: str) -> bool:
    """Check whether the label ends in a person's name (`Mobile (Jo):`), not an office (`Tel.
    (Sales):`).
    """
    match = _IN_BRACKETS.search(before)
    email = parse_email(f"{match[1]}@office.example") if match else None
    return email is not None and not email.is_role


def _number(written: str, hint: str | None, *, labelled: bool) -> str | None:
    """Return the number in E.164; unlabelled text must look exactly like a phone number."""
    written = (
        _LONE_TRUNK_ZERO.sub("", written)
        if written.lstrip("( ").startswith(("+", "00"))
        else written
    )
    is_american = _NORTH_AMERICAN.fullmatch(written.strip()) is not None
    if is_american and (hint is None or hint in _NORTH_AMERICA):
        return parse_phone(written, hint or "US")
    international = written.startswith(("+", "00"))
    national = (
        written.lstrip("(").startswith("0") and re.search(r"\d[ ()/.–-]+\d", written) is not None
    )
    return parse_phone(written, hint) if labelled or international or (national and hint) else None


def _label_before(document: Document, at: int) -> str:
    """Return the nearest label before a position: phone, fax, both, other, or "" for none."""
    start = max(0, at - _REACH)
    before = document.folded[start:at]
    # A label is on the same line, or alone at the end of the previous line.
    lines = before.split("\n")
    before = "\n".join(lines[-2:]) if len(lines[-1].strip(" :\t(")) == 0 else lines[-1]
    label = ""
    for match in _labels().finditer(before):
        # A number that is not a phone number has its label right before it.
        if match.lastgroup != "other" or len(before) - match.end() <= _NEAR:
            label = str(match.lastgroup)
    return label


def _label_after(document: Document, at: int) -> str:
    after = document.folded[at : at + 12].lstrip(" ")
    return (
        "fax"
        if after.startswith(("(fax", "(f)", "[fax"))
        else "phone"
        if after.startswith(("(tel", "(phone", "(t)", "(office"))
        else ""
    )


@cache
def _labels() -> re.Pattern[str]:
    table = words("phone_labels")
    kinds = "|".join(f"(?P<{kind}>{either(table[kind])})" for kind in ("fax", "phone", "other"))
    # "Fax number" is a label of its own: the word after it is not one.
    noun = rf"(?: ?-?(?:{either(table['nouns'])}))?"
    return re.compile(
        rf"(?P<both>{either(table['both'])})|(?<![^\W_])(?:{kinds}){noun}(?![^\W\d_])"
    )
