"""Tell addresses of one page: with and without `www`, slash and tracking, and its languages."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import parse_qsl, unquote, urlencode

from leads.lexicon.languages import codes
from spiders.plain_words import plain
from spiders.tables import table

_INDEX = re.compile(r"(?:index|default|home|start)\.(?:html?|php\d?|aspx?|jsp|cfm)$", re.IGNORECASE)
_TAG = re.compile(r"([a-z]{2})(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_LANGUAGE_KEYS = frozenset({"lang", "language", "hl", "locale", "l", "lng", "sprache", "langue"})
#: Deeper paths, and those that repeat a segment more often, are spaces without end.
_DEEPEST, _MOST_REPEATS = 8, 2
#: Of an address whose path can repeat a step more often: `https://acme.example/a/a/a`.
_FEWEST_SLASHES = 5
_CODE = 2
_DIGIT = re.compile("[0-9]")
_DATE = re.compile(r"/(?:19|20)\d\d[/-][01]?\d(?:[/-][0-3]?\d)?(?:/|$)")


def same_page(url: str) -> str:
    """Return a key that is equal for addresses of one page; the address itself if it is invalid.

    Scheme, `www.`, a slash at the end, the name of an index file, parameters for tracking, the
    order of parameters, and the language named by path, subdomain or parameter make no difference.
    """
    address, _, query = url.partition("#")[0].partition("?")
    host, _, path = address.partition("://")[2].partition("/")
    if "." in path:
        path = _INDEX.sub("", path)
    steps = [step for step in (unquote(path) if "%" in path else path).split("/") if step]
    if steps and _language(steps[0]):
        del steps[0]
    return "/".join([_same_host(host), *steps]) + (
        f"?{kept}" if query and (kept := _query(query)) else ""
    )


@lru_cache(maxsize=1024)
def _same_host(host: str) -> str:
    host = host.lower().removeprefix("www.")
    label, _, rest = host.partition(".")
    return rest if "." in rest and is_language(label) else host


def language_of(url: str) -> str | None:
    """Return the language that a URL names by its path, subdomain or parameter; None: none."""
    address, _, query = url.partition("#")[0].partition("?")
    host, _, path = address.partition("://")[2].partition("/")
    return (
        _language(path.partition("/")[0])
        or (_language_of_query(query) if query else None)
        or _language_of_host(host)
    )


def _language_of_query(query: str) -> str | None:
    for key, value in parse_qsl(query)[:8]:
        if key.lower() in _LANGUAGE_KEYS and (found := _language(value)):
            return found
    return None


@lru_cache(maxsize=1024)
def _language_of_host(host: str) -> str | None:
    label, _, rest = host.lower().removeprefix("www.").partition(".")
    return label if "." in rest and is_language(label) else None


def is_trap(url: str) -> bool:
    """Whether a URL leads into a space without end: calendars, carts, searches, repeated paths."""
    path = url.partition("?")[0].partition("#")[0] if "?" in url or "#" in url else url
    steps = [step for step in path.split("/")[3:] if step]
    return (
        len(steps) > _DEEPEST
        or _repeats(steps)
        or (("/20" in path or "/19" in path) and bool(_DATE.search(path)))
        or any(map(_is_trap_step, steps))
    )


def _repeats(steps: list[str]) -> bool:
    return len(steps) > _MOST_REPEATS and any(
        steps.count(step) > _MOST_REPEATS for step in set(steps)
    )


def _is_trap_step(step: str) -> bool:
    # The words of traps have no digit, and most steps that no other site has do.
    return not _DIGIT.search(step) and _is_trap_word(step)


@lru_cache(maxsize=1024)
def _is_trap_word(step: str) -> bool:
    return plain(step) in _traps()


def is_repetitive(url: str) -> bool:
    """Whether the path of a URL repeats itself, as paths do that relative links make longer."""
    if url.count("/") < _FEWEST_SLASHES:
        return False
    steps = [step for step in url.split("/")[3:] if step]
    return len(steps) > _DEEPEST or _repeats(steps)


def is_language(code: str) -> bool:
    """Whether this is the two-letter code of a language."""
    return len(code) == _CODE and code in codes()


@lru_cache(maxsize=1024)
def _language(tag: str) -> str | None:
    match = _TAG.fullmatch(tag)
    code = match[1].lower() if match else ""
    return code if is_language(code) else None


def _query(query: str) -> str:
    tracking = _tracking()
    kept = [
        (key, value)
        for key, value in parse_qsl(query, keep_blank_values=True)[:20]
        if key.lower() not in tracking
        and not key.lower().startswith("utm_")
        and not (key.lower() in _LANGUAGE_KEYS and _language(value))
    ]
    return urlencode(sorted(kept))


@cache
def _tracking() -> frozenset[str]:
    return frozenset(table("links")["tracking"])


@cache
def _traps() -> frozenset[str]:
    return frozenset(table("links")["traps"])
