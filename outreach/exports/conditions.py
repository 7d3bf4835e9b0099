"""`--where`: conditions on the fields of a company."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leads.errors import UsageError
from leads.lexicon.places.countries import country_code
from leads.yaml_mistakes import did_you_mean
from outreach.exports.company import ExportCompany
from outreach.exports.fields import FIELDS, FieldValue

_SHAPE = re.compile(r"\s*(\w+)\s*(!=|>=|<=|=)\s*(.*?)\s*", re.DOTALL)
_NUMBER = re.compile(r"-?\d[\d_,]*")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; a company whose field is unknown does not meet it."""

    field: str
    sign: str
    wanted: str

    def meets(self, company: ExportCompany) -> bool:
        """Check whether a company meets the condition."""
        value = FIELDS[self.field].read(company)
        return value is not None and _SIGNS[self.sign](value, self.wanted)


def read_conditions(texts: Sequence[str]) -> tuple[Condition, ...]:
    """Read conditions such as `country=DE` or `employees_low>=50`; UsageError for anything else."""
    return tuple(_condition(text) for text in texts)


def _condition(text: str) -> Condition:
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise UsageError(
            f"{text!r} is no condition", "write FIELD=VALUE, FIELD!=VALUE, FIELD>=N or FIELD<=N"
        )
    name, sign, wanted = found.groups()
    if name not in FIELDS:
        near = did_you_mean(name, FIELDS)
        raise UsageError(f"there is no field {name!r}{near}", "see `sluice export fields`")
    if sign in (">=", "<="):
        _check_number(name, wanted)
    if name == "country":
        wanted = country_code(wanted) or wanted
    return Condition(name, sign, wanted)


def _check_number(name: str, wanted: str) -> None:
    if not FIELDS[name].number:
        raise UsageError(
            f"{name} is no number", f"compare it with =, or use a number such as {_near(name)}"
        )
    if not _NUMBER.fullmatch(wanted):
        raise UsageError(f"{wanted!r} is not a whole number", f"write {name}>=50, for example")


def _near(name: str) -> str:
    """A field of numbers whose name begins alike."""
    alike = [one for one, field in FIELDS.items() if field.number and one.startswith(name)]
    return alike[0] if alike else "employees_low"


def _equal(value: FieldValue, wanted: str) -> bool:
    values = value if isinstance(value, tuple) else (str(value),)
    return wanted.casefold() in {one.casefold() for one in values}


def _at_least(value: FieldValue, wanted: str) -> bool:
    return isinstance(value, int) and value >= _number(wanted)


def _at_most(value: FieldValue, wanted: str) -> bool:
    return isinstance(value, int) and value <= _number(wanted)


def _number(text: str) -> int:
    return int(text.replace("_", "").replace(",", ""))


_SIGNS: dict[str, Callable[[FieldValue, str], bool]] = {
    "=": _equal,
    "!=": lambda value, wanted: not _equal(value, wanted),
    ">=": _at_least,
    "<=": _at_most,
}
