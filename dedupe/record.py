"""What the engine is given: rows to compare, and what people have decided about pairs of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Key = str | int


#: What says where a company is.
_PLACES = frozenset(("country", "city", "postcode", "street"))


def only_value(attribute: str, values: Sequence[str]) -> str:
    """The value of a row that states several where one is compared: the first; of places none, as
    it is in all of them.
    """
    return values[0] if len(set(values)) == 1 or (values and attribute not in _PLACES) else ""


@dataclass(frozen=True, slots=True)
class MatchRecord:
    """One row to compare; everything but key and name may be missing, and what is missing weighs
    nothing.
    """

    key: Key
    name: str
    #: Other names: aliases, former names, the trading name.
    aliases: tuple[str, ...] = ()
    #: Registrable domains of the company's own sites and mailboxes (no free-mail or social hosts).
    domains: tuple[str, ...] = ()
    #: E.164 or bare digits.
    phones: tuple[str, ...] = ()
    #: ISO 3166-1 alpha-2.
    country: str = ""
    city: str = ""
    postcode: str = ""
    #: Street with house number, or a whole postal address.
    street: str = ""
    #: The number in a company register, a VAT id or an LEI: whatever is issued once.
    register_number: str = ""
    #: A legal form stated beside the name; forms in the name are read from it.
    legal_form: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided: these pairs of keys are the same company, those are not, whatever the
    engine thinks.
    """

    same: tuple[tuple[Key, Key], ...] = field(default=())
    different: tuple[tuple[Key, Key], ...] = field(default=())


NO_DECISIONS = Decisions()
