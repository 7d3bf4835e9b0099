"""The technology catalog: resolve names from lists, pages and profiles; expand categories."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from leads.lexicon.reference import document, documents

if TYPE_CHECKING:
    #: Each category with a sentence that defines it.
    CATEGORIES: Mapping[str, str]
else:

    def __getattr__(name: str) -> Mapping[str, str]:
        """Load the catalog on first use."""
        if name == "CATEGORIES":
            return {slug: category["is"] for slug, category in _catalog()["categories"].items()}
        raise AttributeError(name)


_BLANK = re.compile(r"[\s_-]+")
_VERSION = re.compile(r"[\s/v]*\d+(?:\.[\dx]+)*\+?$")


@dataclass(frozen=True, slots=True)
class Technology:
    """One technology: stable slug, display name, categories, and technologies it implies."""

    slug: str
    name: str
    categories: frozenset[str]
    implies: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def find(text: str) -> Technology | None:
    """Find a technology by slug, name or spelling, with or without maker and version, or None."""
    word = _key(text)
    if len(word) > 80:
        return None
    known = _spellings()
    for attempt in (word, _key(_VERSION.sub("", text.strip()))):
        slug = known.get(attempt) or next(
            (
                known[attempt.removeprefix(maker)]
                for maker in _makers()
                if attempt.removeprefix(maker) in known
            ),
            None,
        )
        if slug:
            return technology(slug)
    return None


def catalog() -> Mapping[str, Technology]:
    """Return all technologies by slug."""
    return _technologies()


def technology(slug: str) -> Technology:
    """Return the technology of a slug; KeyError if unknown."""
    return _technologies()[slug]


@lru_cache(maxsize=4096)
def members(term: str) -> frozenset[str] | None:
    """Return the slugs that satisfy an ICP term: a category's, or a technology and its dependents.

    None for an unknown term.
    """
    word = _key(term)
    category = {_key(slug): slug for slug in _catalog()["categories"]}.get(word)
    if category:
        return _members()[category]
    found = find(term)
    return _members()[found.slug] if found else None


def check_term(term: str) -> str | None:
    """Return what is wrong with a technology or category term, with the nearest word, or None."""
    if members(term) is not None:
        return None
    topics: Mapping[str, str] = _catalog()["topics"]
    topic = {_key(slug): advice for slug, advice in topics.items()}.get(_key(term))
    if topic:
        return f"{term} is a subject, not a technology: {topic}"
    near = get_close_matches(
        _key(term),
        {**_spellings(), **{_key(slug): slug for slug in _catalog()["categories"]}},
        n=1,
        cutoff=0.6,
    )
    meant = (
        (
            _spellings().get(near[0])
            or next(slug for slug in _catalog()["categories"] if _key(slug) == near[0])
        )
        if near
        else ""
    )
    return f"no such technology or category: {term}" + (f", did you mean {meant}" if meant else "")


@cache
def _catalog() -> Any:
    """Return the categories, and the technologies of `technologies.yaml` and its folder together."""
    first = document("technologies.yaml")
    rows = dict(first["technologies"])
    for more in documents("technologies"):
        rows.update(more or {})
    return {**first, "technologies": rows}


@cache
def _technologies() -> Mapping[str, Technology]:
    rows = _catalog()["technologies"]
    return {
        slug: Technology(slug, row["name"], _categories(row["in"]), _implied(slug))
        for slug, row in rows.items()
    }


def _categories(stated: list[str]) -> frozenset[str]:
    wider = {above for slug in stated for above in _catalog()["categories"][slug].get("within", ())}
    return frozenset(stated) | (_categories(sorted(wider)) if wider else frozenset())


def _implied(slug: str) -> frozenset[str]:
    direct = _catalog()["technologies"][slug].get("implies", ())
    return frozenset(direct).union(*(_implied(one) for one in direct))


@cache
def _members() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(
        set, {slug: set() for slug in _catalog()["categories"]}
    )
    for slug, one in _technologies().items():
        for term in {slug, *one.implies}:
            found[term].add(slug)
        for implied in {one, *(technology(other) for other in one.implies)}:
            for category in implied.categories:
                found[category].add(slug)
    return {term: frozenset(slugs) for term, slugs in found.items()}


@cache
def _spellings() -> Mapping[str, str]:
    rows = _catalog()["technologies"]
    other = {
        _key(spelling): slug
        for slug, row in rows.items()
        for spelling in (row["name"], *row.get("also", ()))
    }
    return other | {_key(slug): slug for slug in rows}


@cache
def _makers() -> tuple[str, ...]:
    return tuple(_key(maker) for maker in _catalog()["makers"])


def _key(text: str) -> str:
    return _BLANK.sub("", text.casefold())
