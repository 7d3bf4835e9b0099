"""Tell what one text names: an e-mail address, a phone number, a domain or a company."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NoReturn

from leads.errors import UsageError
from leads.lexicon.domains import host_kind, host_name, registrable
from leads.lexicon.emails import parse_email
from leads.lexicon.names.company_names import parse_name
from leads.lexicon.phones import parse_phone
from leads.lexicon.places.company_numbers import register_country, vat_country
from leads.lexicon.plain_text import letters_and_digits
from leads.lexicon.reference import document
from leads.lexicon.transliterate import without_entities
from outreach.keys import KINDS, Key, as_company_id, company_key, name_keys
from outreach.too_general import (
    refuse_ending,
    refuse_general,
    refuse_nameless,
    refuse_other_numbers,
)

_BULLET = re.compile(r"^(?:[\s\-–—•·*>\"'„“”«»]+(?=[^\s\d])|\d{1,3}\)\s+)|[\s\"'„“”«»,;]+$")
#: The number of a line, or the start of a name such as `1. FC`.
_NUMBERED = re.compile(r"^\d{1,3}\.\s+(?=\S)")
#: `info(at)acme.example`, `info [at] acme [dot] example`.
_AT = re.compile(r"\s*[(\[{]\s*(?:at|ät|arroba)\s*[)\]}]\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*[(\[{]\s*(?:dot|punkt|point|punto)\s*[)\]}]\s*", re.IGNORECASE)
#: `@acme.example`, `*@acme.example`: everybody there.
_EVERYBODY = re.compile(r"^[*.%]?@(?=[^@\s]+\.[^@\s]+$)")
#: A domain with a slip in its mark: `acme,de`, `acme. de`, `www acme.de`.
_BROKEN_HOST = re.compile(r"(?:www[. ])?[a-z0-9-]+(?:,|\.\s|\s\.)[a-z]{2,4}", re.IGNORECASE)
#: What follows a company's name: its place, or a remark.
_PLACE_BEHIND = re.compile(r"\s*(?:[,(\[]|\s[-–—/]\s).*$", re.DOTALL)
#: The words before a number or an address, which may be a label.
_BEFORE = {
    "phone": re.compile(r"((?:[^\d+(]|\([^\d()]*\))+)(?=[\d+(])"),
    "domain": re.compile(r"([^\s:/.]+(?:\s+[^\s:/.]+)?)(?:\s*:\s*(?!//)|\s+)(?=\S+$)"),
}
_TRUNK = re.compile(r"\(\s*0\s*\)")
_NUMBER = re.compile(
    r"[\d\s+＋()/.\-–‐‑−\u2009\xa0]+(?:(?:ext|x|dw|durchwahl|poste|int|#)\.?\s*\d{1,6})?",
    re.IGNORECASE,
)
#: A number among other words, long enough to be a telephone's.
_NUMBER_INSIDE = re.compile(r"(?<!\w)(?:\+|00|\(?0)\d?[\d\s()/.\-–]{6,}\d")
_BARE_HOST = re.compile(r"[a-z0-9_\-]+(?:\.[a-z0-9_\-]+)*\.[a-z]{2,}")
#: Words of letters alone, which are neither an address nor a number.
_WORDS_ALONE = re.compile(r"[^\W\d_]+(?:(?: & | |['’-])[^\W\d_]+)*")
_ADDRESS_INSIDE = re.compile(r"https?:|://|\bwww\.", re.IGNORECASE)
_SEVERAL = re.compile(r"[\t|;]|,\s*,")
#: Characters of an entry.
_LONGEST = 500
#: Fewer digits are a house, a year or a name: `4711`.
_FEWEST_DIGITS = 6
#: Hosts of these kinds belong to one company each, whose name the host is. A free mailer is none:
#: `web.de` would name every company called Web.
_OWNED = frozenset(
    {"ats", "social", "directory", "marketplace", "shortener", "hosting", "documents"}
)


def keys_of_text(
    text: str, kind: str | None = None, country: str | None = None
) -> tuple[str, tuple[Key, ...]]:
    """The kind of a text and its keys; UsageError when it is not of that kind, or cannot be read.

    A bare text that looks like a domain may be a name too (`monday.com`), and the id of a company
    is its own key.
    """
    if len(text) > _LONGEST:
        raise UsageError(
            f"{text[:80]!r}… has {len(text):,} characters, at most {_LONGEST}",
            "name one company, domain, e-mail address or phone number",
        )
    text = " ".join(text.split())
    if kind in (None, "company") and (company_id := as_company_id(text)):
        return "company", (company_key(company_id),)
    if kind is not None:
        return kind, keys_of_request(kind, text, country)

    text = _DOT.sub(".", _AT.sub("@", text)) if _AT.search(text) else text
    text = _EVERYBODY.sub("", _plain(text))
    guessed = guess_kind(text)
    bare = _without_label(text, guessed)
    if guessed == "company":
        refuse_general(bare)
    named = name_keys(bare) if guessed == "domain" and _is_bare_host(bare) else set()
    return guessed, tuple(sorted({*keys_of_request(guessed, bare, country), *named}))


def guess_kind(text: str) -> str:
    """The kind of a bare text; UsageError when it looks like an address or a number that cannot be
    read, or names several things.
    """
    bare = _plain(text)
    if _WORDS_ALONE.fullmatch(bare) and not register_country(bare):
        # Most names of a long list end here.
        refuse_ending(bare)
        return "company"
    _refuse_several(bare)
    refuse_other_numbers(bare)
    refuse_ending(bare)
    if "@" in bare:
        return "email"
    if _is_number(_without_label(bare, "phone")):
        return "phone"

    if country := register_country(bare) or vat_country(bare):
        _refuse_number(bare, country)
    return _domain_or_name(bare)


def _domain_or_name(bare: str) -> str:
    address = _without_label(bare, "domain")
    if _BROKEN_HOST.fullmatch(address) and registrable(_mended(address)):
        _refuse("domain", bare, f"such as {_mended(address)}")
    if _ADDRESS_INSIDE.match(address) or _BARE_HOST.fullmatch(address):
        return "domain"
    looks_like_host = " " not in address and "." in address.strip(".")
    return "domain" if looks_like_host and registrable(address) else "company"


def kind_of_name(text: str) -> str | None:
    """The kind as which a cell of a column of names is read: None, to be guessed, when it looks like
    an address or a number; UsageError when it names no single company.
    """
    bare = _plain(text)
    refuse_ending(bare)
    try:
        looks_like = guess_kind(bare)
    except UsageError:
        looks_like = "company"
    if looks_like == "company":
        refuse_general(bare)
    return "company" if looks_like == "company" else None


def keys_of_request(kind: str, text: str, country: str | None = None) -> tuple[Key, ...]:
    """The keys of a text of one kind; UsageError when the text is not of that kind."""
    text = _plain(text)
    if kind == "company":
        refuse_nameless(text)
        return _company_keys(text) or _refuse(kind, text, "give the company's name")
    if kind == "domain":
        return _domain_keys(text)
    if kind == "email":
        email = parse_email(text)
        return (
            (Key("email", email.address.lower()),)
            if email
            else _refuse(kind, text, _address_hint(text))
        )
    if kind == "phone":
        phone = _phone(text, country)
        return (Key("phone", phone),) if phone else _refuse_phone(text, country)
    raise UsageError(f"{kind!r} cannot be suppressed", f"one of {', '.join(KINDS)}")


def owner_of_shared(text: str) -> str | None:
    """The name of the company that owns a host that many share, such as `gitlab` of gitlab.com;
    None for any other text, and for a page or a name on such a host.
    """
    domain = registrable(text)
    kind = host_kind(domain) if domain else None
    rest = re.sub(r"^https?://", "", text.strip().rstrip("/"), flags=re.IGNORECASE)
    is_whole = domain is not None and host_name(text) == domain and _is_bare_host(rest)
    return domain.partition(".")[0] if domain and is_whole and kind in _OWNED else None


def _company_keys(text: str) -> tuple[Key, ...]:
    """The keys of a name, also without a line's number before it and a place behind it."""
    keys = name_keys(text)
    unnumbered = _NUMBERED.sub("", text)
    if unnumbered != text:
        keys |= name_keys(unnumbered)
    before = _PLACE_BEHIND.sub("", unnumbered)
    # Without a legal form, what stands before the comma may be less than the name.
    if before != unnumbered and parse_name(before).forms:
        keys |= name_keys(before)
    return () if text.startswith("+") else tuple(sorted(keys))


