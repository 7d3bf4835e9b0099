"""The company in the JSON that a page carries for its scripts (`__NEXT_DATA__` and similar).

Such JSON holds customers, employers and products too. An object counts only if its key or type is
one of a company, something ties it to the site, and two kinds of contact data are in it.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from enrich import json_ld
from enrich.json_ld import MarkedNode
from enrich.tables import either, words
from leads.lexicon.domains import registrable
from leads.lexicon.emails import parse_email

_LONGEST, _MOST, _DEEPEST = 1_000_000, 20_000, 12
_FEWEST = 2
_DECODER = json.JSONDecoder(strict=False)
_SIGNS = re.compile(r"[^a-z0-9]")
_PARSED = re.compile(r"JSON\.parse\(\s*(?=\")")


def companies(states: Sequence[str], domain: str | None) -> list[MarkedNode]:
    """Return the page's owner as nodes shaped like JSON-LD; none if it is not certain."""
    found: list[MarkedNode] = []
    for state in states:
        if _worth_reading().search(state):
            found += [node for one in _objects(state) if (node := _company(one, domain))]
    names = {json_ld.squashed(json_ld.text(one.get("legalName") or one["name"])) for one in found}
    return found[:1] if len(names) == 1 else []


def _objects(state: str) -> Iterator[dict[str, Any]]:
    """Yield the objects whose key or type is one of a company, outermost first."""
    kinds = frozenset(words("page_state")["kinds"])
    waiting: deque[tuple[str, Any, int]] = deque([("", parsed(state), 0)])
    seen = 0
    while waiting and seen < _MOST:
        key, value, depth = waiting.popleft()
        seen += 1
        if depth > _DEEPEST:
            continue
        if isinstance(value, list):
            waiting.extend((key, one, depth + 1) for one in value[:100])
        elif isinstance(value, dict):
            if _squash(key) in kinds or _is_typed(value):
                yield value
            waiting.extend((name, one, depth + 1) for name, one in list(value.items())[:500])


def parsed(state: str) -> Any:
    """Return what a state holds; None if it is no JSON."""
    text = _PARSED.sub("", state.strip()[:_LONGEST], count=1)
    try:
        found = _DECODER.raw_decode(text)[0]
        found = _DECODER.raw_decode(found)[0] if isinstance(found, str) else found
    except (ValueError, RecursionError):
        return None
    return _unflattened(found) if _is_flat(found) else found


def _is_flat(found: Any) -> bool:
    """Check for a list whose objects hold places in the list instead of values (Nuxt 3)."""
    objects = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return bool(objects) and all(
        type(value) is int for one in objects[:50] for value in one.values()
    )


def _unflattened(listed: list[Any]) -> list[Any]:
    """Put the values, and those of the objects inside, where their places are written.

    Objects may name each other without end, so values are counted.
    """
    left = _MOST

    def at(place: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        known = left > 0 and type(place) is int and 0 <= place < len(listed)
        value = listed[place] if known else None
        if isinstance(value, dict) and depth:
            return {key: at(inner, depth - 1) for key, inner in list(value.items())[:100]}
        return value if isinstance(value, str | int | float) else None

    objects = [(place, one) for place, one in enumerate(listed) if isinstance(one, dict)]
    return [at(place, 2) for place, _ in objects[:1_000]]


def _is_typed(value: Mapping[str, Any]) -> bool:
    stated = [value.get("@type"), value.get("__typename"), value.get("_type"), value.get("type")]
    return json_ld.is_organisation_type([one for one in stated if isinstance(one, str)])


def _company(stated: Mapping[str, Any], domain: str | None) -> MarkedNode | None:
    """Read an object as an organisation; None unless it is surely the site's."""
    table = words("page_state")
    flat = {_squash(key): value for key, value in list(stated.items())[:200]}
    holders = [flat, *_parts(flat)]
    node = MarkedNode({"@type": "Organization", **_read(holders, table["properties"])})
    node.method = "page_state"
    if address := _read(holders, table["address"]):
        node["address"] = {"@type": "PostalAddress", **address}
    elif isinstance(flat.get("address"), str):
        node["address"] = flat["address"]
    node.setdefault("name", node.get("legalName", ""))
    return node if node["name"] and _is_certain(node, domain) else None


def _parts(flat: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for key in words("page_state")["parts"]:
        value = flat.get(key)
        value = value[0] if isinstance(value, list) and len(value) == 1 else value
        if isinstance(value, dict):
            found.append({_squash(name): one for name, one in list(value.items())[:200]})
    return found


def _read(holders: Sequence[Mapping[str, Any]], table: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return the first value of each property."""
    found: dict[str, Any] = {}
    for name, keys in table.items():
        values = (holder[key] for key in keys for holder in holders if key in holder)
        value = next((one for one in values if _is_plain(one)), None)
        if value is not None:
            found[name] = value
    return found


def _is_plain(value: Any) -> bool:
    listed = value if isinstance(value, list) else [value]
    return (
        bool(listed)
        and all(
            isinstance(one, str | int) and not isinstance(one, bool) and str(one)[:1] not in "{[$"
            for one in listed[:20]
            if not (isinstance(one, int) and abs(one) > 10**15)
        )
        and any(one not in ("", 0) for one in listed)
    )


def _is_certain(node: MarkedNode, domain: str | None) -> bool:
    """Check that the site is named by address, e-mail or name, and enough else is known."""
    url = json_ld.text(node.get("url"))
    site = registrable(url) if "." in url and " " not in url else None
    email = parse_email(json_ld.text(node.get("email")))
    if domain is None or (site is not None and site != domain):
        return False
    is_named = any(
        json_ld.spelled_by(json_ld.text(node.get(key)), domain) for key in ("name", "legalName")
    )
    ties = [site == domain, email is not None and registrable(email.domain) == domain, is_named]
    given = [key for key in ("address", "telephone", "email") if node.get(key)]
    return any(ties) and len(given) + (site == domain) + is_named >= _FEWEST and bool(given)


def _squash(key: str) -> str:
    return _SIGNS.sub("", key[:60].lower())


@cache
def _worth_reading() -> re.Pattern[str]:
    """Match a key of a name or an address: without one, nothing is parsed."""
    keys = ["name", "street", "telephone", "phone", "email", "legal", "address", "zip", "plz"]
    return re.compile(rf"[\"_a-z](?:{either(keys)})[a-z_0-9]{{0,40}}\\?\"\s*:|\[\{{", re.IGNORECASE)
