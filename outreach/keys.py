"""The normal forms under which a company, domain, e-mail or phone is found again, however it is
spelled next time.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from leads.errors import UsageError
from leads.lexicon.domains import host_kind, registrable
from leads.lexicon.emails import parse_email
from leads.lexicon.names.company_names import parse_name
from leads.lexicon.phones import parse_phone

KINDS = ("domain", "company", "email", "phone")

#: Two cores of at least this many characters that are this alike (0 to 100) are taken for two
#: spellings of one name.
SPELLING_LENGTH = 8
SPELLING_LIKENESS = 93


#: Words that a branch or a group adds to its company's name: whoever asked not to be called means
#: these too.
_SAYS_LITTLE = frozenset(
    (
        "the",
        "group",
        "holding",
        "holdings",
        "gruppe",
        "groupe",
        "gruppo",
        "grupo",
        "groep",
        "international",
        "uk",
        "usa",
    )
)
_SPELLED_OUT = re.compile("([aou])e")


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One normal form of one kind."""

    kind: str
    form: str


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a company is known by."""

    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


def keys_of(known: Known) -> tuple[Key, ...]:
    """Every normal form of everything a company is known by."""
    found = {key for name in known.names for key in _name_keys(name)}
    found |= {Key("domain", domain) for domain in known.domains if host_kind(domain) is None}
    found |= {key for address in known.emails for key in _email_keys(address)}
    found |= {Key("phone", number) for number in known.phones}
    return tuple(sorted(found))


def keys_of_request(kind: str, text: str, country: str | None = None) -> tuple[Key, ...]:
    """The normal forms of what a user names; UsageError when it is no such thing."""
    if kind == "company":
        return tuple(sorted(_name_keys(text))) or _refuse(kind, text, "give the company's name")
    if kind == "domain":
        domain = registrable(text)
        if domain and (what := host_kind(domain)):
            raise UsageError(
                f"{domain} belongs to everybody ({what.replace('_', ' ')})",
                "name the company or the e-mail address instead",
            )
        return (Key("domain", domain),) if domain else _refuse(kind, text, "such as acme.example")
    if kind == "email":
        email = parse_email(text)
        return (
            (Key("email", email.address.lower()),)
            if email
            else _refuse(kind, text, "such as info@acme.example")
        )
    if kind == "phone":
        phone = parse_phone(text, country)
        return (
            (Key("phone", phone),)
            if phone
            else _refuse(kind, text, "with the country's code, such as +49 30 1234567")
        )
    raise UsageError(f"{kind!r} cannot be suppressed", f"one of {', '.join(KINDS)}")


def keys_of_text(text: str, kind: str | None = None) -> tuple[str, tuple[Key, ...]]:
    """What a user means, and its normal forms; a bare text that looks like a domain may be a name
    too (`monday.com`).
    """
    if kind is not None:
        return kind, keys_of_request(kind, text)
    guessed = guess_kind(text)
    named = _name_keys(text) if guessed == "domain" and "/" not in text else set()
    return guessed, tuple(sorted({*keys_of_request(guessed, text), *named}))


def guess_kind(text: str) -> str:
    """What a user means by a bare text: an e-mail address, a phone number, a domain, or else a
    company's name.
    """
    if "@" in text:
        return "email"
    if text.strip().startswith("+") and parse_phone(text):
        return "phone"
    bare = text.strip()
    return (
        "domain" if " " not in bare and "." in bare.strip(".") and registrable(bare) else "company"
    )


def digest(key: Key, secret: bytes) -> str:
    """The keyed hash of a normal form: an erased e-mail cannot be guessed back without the
    installation's secret.
    """
    return hmac.new(secret, f"{key.kind}\0{key.form}".encode(), hashlib.sha256).hexdigest()


class Spellings:
    """Suppressed names to be met under another spelling, looked up by their first letters and by
    their last.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        """`forms` are the normal forms of suppressed names."""
        self._by_end: dict[str, list[str]] = {}
        for form in sorted(set(forms)):
            if len(form) >= SPELLING_LENGTH:
                for end in (form[:3], f"…{form[-3:]}"):
                    self._by_end.setdefault(end, []).append(form)

    def near(self, known: Known) -> str | None:
        """The suppressed name that one of the company's names is a spelling of."""
        for name in known.names:
            squashed = _squash(parse_name(name).core)
            choices = [
                *self._by_end.get(squashed[:3], ()),
                *self._by_end.get(f"…{squashed[-3:]}", ()),
            ]
            if len(squashed) >= SPELLING_LENGTH and choices:
                best = process.extractOne(
                    squashed, choices, scorer=fuzz.ratio, score_cutoff=SPELLING_LIKENESS
                )
                if best:
                    return str(best[0])
        return None


def _name_keys(name: str) -> set[Key]:
    """The name in one word, its words in order, and both without what only says where or that it is
    a group.
    """
    parsed = parse_name(name)
    bare = tuple(token for token in parsed.tokens if token not in _SAYS_LITTLE)
    orders = {" ".join(parsed.tokens): parsed.tokens, " ".join(bare): bare}
    forms = {
        _squash(parsed.core),
        *(
            form
            for tokens in orders.values()
            for form in (_squash("".join(tokens)), _sorted(tokens))
        ),
    }
    return {
        Key("company", form) for form in forms if any(character.isalnum() for character in form)
    }


def _sorted(tokens: Sequence[str]) -> str:
    return "".join(sorted(_squash(token) for token in tokens))


def _email_keys(address: str) -> set[Key]:
    """The address itself, and the company's domain in it."""
    email = parse_email(address)
    domain = registrable(email.domain) if email else None
    own = {Key("domain", domain)} if domain and host_kind(domain) is None else set()
    return {Key("email", address.lower())} | own


def _squash(core: str) -> str:
    """The core in one word; an umlaut is the same whether it lost its dots or was spelled out."""
    return _SPELLED_OUT.sub(r"\1", core.replace(" ", ""))


def _refuse(kind: str, text: str, example: str) -> tuple[Key, ...]:
    raise UsageError(f"{text!r} is no {kind}", example)
