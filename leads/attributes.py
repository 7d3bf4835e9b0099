"""The fixed table of attributes that a fact may state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from leads.facts import Scope
from leads.values import Range, Value


class Kind(StrEnum):
    """Which type of value an attribute holds (see `leads/values.py`)."""

    TEXT = "text"
    RANGE = "range"
    MONEY = "money"
    INDUSTRY = "industry"
    TECHNOLOGY = "technology"


class World(StrEnum):
    """What silence means: in an open world a value not seen may still be true; in a closed one the
    values are all there are.
    """

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: its type, unit, usual scope, and how long a value is good for."""

    name: str
    kind: Kind
    world: World
    unit: str = ""
    scope: Scope = Scope.COMPANY
    #: Days after which a value is too old to answer with; None: it does not age.
    max_age_days: int | None = None
    #: Confidence from which a guess answers a question, 0 to 1, unless a criterion names another;
    #: guesses of such attributes also give way to every statement. None: guesses are statements.
    sure_guess: float | None = None


_TEXT, _RANGE, _OPEN, _CLOSED = Kind.TEXT, Kind.RANGE, World.OPEN, World.CLOSED

_TABLE = (
    Attribute("name", _TEXT, _CLOSED),
    Attribute("legal_name", _TEXT, _CLOSED),
    Attribute("alias", _TEXT, _OPEN),
    Attribute("former_name", _TEXT, _OPEN),
    Attribute("legal_form", _TEXT, _CLOSED),
    Attribute("register_number", _TEXT, _CLOSED),
    Attribute("vat_id", _TEXT, _CLOSED),
    Attribute("lei", _TEXT, _CLOSED),
    Attribute("national_id", _TEXT, _OPEN, unit="scheme and number"),
    Attribute("status", _TEXT, _CLOSED, max_age_days=730),
    Attribute("founded", _RANGE, _CLOSED, unit="year"),
    Attribute("country", _TEXT, _CLOSED, unit="ISO 3166-1 alpha-2"),
    Attribute("region", _TEXT, _CLOSED),
    Attribute("city", _TEXT, _CLOSED),
    Attribute("postcode", _TEXT, _CLOSED),
    Attribute("street", _TEXT, _CLOSED),
    Attribute("latitude", _TEXT, _CLOSED, unit="degrees north"),
    Attribute("longitude", _TEXT, _CLOSED, unit="degrees east"),
    Attribute("domain", _TEXT, _OPEN),
    Attribute("website", _TEXT, _OPEN),
    Attribute("moved_to", _TEXT, _CLOSED, unit="domain that the site leads to"),
    Attribute("email", _TEXT, _OPEN),
    Attribute("phone", _TEXT, _OPEN, unit="E.164"),
    Attribute("fax", _TEXT, _OPEN, unit="E.164"),
    Attribute("social", _TEXT, _OPEN, unit="URL"),
    Attribute("objection", _TEXT, _OPEN, unit="phone, email, post, social or all"),
    Attribute("employees", _RANGE, _CLOSED, unit="people"),
    Attribute("turnover", Kind.MONEY, _CLOSED, unit="a year"),
    Attribute("industry", Kind.INDUSTRY, _CLOSED, sure_guess=0.8),
    Attribute("technology", Kind.TECHNOLOGY, _OPEN, max_age_days=730),
    Attribute("sites", _RANGE, _CLOSED),
    Attribute("job_opening", _TEXT, _OPEN, max_age_days=90),
    Attribute("openings", _RANGE, _CLOSED, unit="job openings", max_age_days=90),
    Attribute("asks_for", _TEXT, _OPEN, unit="technology of the catalog", max_age_days=180),
    Attribute("language", _TEXT, _OPEN, unit="ISO 639-1"),
    Attribute("keyword", _TEXT, _OPEN),
    Attribute("certificate", _TEXT, _OPEN, max_age_days=1100),
    Attribute("parent", _TEXT, _CLOSED),
    Attribute("brand", _TEXT, _OPEN),
    Attribute("coverage", _TEXT, _OPEN, unit="what was looked at, as kind:count", max_age_days=730),
)

ATTRIBUTES: dict[str, Attribute] = {attribute.name: attribute for attribute in _TABLE}
CUSTOM = "custom:"
_YEARS = frozenset(one.name for one in _TABLE if one.unit == "year")


def value_text(name: str, value: Value) -> str:
    """The value of an attribute as people read it: a year is no amount, so it has no commas."""
    is_year = name in _YEARS and isinstance(value, Range)
    return str(value).replace(",", "") if is_year else str(value)


def attribute(name: str) -> Attribute:
    """The attribute of that name; `custom:NAME` is text of a client's own. KeyError for any other
    name.
    """
    if name.startswith(CUSTOM) and len(name) > len(CUSTOM):
        return Attribute(name, Kind.TEXT, World.CLOSED)
    return ATTRIBUTES[name]
