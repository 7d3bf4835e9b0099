"""Recognise street addresses, and find the street part of a line."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from enrich.letters import CAPITALS
from enrich.tables import by_first_letter, either, words

_LONGEST = 90
_HOUSE_LAST = re.compile(
    r"\b(?:(?:n[°ºr]?|no)[.:]? ?)?\d{1,5} ?[a-zA-Z]?"
    r"(?: ?[-–/+&] ?(?:\d{1,4} ?[a-zA-Z]?|[a-zA-Z]\b))?[.,]?$"
    r"|(?<= )[sS]/[nN][.º°]{0,2}$"
)
_HOUSE_FIRST = re.compile(
    r"^(?:#|no\.? ?|n[°º]\.? ?|(?:[NSEW]\d{1,5})?[NSEW])? ?"
    r"\d{1,6}[a-zA-Z]?(?:[-–/]\d{1,5}[a-zA-Z]?)?,? +[^\W\d_]"
)
_HOUSE = re.compile(r"(?:[Nn]o\.? ?)?\d{1,4}(?: ?(?:bis|ter|[a-zA-Z]))?")
_UNIT = re.compile(
    r"(?:unit|suite|ste\.?|floor|room|apt\.?|level|building|bldg\.?|block|office|#)\s*#?[\w-]{1,6}(?:\s+\w+"
    r" (?:court|house|building))?",
    re.IGNORECASE,
)
#: Markup without a space before a house number (`Perth493 Example Street`).
_GLUED_BEFORE = re.compile(rf"^\D*[a-zà-ž](?=\d{{1,5}} [{CAPITALS}])")
_NUMBER_INSIDE = re.compile(r"(?<= )\d{1,5}(?: ?(?:bis|ter|[a-z]))?,? [^\W\d_]")
#: The capitalised words and numbers at the end of a sentence.
_TAIL = re.compile(rf"(?<![\w'’.-])(?:(?:[{CAPITALS}][\w'’.-]*+|\d[\w/-]*+)[ ,]{{0,2}}){{2,8}}\Z")
_PRONOUN = re.compile(r"\b(?:Sie|uns|[Ww]ir|us|[Yy]ou|[Ww]e|[Nn]ous|vous|[Cc]i|[Ww]ij|ons|nos)\b")
#: Text after the street it belongs to: a number, a floor, a suite.
_PART_OF_HOUSE = re.compile(
    r"(?:n[º°o]\.? ?\d|\d{1,3}\.?[ºª°]|(?:bureau|oficina|of\.|piso|puerta|local|nave) \d"
    r"|\d{1,2}\.? ?(?:og|stock|etage|étage|floor|andar|piso)\b|\d{1,3}(?:st|nd|rd|th) fl(?:oor|\.|\b)"
    r"|(?:building|bldg\.?|block|tower|wing|office|room|level) [\w/-]{1,5}\b|\w{1,3} wing\b"
    r"|suite|ste\b|unit|floor|#)",
    re.IGNORECASE,
)
_NAMES_AND_NUMBER = re.compile(
    rf"(?:[{CAPITALS}][\w'’.-]{{1,40}} ){{0,3}}[{CAPITALS}][\w'’.-]{{1,40}}(?: |, ?)"
    r"\d{1,4} ?[a-zA-Z]?(?: ?[-–/] ?\d{1,4} ?[a-zA-Z]?)?"
)
_PARTS = re.compile(r"(?:(?<!\s)\s+)?[,|•·;\t\n]\s*|(?<!\s)\s+[-–—]\s+")
_NO_STREET = re.compile(
    r"@|https?:|www\.|©|\b(?:tel|fax|phone|fon|e-?mail|hrb|ust|vat|since|seit|open|uhr|from|between|call)\b|(?<=[\s\S])\d{5,}|[?!€$%]",
    re.IGNORECASE,
)
_FORM = (
    r"(?:GmbH(?: ?& ?Co\.?"
    r" ?(?:KG|OHG)(?:aA)?)?|AG|KG|OHG|UG|SE|e\.K\.|Ltd\.?|Limited|LLC|Inc\.?|PLC|plc|S\.?A\.?S?|SARL"
    r"|S\.?r\.?l\.?|S\.?p\.?A\.?|B\.?V\.?|N\.?V\.?|ApS|A/S|AB|Oy|AS|Lda\.?|s\.r\.o\.)"
)
_FORM_BEFORE = re.compile(rf"^.*?\b{_FORM},? +(?=\S{{3}})")
_FORM_LAST = re.compile(rf"\b{_FORM}$")


def street_in(text: str) -> str | None:
    """Return the street at the end of a text before a postcode or city; None if there is none.

    `Acme GmbH, Beispielweg 5` → `Beispielweg 5`; `Unit 3, 250 Example Road` is kept whole.
    """
    cells = _PARTS.split(text[-240:].strip(" ,;|-–—:\t\n"))
    parts = [cell for cell in cells if cell and not cell.startswith("c/o ")][-5:]
    last = len(parts) - 1
    while last > 1 and is_part_of_house(parts[last]):
        last -= 1
    for start in range(len(parts) - 1, max(-1, last - 2), -1):
        tail = ", ".join(parts[start:])
        without_form = _FORM_BEFORE.sub("", tail)
        if is_street(tail) or (without_form != tail and is_street(without_form)):
            named = _FORM_BEFORE.sub("", unlabelled(", ".join(parts[_begin(parts, start) :])))
            whole = without_words_before(_GLUED_BEFORE.sub("", unlabelled(named)).strip(" ,-–—"))
            return whole if len(whole) <= _LONGEST else None
    return None


def _begin(parts: list[str], start: int) -> int:
    """Return the first part of a street, with its unit and house number before it."""
    while start > 0 and (_is_unit(parts[start - 1]) or is_part_of_house(parts[start])):
        start -= 1
    if start > 0 and _HOUSE.fullmatch(parts[start - 1]) and parts[start][0].isalpha():
        return start - 1
    return _road(parts, start)


def _road(parts: list[str], start: int) -> int:
    """Return where the road before an estate or a building's name begins, if it has a number.

    `3576 Sample Place, Fountaingrove A` and `14 Sample Street, Business Centre, Office 2`.
    """
    if start > 0 and is_box(parts[start]) and is_street(parts[start - 1]):
        return start - 1
    is_unnumbered = not any(map(str.isdigit, parts[start]))
    if is_unnumbered or is_part_of_house(", ".join(parts[start + 1 :])):
        for before in (start - 1, start - 2):
            if before >= 0 and _HOUSE_FIRST.match(parts[before]) and is_street(parts[before]):
                return before
    return start


def _from_number(street: str) -> str:
    """Drop sentence words before a house number (`which has its seat at 5 Example Street`)."""
    first = _patterns()["first"].search(street)
    if first is not None and _is_sentence(street[: first.start()]):
        street = street[first.start() :]
    number = _NUMBER_INSIDE.search(street)
    if number is None or _patterns()["word"].match(street.casefold()):
        return street
    if not street[0].islower() and not _is_sentence(street[: number.start()]):
        return street
    return street[number.start() :] if is_street(street[number.start() :]) else street


def without_words_before(street: str) -> str:
    """Drop a sentence or a label before a street (`The company has its office at 5 Mill Road`)."""
    cut = _from_number(street)
    if cut != street:
        return cut
    label = _patterns()["label_inside"].match(street)
    rest = street[label.end() :] if label else ""
    if rest and not rest[0].islower() and is_street(rest):
        return rest
    if not _is_sentence_with_street(street):
        return street
    tail = _TAIL.search(street)
    has_word = tail is not None and _patterns()["word"].search(tail[0].casefold()) is not None
    return tail[0] if tail is not None and has_word and is_street(tail[0]) else street


def _is_sentence_with_street(street: str) -> bool:
    lower = sum(word.islower() for word in street.split())
    return lower >= 3 or (lower >= 2 and _PRONOUN.search(street) is not None)


def _is_sentence(before: str) -> bool:
    """Check whether words before a number are a sentence (`Le siège est situé au 5 rue …`)."""
    return (
        sum(word.islower() for word in before.split()) >= 3
        and _patterns()["word"].search(before.casefold()) is None
    )


def is_box(text: str) -> bool:
    """Check whether a text is a PO box."""
    return _patterns()["box"].match(text.casefold()) is not None


def is_part_of_house(text: str) -> bool:
    """Check whether a text begins with a number, floor or suite, so its street comes before it."""
    return _PART_OF_HOUSE.match(text) is not None


@lru_cache(maxsize=1 << 7)
def is_street(text: str) -> bool:
    """Check whether a text is a street with house number, a named street, or a PO box."""
    text = unlabelled(text)
    folded = text.casefold()
    if is_box(text):
        return len(text) <= _LONGEST
    if _cannot_be_a_street(text):
        return False
    numbered = _HOUSE_LAST.search(text) is not None or _HOUSE_FIRST.search(text) is not None
    if not (numbered or any(map(str.isdigit, text)) or _is_short_and_capitalised(text)):
        return False
    if _patterns()["word"].search(folded) is not None:
        return True
    if numbered and _patterns()["start"].match(folded):
        return True
    # "Hauptallee 5" contains a street word; "Zeche Nord 5" does not: match one to four capitalised
    # words and a short number.
    return _NAMES_AND_NUMBER.fullmatch(text) is not None


def _cannot_be_a_street(text: str) -> bool:
    return (
        not 5 <= len(text) <= _LONGEST
        or _NO_STREET.search(text) is not None
        or (text[:5].isdigit() and not _patterns()["american"].match(text))
        or _FORM_LAST.search(text) is not None
        or text.count(" ") > 12
    )


def _is_short_and_capitalised(text: str) -> bool:
    return text.count(" ") in {1, 2} and text[:1].isupper()


def _is_unit(text: str) -> bool:
    return _UNIT.fullmatch(text) is not None


def unlabelled(text: str) -> str:
    """Remove a leading label (`Address:`, `Sitz:`)."""
    return _patterns()["label"].sub("", text, count=1).strip(" ,;:-–—")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = words("addresses")
    # A street word ends a word of its own or a compound (Beispielstraße, Kerkstraat, but not
    # "post").
    long = [re.escape(word).replace(r"\ ", " ") for word in table["street_words"] if len(word) > 3]
    short = [
        re.escape(word).replace(r"\ ", " ") for word in table["street_words"] if len(word) <= 3
    ]
    return {
        "word": re.compile(
            rf"(?:{by_first_letter(long)})(?![^\W_])|str\.|(?<![^\W_])(?:{either(short)})(?![^\W_])"
            rf"|(?<=[^\W\d_]{{3}})str(?![^\W_])|{'|'.join(table['street_marks'])}"
        ),
        "start": re.compile(rf"(?:{either(table['street_starts'])})\s"),
        "label": re.compile(
            rf"^(?:[^:]*?(?<![. ]n[or])(?<![. ]n[or]\.):\s*|(?:{either(table['labels'])})\s+)(?=\S)",
            re.IGNORECASE,
        ),
        "label_inside": re.compile(
            rf"^.*(?<![^\W_])(?:{either(table['labels'])})(?: of)? *:? +(?=\S)", re.IGNORECASE
        ),
        "first": re.compile(
            rf"(?:\b\d{{1,5}}(?: ?(?:bis|ter|[a-z]))?,? )?\b(?i:{either(table['streets_first'])})"
            rf"\.? (?=[{CAPITALS}\d]|d[eu]\b|des\b|l[ae]s?\b|l['’]|d['’]"
            r"|del(?:l[aeo]?)?\b|dei\b|d[oa]s?\b)"
        ),
        # House numbers of five digits: elsewhere they are postcodes.
        "american": re.compile(
            rf"\d{{5}} [A-Z][^\n]{{0,50}}(?<![^\W_])(?i:{either(table['street_ends'])})(?![^\W_])"
        ),
        "box": re.compile(table["box"]),
    }
