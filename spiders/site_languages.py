"""The languages to ask a site for."""

from __future__ import annotations

from functools import lru_cache

from spiders.languages import own_languages

#: Each further language is wanted less by this much; English comes last, any other after it.
_STEP, _ENGLISH, _ANY = 0.1, 0.5, 0.3


def accept_language(domain: str, country: str | None = None) -> str:
    """Return the header Accept-Language for a site: its country's languages, then English.

    `country` is that of its company as two letters; without one, the domain's top level counts.
    """
    return _asked_for((country or domain).rpartition(".")[2])


@lru_cache(maxsize=512)
def _asked_for(ending: str) -> str:
    wanted = own_languages(ending)
    said = [
        one if place == 0 else f"{one};q={1 - _STEP * place:.1f}"
        for place, one in enumerate(wanted)
    ]
    if "en" not in wanted:
        said.append(f"en;q={_ENGLISH}" if wanted else "en")
    return ", ".join([*said, f"*;q={_ANY}"])