def _mended(host: str) -> str:
    return re.sub(r",|\.\s|\s\.", ".", host)


def _refuse_number(text: str, country: str) -> NoReturn:
    raise UsageError(
        f"{text[:80]!r} is a register number or VAT id ({country}), which nobody is suppressed by",
        "name the company, its domain, e-mail address or phone instead",
    )


def _domain_keys(text: str) -> tuple[Key, ...]:
    domain = registrable(text)
    if domain is None:
        return _refuse("domain", text, "such as acme.example")
    what = host_kind(text) or (host_kind(domain) if domain != text else None)
    if what is None:
        return (Key("domain", domain),)
    if owner := owner_of_shared(text):
        # No company has a shared host as its domain: its owner is found by its name.
        return (Key("domain", domain), *sorted(name_keys(owner) | name_keys(domain)))
    raise UsageError(
        f"{domain} is shared by many companies ({what.replace('_', ' ')})",
        "name the company or the e-mail address instead",
    )


def _address_hint(text: str) -> str:
    domain = registrable(text) if text.startswith("@") else None
    if domain and host_kind(domain) is None:
        return f"to suppress the whole domain write {domain}"
    return "such as info@acme.example"


def _phone(text: str, country: str | None) -> str | None:
    bare = _without_label(text, "phone")
    return parse_phone(bare, country) or parse_phone(_TRUNK.sub(" ", bare), country)


