"""Recognise a column by its cells when its name is unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from intake.column_names import ColumnName
from intake.vocabulary import PERSONAL, key_of, pieces, vocabulary
from leads.lexicon.domains import has_public_suffix, host_kind, host_name, registrable
from leads.lexicon.emails import parse_email
from leads.lexicon.names.company_names import parse_name
from leads.lexicon.phones import parse_phone
from leads.lexicon.places.countries import country_code

#: How many values of a column are tested, and the share that must agree.
LOOKED_AT = 300
_MOST = 0.8

_HOST = re.compile(r"[a-z0-9][a-z0-9.-]*\.[a-z]{2,24}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_URL = re.compile(r"(?:https?:)?//\S+|https?:\w\S+|www\.\S+", re.IGNORECASE)
_ROOT = re.compile(r"(?:https?://)?[^/?#\s]+/?(?:[a-z]{2}/?)?", re.IGNORECASE)
_PERSON_PAGE = re.compile(r"linkedin\.com/(?:in|pub)/|xing\.com/profile/", re.IGNORECASE)
_COMPANY_PAGE = re.compile(r"\bxing\.com/(?:pages|compan(?:y|ies))/", re.IGNORECASE)
#: `ACM.DE`, a share on an exchange: domains are not written in capitals.
_TICKER = re.compile(r"[A-Z0-9]{1,6}\.[A-Z]{1,3}")
#: Top levels that are reserved for examples and therefore listed nowhere.
_RESERVED = ("example", "test")
#: A word of this length may also be part of a longer word: `Exportland`.
_PART_OF_WORD = 6
_LEI = re.compile(r"[A-Z0-9]{18}\d\d")
_PLUS = re.compile(r"(?:\+|00)[\d\s()/.-]{7,}")


def share(values: Sequence[str], test: Callable[[str], object]) -> float:
    """The share of the values that pass a test; 0 when there are no values."""
    return sum(1 for value in values if test(value)) / len(values) if values else 0.0


def field_by_content(header: str, name: ColumnName, values: Sequence[str]) -> str | None:
    """The field that the distinct values of a column show; None when they are not clear."""
    if not values:
        return None
    for field, fits in _TESTS:
        if share(values, fits) >= _MOST:
            return field if _sure(field, header, name, values) else None
    return None


def _sure(field: str, header: str, name: ColumnName, values: Sequence[str]) -> bool:
    """Whether the name and the rest of the column confirm what its cells look like."""
    if field in _OF_ANYBODY and is_about_others(header):
        return False
    if field in ("website", "domain"):
        hosts = {registrable(value) for value in values}
        elsewhere = any(word in key for key in name.keys for word in vocabulary().not_a_website)
        return (
            not elsewhere
            and len(hosts) >= _MOST * len(values)
            and share(values, _ROOT.fullmatch) >= 0.5
        )
    if field == "country":
        return share(values, lambda value: len(value) > 3) >= 0.5
    # A lone value may be a tick ("m") or one band of something else.
    return len(values) > 1 if field in ("employees", f"{PERSONAL}gender") else True


def is_about_others(header: str) -> bool:
    """Whether a column's name says that its cells are about something else than the company:
    `Export markets`, `Fleet size`, `Assigned to`.
    """
    others = vocabulary().about_others
    long = tuple(word for word in others if len(word) >= _PART_OF_WORD)
    return any(
        piece in others or piece.startswith(long) or piece.endswith(long)
        for piece in pieces(header)
    )


def is_person_page(value: str) -> bool:
    """Whether a URL is a person's page on a network."""
    # Looked for in every row: two plain searches are faster than the pattern.
    folded = value.lower()
    may_be = "n.com/" in folded or "g.com/" in folded
    return may_be and _PERSON_PAGE.search(value) is not None


def is_company_page(value: str) -> bool:
    """Whether a URL is a company's page on a network."""
    return not is_person_page(value) and (is_social(value) or bool(_COMPANY_PAGE.search(value)))


def is_social(value: str) -> bool:
    """Whether a URL is on a social network."""
    return host_kind(value) == "social"


def is_host(value: str) -> bool:
    """Whether a text is a URL or a host name."""
    return bool(_URL.match(value) or _HOST.fullmatch(value)) and registrable(value) is not None


def _is_domain(value: str) -> bool:
    """Whether a text is a host under a top level that exists, unlike `acme.pdf` and `ann.miller`."""
    host = host_name(value) if is_host(value) and not _TICKER.fullmatch(value) else None
    return host is not None and (host.endswith(_RESERVED) or has_public_suffix(host))


def has_legal_form(value: str) -> bool:
    """Whether a text carries a legal form, as company names do."""
    return len(value) <= 200 and bool(parse_name(value).forms)


def looks_like_names(values: Sequence[str]) -> float:
    """How much a column of different texts looks like company names: the part with a legal form, 0
    when it cannot be names.
    """
    lettered = share(
        values,
        lambda value: (
            2 <= len(value) <= 80
            and any(char.isalpha() for char in value)
            and not is_host(value)
            and "@" not in value
        ),
    )
    return share(values, has_legal_form) if lettered >= _MOST else 0.0


def _is_lei(value: str) -> bool:
    digits = "".join(str(int(char, 36)) for char in value) if _LEI.fullmatch(value) else ""
    return bool(digits) and int(digits) % 97 == 1


def _is_band(value: str) -> bool:
    plain = (
        re.sub(r"[\s,.']|employees|mitarbeiter", "", value.lower())
        .replace("–", "-")
        .replace("to", "-")
    )
    return plain in vocabulary().headcount_bands


def _is_phone(value: str) -> bool:
    return _PLUS.fullmatch(value.strip()) is not None and parse_phone(value) is not None


#: Fields whose values anybody may have: a country may be the company's or its markets'.
_OF_ANYBODY = ("country", "employees", "website", "domain")
_TESTS: tuple[tuple[str, Callable[[str], object]], ...] = (
    (f"{PERSONAL}personal_profile", is_person_page),
    (f"{PERSONAL}gender", lambda value: key_of(value) in vocabulary().genders),
    (f"{PERSONAL}salutation", lambda value: key_of(value) in vocabulary().salutations),
    ("email", lambda value: "@" in value and parse_email(value)),
    ("social", lambda value: is_host(value) and is_social(value)),
    ("website", lambda value: _URL.match(value) and is_host(value)),
    ("domain", _is_domain),
    ("phone", _is_phone),
    ("lei", _is_lei),
    ("country", country_code),
    ("employees", _is_band),
)
