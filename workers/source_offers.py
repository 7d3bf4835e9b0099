"""The sources that may be asked now, and what they offer for a budget."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from leads.settings import Settings
from leads.store.spending.turns import Rest
from sources.currency import in_currency
from sources.planner.offer import Offer
from sources.run.catalog import every_source
from sources.source import Source

#: A source that rests for longer is left out; for less, its companies wait for it.
SHORT_REST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Offered:
    """Sources by name, and why others are not asked."""

    sources: Mapping[str, Source]
    #: Until when those of them rest that do.
    resting: Mapping[str, datetime]
    #: Reasons by the name of the source.
    left_out: Mapping[str, str]


def key_of(source: Source) -> str:
    """The key of a source out of the environment; empty: none is set."""
    variable = source.card.key_variable
    return os.environ.get(variable, "").strip() if variable else ""


def sources_of(settings: Settings, rests: Mapping[str, Rest], at: datetime) -> Offered:
    """The sources whose key is there, and that do not rest for long."""
    every, broken = every_source(settings.home)
    found: dict[str, Source] = {}
    left_out = dict(broken)
    for source in every:
        card = source.card
        rest = rests.get(card.name)
        if card.key_variable and not key_of(source):
            left_out[card.name] = f"{card.key_variable} is not set"
        elif rest is not None and rest.until - at > SHORT_REST:
            left_out[card.name] = f"rests until {rest.until:%Y-%m-%d %H:%M} UTC: {rest.reason}"
        else:
            found[card.name] = source
    resting = {name: rest.until for name, rest in rests.items() if name in found}
    return Offered(found, resting, left_out)


def offers_of(
    sources: Mapping[str, Source], currency: str, on: date
) -> tuple[list[Offer], dict[str, str]]:
    """What sources offer in the currency of a budget; why some offer nothing, by their names."""
    offers, left_out = [], {}
    for name, source in sources.items():
        card = source.card
        price = in_currency(card.price, currency, on)
        if price is None:
            left_out[name] = f"there is no rate from {card.price.currency} to {currency}"
            continue
        offers.append(
            Offer(
                source=name,
                attributes=card.attributes,
                countries=card.countries,
                asks_by=card.asks_by,
                price=price,
                billing=card.billing,
            )
        )
    return offers, left_out