def _refuse_several(text: str) -> None:
    has_number = bool(_NUMBER_INSIDE.search(text)) and not _is_number(_without_label(text, "phone"))
    words = _without_label(text, "domain").split()
    cells = [cell.strip() for cell in text.split(",")][1:]
    has_address = (len(words) > 1 and bool(_ADDRESS_INSIDE.search(text))) or any(
        _BARE_HOST.fullmatch(one) and registrable(one) for one in (*cells, *words[1:][-1:])
    )
    if _SEVERAL.search(text) or text.count("@") > 1 or has_number or has_address:
        raise UsageError(
            f"{text[:80]!r} names several things",
            "write one a line, or put a line above that names the columns",
        )


def _is_number(text: str) -> bool:
    digits = sum(letter.isdigit() for letter in text)
    return digits >= _FEWEST_DIGITS and bool(_NUMBER.fullmatch(text.strip()))


def _is_bare_host(text: str) -> bool:
    return "/" not in text and "@" not in text


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    """The text without marks around it; each is asked for several times in a row."""
    text = without_entities(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(one for one in text if unicodedata.category(one) != "Cf")
    return _BULLET.sub("", text).strip()


def _without_label(text: str, kind: str) -> str:
    """The text without a word such as `Tel.` before a number or an address."""
    bare = _plain(text)
    before = _BEFORE[kind].match(bare) if kind in _BEFORE else None
    if before is None:
        return bare
    parts = map(letters_and_digits, re.split(r"[\s.:/()\-]+", before[1]))
    words = [word for word in parts if word]
    labels = _labels(kind)
    is_label = all(word in labels for word in words) or "".join(words) in labels
    return bare[before.end() :].strip() if words and is_label else bare


@cache
def _labels(kind: str) -> frozenset[str]:
    return frozenset(
        letters_and_digits(word) for word in document("entry_labels.yaml").get(kind, ())
    )


def _refuse_phone(text: str, country: str | None) -> NoReturn:
    if country or text.startswith("+"):
        _refuse("phone", text, "with the country's code, such as +49 30 1234567")
    raise UsageError(
        f"{text!r} has no country's code",
        "name the country of such numbers, such as --country DE, or write +49 30 1234567",
    )


def _refuse(kind: str, text: str, example: str) -> NoReturn:
    raise UsageError(f"{text[:80]!r} is not a valid {kind}", example)
