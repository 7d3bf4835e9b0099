"""Contact keys: the normal forms under which a company, domain, e-mail or phone is recognised."""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from leads.lexicon.domains import host_kind, registrable
from leads.lexicon.emails import parse_email
from leads.lexicon.names.company_names import parse_name

KINDS = ("domain", "company", "email", "phone")
#: The kind of key that is the id of a stored company.
COMPANY_ID = "company_id"

#: Words that a branch or a group adds to its company's name: a suppression of the company covers
#: these too.
_GENERIC_WORDS = frozenset(
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
#: Characters of an id as `queue show` prints it.
_ID_LENGTH = 36
_SPELLED_OUT = re.compile("([aou])e")


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One normal form of one kind."""

    kind: str
    form: str


@dataclass(frozen=True, slots=True)
class KnownAs:
    """Everything a company is known by."""

    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    #: Its own id, and the ids of the companies that were merged into it.
    company_ids: tuple[UUID, ...] = ()


def company_key(company_id: UUID) -> Key:
    """The key of one stored company, for a company without any other key."""
    return Key(COMPANY_ID, str(company_id))


def keys_of(known: KnownAs) -> tuple[Key, ...]:
    """Every contact key of a company, in a fixed order."""
    found: set[Key] = set()
    for name in known.names:
        found |= name_keys(name)
    found |= {Key("domain", domain) for domain in known.domains if host_kind(domain) is None}
    for address in known.emails:
        found |= _email_keys(address)
    found |= {Key("phone", number) for number in known.phones}
    # The ids come last: where a company has other keys too, those name the reason.
    return (*sorted(found), *sorted(company_key(one) for one in known.company_ids))


def as_company_id(text: str) -> UUID | None:
    """The id that a text spells out; None when it is something else."""
    if len(text.strip()) != _ID_LENGTH:
        return None
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def name_keys(name: str) -> set[Key]:
    """The name in one word and its words in order, each with and without generic words."""
    parsed = parsed_name(name)
    bare = tuple(token for token in parsed.tokens if token not in _GENERIC_WORDS)
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


def digest(key: Key, secret: bytes) -> str:
    """The keyed hash of a key: without the installation's secret, an erased e-mail address cannot
    be recovered from it.
    """
    made = _begun(secret).copy()
    made.update(f"{key.kind}\0{key.form}".encode())
    return made.hexdigest()


@lru_cache(maxsize=4)
def _begun(secret: bytes) -> hmac.HMAC:
    """A keyed hash of nothing yet: to begin one takes longer than the rest."""
    return hmac.new(secret, digestmod="sha256")


def squashed_core(name: str) -> str:
    """The core of a name in one word: the form in which spellings are compared."""
    return _squash(parsed_name(name).core)


#: The parts of a name, which are needed for its keys and once more for its spelling.
parsed_name = lru_cache(maxsize=4096)(parse_name)


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
