"""Refuse texts that name no single company: a legal form, a number, a country, a placeholder."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from leads.errors import UsageError
from leads.lexicon.domains import has_public_suffix, registrable
from leads.lexicon.formulas import is_formula
from leads.lexicon.names.company_names import parse_name
from leads.lexicon.names.legal_forms import words_of_forms
from leads.lexicon.places.countries import country_code
from leads.lexicon.plain_text import letters_and_digits
from leads.lexicon.reference import document
from outreach.keys import parsed_name

_WAY_OUT = "write the full name with its legal form, or a domain, e-mail address or phone number"
_OWN_DOMAIN = "write the company's own domain, such as acme.example"
#: A name to which a legal form is put: what is left beside it is the rest of the text.
_PROBE = "Vexqua"
_ENDING = re.compile(r"\*?\.[a-z][a-z0-9.\-]*", re.IGNORECASE)
_IP_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?")
_DATE = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d")


def refuse_nameless(text: str) -> None:
    """UsageError when a text can be no company's name: it is a formula, a legal form or a
    placeholder.
    """
    if what := _nameless(text):
        raise UsageError(f"{text[:80]!r} {what}", _WAY_OUT)


@lru_cache(maxsize=4096)
def _nameless(text: str) -> str | None:
    """Why a text can be no company's name; each is asked for several times in a row."""
    if is_formula(text):
        return "is a formula, not a company"
    if letters_and_digits(text) in _words("nobody"):
        return "names no company"
    return "is a legal form, not a company" if is_legal_form(text) else None


def refuse_general(text: str) -> None:
    """UsageError when a text names no single company; some company may still be called so."""
    refuse_nameless(text)
    if what := _too_general(text):
        raise UsageError(f"{text[:80]!r} is {what}", _WAY_OUT)


def refuse_ending(text: str) -> None:
    """UsageError when a text is only the last part of domains: `.com`, `co.uk`."""
    bare = text.lstrip("*.").lower()
    alone = bare in _words("endings") or (bool(_ENDING.fullmatch(text)) and "." not in bare)
    if alone or (" " not in text and _is_public_suffix(bare)):
        raise UsageError(f"{text[:80]!r} is the ending of many domains", _OWN_DOMAIN)


def refuse_other_numbers(text: str) -> None:
    """UsageError when a text of digits is a date or an IP address, which is no phone number."""
    if _DATE.fullmatch(text):
        raise UsageError(f"{text!r} is a date", _WAY_OUT)
    if _IP_ADDRESS.fullmatch(text):
        raise UsageError(f"{text!r} is an IP address", _OWN_DOMAIN)


def _too_general(text: str) -> str | None:
    if _is_letter(text):
        return "a single letter"
    if not any(map(str.isalpha, text)) and any(map(str.isdigit, text)):
        return "only a number"
    if country_code(text.strip()) is not None:
        return "a country"
    words = [one for one in map(letters_and_digits, text.split()) if one]
    is_common = bool(words) and _words("anybody").issuperset(words)
    return "a word of many companies' names" if is_common else None


def _is_letter(text: str) -> bool:
    if len(text) > 1 and text[:2].isalnum():
        # Most names end here.
        return False
    shown = [one for one in text if one.isalnum()]
    return len(shown) == 1 and shown[0].isalpha()


@lru_cache(maxsize=4096)
def is_legal_form(text: str) -> bool:
    """Whether a text is a legal form alone: it leaves nothing beside a name to which it is put."""
    if not any(map(str.isalnum, text)) or _has_own_word(text):
        return False
    rests = {parse_name(f"{_PROBE} {text}").core, parse_name(f"{text} {_PROBE}").core}
    return letters_and_digits(_PROBE) in {letters_and_digits(one) for one in rests}


def _has_own_word(text: str) -> bool:
    """Whether a name holds words that no legal form has, as most names do."""
    name = parsed_name(text)
    if not text.isascii() or "/" in text or name.brackets or name.others:
        return False
    return name.core != "" and words_of_forms().isdisjoint(name.tokens)


def _is_public_suffix(text: str) -> bool:
    is_dotted = "." in text.rstrip(".") and not text.endswith(".")
    return is_dotted and has_public_suffix(text) and registrable(text) is None


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(letters_and_digits(word) for word in document("no_names.yaml")[kind])
