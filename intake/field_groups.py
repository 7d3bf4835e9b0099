"""The fields that a column can be mapped to, in groups that a person can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intake.mapping import fields
from intake.vocabulary import PERSONAL

_GROUPS: Mapping[str, Sequence[str]] = {
    "company": (
        "name",
        "legal_name",
        "alias",
        "former_name",
        "legal_form",
        "parent",
        "status",
        "closed",
        "founded",
    ),
    "place": (
        "country",
        "region",
        "postcode",
        "city",
        "postcode_city",
        "street",
        "location",
        "latitude",
        "longitude",
        "sites",
    ),
    "contact": ("website", "domain", "email", "phone", "fax", "social"),
    "size": ("employees", "turnover", "currency"),
    "business": ("industry", "technology", "keyword", "certificate", "language"),
    "numbers": ("id", "register_number", "vat_id", "lei"),
    "handling": ("opt_out", "objection", "keep", "ignore"),
}


def grouped_fields() -> dict[str, Sequence[str]]:
    """The fields of each group; those of persons are dropped when they are read."""
    grouped = {name for names in _GROUPS.values() for name in names}
    persons = sorted(name for name in fields() if name.startswith(PERSONAL))
    others = sorted(name for name in fields() - grouped if not name.startswith(PERSONAL))
    return {
        **_GROUPS,
        **({"other": others} if others else {}),
        "person (dropped)": persons,
    }


def field_groups() -> list[str]:
    """Return a line for each group: its name and its fields."""
    groups = {**grouped_fields(), "your own": ("custom:NAME",)}
    return [
        f"{group}: {', '.join(name.removeprefix(PERSONAL) for name in names)}"
        for group, names in groups.items()
    ]
