"""Two questions with a form of their own: how near a company lies, and whom it looks for."""

from __future__ import annotations

import re

from leads.yaml_mistakes import did_you_mean, mistake
from leads.yaml_tree import Listing, Mapping, Node, Scalar
from qualify.profile.bounds import read_amount
from qualify.profile.coordinates import degrees
from qualify.profile.criteria import Matches, Near, Terms
from qualify.profile.terms import read_terms, text_word

_FAR = 20_016
_KM = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)\s*(?:km)?", re.IGNORECASE | re.ASCII)
_SHAPE = "write coordinates: {within_km: 25, of: [51.9225, 4.4792]}, north before east"


def read_near(node: Node) -> Near:
    """`{within_km: 25, of: [51.9225, 4.4792]}`."""
    fields = _fields(node, ("within_km", "of"), _SHAPE)
    km, of = fields.get("within_km"), fields.get("of")
    match = _KM.fullmatch(km.text) if isinstance(km, Scalar) else None
    if not match or not 0 < float(match[1]) <= _FAR:
        raise mistake(km or node, f"within_km takes kilometres up to {_FAR:,}", _SHAPE)
    if not isinstance(of, Listing) or len(of.items) != 2:
        raise mistake(of or node, "of takes two numbers, north and east", _SHAPE)
    north, east = (
        degrees(item.text, most) if isinstance(item, Scalar) else None
        for item, most in zip(of.items, (90, 180), strict=True)
    )
    if north is None or east is None:
        raise mistake(
            of, "is not a place on earth: north is from -90 to 90, east from -180 to 180", _SHAPE
        )
    return Near(north, east, float(match[1]))


def read_hiring(node: Node) -> tuple[Matches, int | None]:
    """Titles looked for, and within how many days an opening must have been seen: `{title: [SDR],
    within_days: 45}`, or titles alone.
    """
    if not isinstance(node, Mapping):
        return Matches("job_opening", Terms(phrases=read_terms(node, text_word).any_of)), None
    fields = _fields(
        node, ("title", "within_days"), "write hiring: {title: [SDR], within_days: 45}"
    )
    title, days = fields.get("title"), fields.get("within_days")
    terms = (
        Terms(contains=("",))
        if title is None
        else Terms(phrases=read_terms(title, text_word, ("any_of",)).any_of)
    )
    return Matches("job_opening", terms), None if days is None else _days(days)


def _days(node: Node) -> int:
    days = int(read_amount(node, whole=True))
    if not 1 <= days <= 3650:
        raise mistake(node, "within_days is a number from 1 to 3650", "write within_days: 45")
    return days


def _fields(node: Node, known: tuple[str, ...], hint: str) -> Mapping:
    if not isinstance(node, Mapping) or not node.fields:
        raise mistake(node, f"{' and '.join(known)} belong here", hint)
    for key, _ in node.fields:
        if key.text not in known:
            raise mistake(key, f"does not belong here{did_you_mean(key.text, known)}", hint)
    return node
