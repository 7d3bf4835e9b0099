"""The languages to ask a site for (`spiders/data/site_languages.yaml`)."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

import yaml

#: Each further language is wanted less by this much; English comes last, any other after it.
_STEP, _ENGLISH, _ANY = 0.1, 0.5, 0.3


@cache
def _languages() -> dict[str, list[str]]:
    text = files("spiders").joinpath("data/site_languages.yaml").read_text("utf-8")
    # Every scalar is text: `no` is Norway, and no is not false.
    table: dict[str, str] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds text only
    return {country: said.split() for country, said in table.items()}


def spoken(domain: str, country: str | None = None) -> list[str]:
    """Return the languages of a site's country, the most common first; none if it is unknown.

    `country` is that of its company as two letters; without one, the domain's top level counts.
    """
    ending = domain.rpartition(".")[2]
    return _languages().get((country or ending).upper(), [])


@lru_cache(maxsize=4096)
def accept_language(domain: str, country: str | None = None) -> str:
    """Return the header Accept-Language for a site: its country's languages, then English."""
    wanted = spoken(domain, country)
    wanted = [one for one in wanted if one != "en"] if wanted[:1] != ["en"] else wanted
    first = [
        one if place == 0 else f"{one};q={0.9 - _STEP * (place - 1):.1f}"
        for place, one in enumerate(wanted)
    ]
    if "en" not in wanted:
        first.append(f"en;q={_ENGLISH}" if wanted else "en")
    return ", ".join([*first, f"*;q={_ANY}"])
