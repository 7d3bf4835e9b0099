"""The ways to a company, among what its facts say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from outreach.policy import Recipient
from outreach.reach import Reach

#: The attribute of each channel that one fact is enough for.
_POINTS = {"phone": "phone", "email": "email", "social": "social"}
_ADDRESS = ("street", "postcode", "city")
ATTRIBUTES = ("domain", "country", "legal_form", "objection", *_POINTS, *_ADDRESS)

#: An attribute, its value as text, and who says so.
Statement = tuple[str, str, str]


def reach_of(stated: Iterable[Statement]) -> Reach:
    """What is known of the ways to one company."""
    values: dict[str, dict[str, str]] = {}
    for attribute, value, source in stated:
        values.setdefault(attribute, {}).setdefault(value, source)

    points = {channel: tuple(values.get(name, ())) for channel, name in _POINTS.items()}
    if address := address_of(values):
        points["post"] = (address,)
    who = Recipient(
        countries=tuple(values.get("country", ())),
        forms=tuple(values.get("legal_form", ())),
        objections=values.get("objection", {}),
    )
    return Reach(who, points)


def address_of(values: Mapping[str, Iterable[str]]) -> str | None:
    """The postal address that a company's values add up to; None without a street and a place."""
    street, postcode, city = (next(iter(values.get(name, ())), "") for name in _ADDRESS)
    if not street or not (postcode or city):
        return None
    return ", ".join((street, f"{postcode} {city}".strip()))
