"""Parts of company names in text: trimming, legal forms, likeness to each other and the domain."""

from __future__ import annotations

import re
from functools import cache

from enrich.document import Document
from enrich.tables import either, words
from leads.lexicon.names.company_names import CompanyName, parse_name
from leads.lexicon.names.legal_forms import groups_of

_LONGEST = 80
YEARS = r"(?:(?:19|20)\d{2}(?: ?[-–—,/&] ?(?:(?:19|20)?\d{2}|present|today|heute))*)"
#: Raised letters behind a name, which its text has glued to it (`Acme WorksSM`).
_MARK = re.compile(r"(?:(?<=[a-z])(?:SM|TM)|[ ]?[™®℠])\Z")
_OPENING = re.compile(
    rf"^(?:{YEARS}|welcome to|willkommen (?:bei|auf)|about(?: us)?|über(?: uns)?|contact(?: us)?"
    r"|contactez(?:[ -]nous)?|kontakt|by|bienvenue chez|benvenuti (?:in|da)"
    r"|copyright|contact[ao]|contattaci|contatti|contato|fale conosco|contacte-nos|contáctenos"
    r"|welkom bij|velkommen til|välkommen till|tervetuloa|witamy w|vítejte (?:na|v)|bienvenid[oa]s a"
    r"|bem-vindo à|kontakta oss|kontakt oss|neem contact op|over ons|chi siamo|qui sommes-nous"
    r"|quiénes somos|sobre nós|o nas|om oss|om os)[ ,:]+",
    re.IGNORECASE,
)
_EDGES = " \t,.;:-–—|•·*\"'„“”‚‘’()[]<>«»/"
#: Parts a title, and a line with a label or a slogan.
#: White space is taken only from its beginning, so that long runs cost linear time.
SEPARATOR = re.compile(r"(?:(?<!\s)\s+)?[|–—•»«·>]\s*|(?<!\s)\s+[-:~]+\s+|:\s+|\t")
_DOTTED = re.compile(
    r"(?i:\b(?:inc|ltd|corp|co|lda|ltda|kft|zrt|bros|assoc))$|\b(?:\w ?\. ?){1,8}[a-zA-Z]$"
)
_SQUASH = re.compile(r"[^a-z0-9]")


def _can_be_in_a_name(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or word[0] in '&+("„“'


def last_capitalised(before: str) -> str:
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


def name_in(written: str) -> CompanyName | None:
    """Parse the name; None if it is not a name."""
    written = trimmed(written)
    if (
        not 2 <= len(written) <= _LONGEST
        or not re.search(r"[^\W\d_]{2}|[^\W\d_]\d|\d[^\W\d_]", written)
        or "@" in written
    ):
        return None
    return None if written.casefold() in words("names")["generic"] else parse_name(written)


def trimmed(written: str) -> str:
    """Strip a leading greeting or year, the sign of a trade mark, and punctuation at both ends
    except the dot of `Inc.`.
    """
    cut = _MARK.sub("", _OPENING.sub("", written.strip(_EDGES)).strip(_EDGES))
    if cut.count("(") > cut.count(")") and f"{cut})" in written:
        cut += ")"
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
def form_pattern() -> re.Pattern[str]:
    """Match a legal form after a name."""
    return re.compile(rf"(?<=[\w.)&,®™] ){_forms()}")


@cache
def spaced_form_pattern() -> re.Pattern[str]:
    """Match the same with the space before it, for which a search can skip ahead; `form`."""
    begins = set().union(*map(_beginnings, words("names")["forms"]))
    letters = "".join(sorted(one for one in begins if len(one) == 1))
    first = "|".join([f"[{letters}]", *sorted(one for one in begins if len(one) > 1)])
    return re.compile(rf" (?={first})(?<=[\w.)&,®™] )(?P<form>{_forms()})")


def _beginnings(pattern: str) -> set[str]:
    """Return what a form may begin with: a capital, or a small letter and the sign after it."""
    first = re.match(r"[A-Z]|[a-z](?:[A-Za-z](?![?*])|\\\.(?![?*]))", pattern)
    return {first[0]} if first else set(filter(str.isalpha, pattern))


def _forms() -> str:
    return rf"(?:{either(words('names')['forms'])})(?![\w])"
