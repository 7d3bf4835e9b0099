"""Channel policies as values, made of texts that were checked before: without loading a validator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from leads.lexicon.reference import document, read_yaml
from outreach.policy import CHANNELS, ChannelPolicy, Kind, Rule, Says


@lru_cache(maxsize=64)
def stored(text: str) -> ChannelPolicy:
    """The policy of a text that was checked when it was stored."""
    found = read_yaml(text)
    return ChannelPolicy(
        name=found["policy"],
        version=int(found["version"]),
        channels=tuple(found.get("channels", CHANNELS)),
        holds_unknown=found.get("nothing_known") == "hold",
        person_forms=frozenset(found.get("person_forms", ())),
        rules=tuple(_rule(one) for one in found["rules"]),
    )


def standard() -> ChannelPolicy:
    """The policy that comes with the product."""
    return stored(standard_text())


@cache
def standard_text() -> str:
    """The file that comes with the product."""
    return (Path(__file__).parent / "data" / "channel_policy.yaml").read_text("utf-8")


def codes_of(place: str) -> tuple[str, ...]:
    """The countries of a group; any other place is its own."""
    group = document("country_groups.yaml").get(place)
    return tuple(group["codes"]) if group else (place,)


def _rule(one: Mapping[str, Any]) -> Rule:
    reviewed = one.get("reviewed")
    return Rule(
        countries=frozenset(code for place in one["countries"] for code in codes_of(place)),
        channel=one["channel"],
        to=Kind(one["to"]) if "to" in one else None,
        says=Says(one["says"]),
        code=one["code"],
        why=one["why"],
        source=one["source"],
        reviewed=date.fromisoformat(reviewed) if reviewed else None,
    )
