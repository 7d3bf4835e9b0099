"""Take an address inside a JSON object apart: street, postcode, city, region, country."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from leads.sheets.json_address_words import (
    ABOUT_ADDRESSES,
    ADDRESS_ENDINGS,
    ADDRESS_WORDS,
    MAIN_FLAGS,
    MAIN_KINDS,
    OTHER_ADDRESSES,
    PART_OF_GOOGLE,
    PART_OF_KEY,
    UNSURE_KEYS,
)
from leads.sheets.json_values import Pairs

#: The parts that are columns, in their order.
_COLUMNS = ("street", "postcode", "city", "region", "country", "latitude", "longitude")
#: So many different parts make an object an address, whatever its key.
_ENOUGH = 2
_PLACES = frozenset({"street", "postcode", "city", "region", "country", "country code"})
#: One of these makes an address; a state or land alone may be that of an order or a task.
_SURE = ("street", "postcode", "city")
_WORD = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+|[^\W\d_A-Za-z]+")
_OSM = "addr:"


def address_columns(key: str, value: object) -> list[tuple[str, str]] | None:
    """The columns of an address and their texts (`address.city`); None when it is none."""
    parts = _parts_of(key, value)
    if parts is None:
        return None
    street, number = parts.get("street", ""), parts.get("number", "")
    if number and number not in street:
        parts["street"] = f"{street} {number}".strip()
    parts.setdefault("country", parts.get("country code", ""))
    if not parts.get("street") and parts.get("whole"):
        parts["street"] = parts["whole"]
    return [(f"{key}.{part}", parts[part]) for part in _COLUMNS if parts.get(part)]


def open_street_map(row: Pairs) -> Pairs:
    """The row with OpenStreetMap's keys (`addr:street`, `addr:housenumber`) as one address."""
    inside = Pairs((key.removeprefix(_OSM), each) for key, each in row if key.startswith(_OSM))
    if not inside:
        return row
    return Pairs(
        [*((key, each) for key, each in row if not key.startswith(_OSM)), ("addr", inside)]
    )


def _parts_of(key: str, value: object) -> dict[str, str] | None:
    if isinstance(value, Pairs):
        return _parts(key, value)
    if not isinstance(value, list) or not value or not all(isinstance(v, Pairs) for v in value):
        return None
    google = _of_google(value)
    if google:
        return google
    found = [parts for each in _main_first(value) if (parts := _parts(key, each)) is not None]
    return found[0] if len(found) == len(value) else None


def _parts(key: str, value: Pairs) -> dict[str, str] | None:
    """The texts of an object by part; None when the object is no address."""
    parts: dict[str, str] = {}
    for name, member in value:
        part, text = _part(name, member)
        if part:
            parts.setdefault(part, text)
        elif isinstance(member, Pairs | list):
            parts = _degrees(member) | parts
    places = _PLACES & parts.keys()
    if _names_address(key):
        return parts if places or {"whole", "latitude"} & parts.keys() else None
    return parts if len(places) >= _ENOUGH and _is_surely_address(value) else None


def _part(name: str, member: object) -> tuple[str, str]:
    """The part that a member states, and its text; empty for none. URLs and mail are no part."""
    part, text = PART_OF_KEY.get(_plain(name), ""), _text(member)
    return (part, text) if part and text and "@" not in text and "://" not in text else ("", "")


def _is_surely_address(value: Pairs) -> bool:
    """Whether a key says street, postcode or city and nothing else, and none names a person."""
    keys = {_plain(name): _part(name, member)[0] for name, member in value}
    if not keys.keys().isdisjoint(("name", "firstname", "lastname")):
        return False
    return any(part in _SURE for name, part in keys.items() if name not in UNSURE_KEYS)


def _names_address(key: str) -> bool:
    """Whether a whole word of a key is one for an address, and none says otherwise."""
    words = [word.lower() for word in _WORD.findall(_folded(key))]
    if not words or words[-1] in ABOUT_ADDRESSES or words[0] in OTHER_ADDRESSES:
        return False
    return any(word in ADDRESS_WORDS or word.endswith(ADDRESS_ENDINGS) for word in words)


def _degrees(value: object) -> dict[str, str]:
    """Latitude and longitude of an object inside an address, or of a GeoJSON point."""
    if isinstance(value, Pairs):
        found = {PART_OF_KEY.get(_plain(name), ""): _text(each) for name, each in value}
        return {part: found[part] for part in ("latitude", "longitude") if found.get(part)}
    return {}


def _of_google(components: Sequence[object]) -> dict[str, str]:
    """The parts of Google's `address_components`, in the old and the new spelling of its keys."""
    parts: dict[str, str] = {}
    for each in components:
        members = dict(each) if isinstance(each, Pairs) else {}
        kinds = members.get("types")
        text = members.get("long_name") or members.get("longText")
        for kind in kinds if isinstance(kinds, list) else ():
            part = PART_OF_GOOGLE.get(kind) if isinstance(kind, str) else None
            if part and isinstance(text, str):
                parts.setdefault(part, str(text))
    return parts


def _main_first(addresses: Sequence[object]) -> Iterator[Pairs]:
    found = [each for each in addresses if isinstance(each, Pairs)]
    yield from sorted(found, key=lambda each: not _is_main(each))


def _is_main(address: Pairs) -> bool:
    for name, member in address:
        text = str(member).lower() if isinstance(member, str) else ""
        if _plain(name) in MAIN_FLAGS and text in ("true", "1", "yes"):
            return True
        if _plain(name) in ("type", "kind", "role", "label", "usage") and any(
            kind in text for kind in MAIN_KINDS
        ):
            return True
    return False


def _text(value: object) -> str:
    """The text of a part: its own, that of an object's name or code, or the lines of a list."""
    if isinstance(value, str):
        return " ".join(str(value).split())
    if isinstance(value, Pairs):
        named = {_plain(name): _text(each) for name, each in value if isinstance(each, str)}
        keys = ("name", "shortname", "label", "code", "value", "iso2")
        return next((named[key] for key in keys if named.get(key)), "")
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return " ".join(text for each in value if (text := _text(each)))
    return ""


def _plain(key: str) -> str:
    """A key in lower case, without accents and signs."""
    return re.sub(r"[\W_]+", "", _folded(key.lower()))


def _folded(key: str) -> str:
    """A key without accents."""
    bare = "".join(
        char for char in unicodedata.normalize("NFKD", key) if not unicodedata.combining(char)
    )
    return unicodedata.normalize("NFKC", bare)
