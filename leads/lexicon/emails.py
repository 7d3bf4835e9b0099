"""Parse e-mail addresses, normalise them, and tell role addresses from personal ones."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from leads.lexicon.domains import host_name, registrable
from leads.lexicon.places.countries import CODES
from leads.lexicon.reference import document
from leads.lexicon.transliterate import to_ascii

_LONGEST_TEXT = 1000
_LONGEST_LOCAL = 64
#: Texts of this length are kept for a while.
_SHORT = 120
_ADDRESS = re.compile(
    r"(?:mailto:\s*)?([^\s@<>()\[\],;:\"\\]+)@([^\s@<>()\[\],;:\"\\?&/#]+)", re.IGNORECASE
)
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address in lower case with an ASCII host; the local part is otherwise unchanged."""

    address: str
    local: str
    #: The host as written, such as `mail.acme.example`. Use `leads.lexicon.domains.company_domain`
    #: for the company's domain.
    domain: str
    #: A role address (`info@`, `vertrieb.de@`), not a person's.
    is_role: bool


def parse_email(text: str) -> Email | None:
    """Parse the first address of `a@b.example`, `Name <a@b.example>` or
    `mailto:a@b.example?subject=…`.

    None if there is no address, or if its host is an IP address or a bare host name.
    """
    # Whoever reads a cell asks several times.
    return _parsed(text) if len(text) <= _SHORT else _parsed.__wrapped__(text)


@lru_cache(maxsize=1 << 8)
def _parsed(text: str) -> Email | None:
    text = text[:_LONGEST_TEXT]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    found = _ADDRESS.search(text)
    if found is None:
        return None
    local = found[1].strip(".'`").lower()
    host = host_name(f"//{found[2]}")
    if (
        host is None
        or registrable(host) is None
        or len(local) > _LONGEST_LOCAL
        or not _LOCAL.fullmatch(local)
    ):
        return None
    is_role = _is_role(local) or _is_own_name(local, host)
    return Email(f"{local}@{host}", local, host, is_role)


def _is_own_name(local: str, host: str) -> bool:
    """Whether an address repeats its domain (`acme@acme.example`): the company's, not a person's."""
    own = (registrable(host) or "").partition(".")[0]
    return len(own) > 2 and local.replace(".", "-").replace("-", "") == own.replace("-", "")


@lru_cache(maxsize=1 << 10)
def _is_role(local: str) -> bool:
    roles = _roles()
    words = _WORD.findall(to_ascii(local).lower())
    if "".join(words) in roles:
        return True
    # `jo.hr@` is as likely Jo as the HR office of Jordan.
    named = bool(words) and (
        words[0] in roles or any(word in roles and len(word) > 2 for word in words)
    )
    return named and all(word in roles or word.upper() in CODES for word in words)


def mailbox_of(local: str) -> str | None:
    """The function of a role's mailbox, such as `sales` of `vertrieb`; None for other mailboxes."""
    words = _WORD.findall(to_ascii(local).lower())
    for function, names in document("role_mailboxes.yaml").items():
        if "".join(words) in names or any(word in names for word in words):
            return str(function)
    return None


@cache
def _roles() -> frozenset[str]:
    return frozenset(name for names in document("role_mailboxes.yaml").values() for name in names)
