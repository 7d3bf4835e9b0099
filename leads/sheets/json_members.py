"""Turn the members of a JSON object into cells: addresses by part, amounts and names as text."""

from __future__ import annotations

from collections.abc import Iterator

from leads.sheets.json_addresses import address_columns, open_street_map
from leads.sheets.json_values import Pairs

#: Keys under which an object holds the one value it is for.
_VALUES = (
    "value",
    "@value",
    "#text",
    "$oid",
    "$numberInt",
    "$numberLong",
    "$numberDouble",
    "$date",
)
_LOWS = ("min", "minvalue", "from", "start", "low", "von", "gte")
_HIGHS = ("max", "maxvalue", "to", "end", "high", "bis", "lte")
_AMOUNTS = ("amount", "value")
_UNITS = ("currency", "currencycode", "currency_code", "unit", "unittext", "unitcode")
_NAMES = ("name", "label", "title")
#: What may stand beside a name without saying more.
_BESIDE_NAMES = (
    "id",
    "@id",
    "@type",
    "type",
    "code",
    "slug",
    "key",
    "uuid",
    "url",
    "uri",
    "href",
    "self",
    "links",
    "_links",
    "iso",
    "iso2",
    "iso3",
)


def flat_members(row: Pairs) -> Iterator[tuple[str, object]]:
    """Yield the members as columns: an address as several, other objects as one text where they hold
    one value, else unchanged.
    """
    for key, member in open_street_map(row):
        columns = address_columns(key, member) if isinstance(member, list) else None
        if columns:
            yield from columns
        elif columns is None:
            yield from _point(key, member) or [(key, _simple(member))]


def _point(key: str, value: object) -> list[tuple[str, object]]:
    """The latitude and longitude of a GeoJSON point."""
    found = dict(value) if isinstance(value, Pairs) else {}
    degrees = found.get("coordinates")
    if found.get("type") != "Point" or not isinstance(degrees, list) or len(degrees) < 2:
        return []
    return [(f"{key}.latitude", degrees[1]), (f"{key}.longitude", degrees[0])]


def _simple(value: object) -> object:
    """The text of an object that holds one value, a range or a name; else the value itself."""
    if isinstance(value, Pairs):
        return _text(value) or value
    if isinstance(value, list) and value and all(isinstance(each, Pairs) for each in value):
        names = [_name(each) for each in value if isinstance(each, Pairs)]
        return names if all(names) else value
    return value


def _text(value: Pairs) -> str:
    texts = {key.lower(): str(each) for key, each in value if isinstance(each, str)}
    if len(texts) < len(value):
        return _name(value)
    unit = next((texts[key] for key in _UNITS if texts.get(key)), "")
    low, high = _first(texts, _LOWS), _first(texts, _HIGHS)
    if low and high:
        return f"{low}-{high} {unit}".strip()
    amount = _first(texts, _AMOUNTS)
    if amount and unit:
        return f"{amount} {unit}"
    return _first(texts, _VALUES) or _name(value)


def _name(value: Pairs) -> str:
    """The name in an object that holds little else."""
    texts = {key.lower(): str(each) for key, each in value if isinstance(each, str)}
    others = {key.lower() for key, _ in value} - {*_NAMES, *_BESIDE_NAMES}
    return "" if others else _first(texts, _NAMES)


def _first(texts: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((texts[key] for key in keys if texts.get(key)), "")
