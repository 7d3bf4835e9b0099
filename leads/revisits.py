"""How old what a site states may be (`leads/lexicon/data/revisits.yaml`)."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from leads.attributes import attribute
from leads.lexicon.reference import document


@cache
def base_age() -> timedelta:
    """The age at which a site is visited again though nothing rests on it."""
    return timedelta(days=int(document("revisits.yaml")["base"]))


@cache
def age_of(name: str) -> timedelta:
    """The age at which a fact of that attribute is looked at again, if a verdict rests on it."""
    days = document("revisits.yaml")["attributes"].get(attribute(name).name)
    return base_age() if days is None else timedelta(days=int(days))
