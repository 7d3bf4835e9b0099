"""Read the attributes of a tag: all, or one faster where they are written with care."""

from __future__ import annotations

import re
from html import unescape

#: White space is ASCII, as in browsers.
_ATTRIBUTE = re.compile(
    r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?", re.ASCII
)


def attributes_of(raw: str) -> dict[str, str]:
    """Return attributes by lower-case name with entities resolved; the first wins, as in
    browsers.
    """
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(raw) if raw else ():
        value = double or single or bare
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found


def _plain(name: str) -> re.Pattern[str]:
    """Match the first attribute of that name among attributes that are written with care."""
    # One group matches.
    other = rf"\s++(?!{name}=)[a-z][a-z0-9_:-]*+=(?:\"[^\"]*+\"|'[^']*+')"
    return re.compile(rf"\A(?:{other})*+\s++{name}=(?:\"([^\"]*+)\"|'([^']*+)')", re.ASCII)


def first_of(pattern: re.Pattern[str], raw: str, name: str) -> str:
    """Return the value of one attribute, "" if it is missing."""
    plain = pattern.match(raw)
    if plain is None:
        return attributes_of(raw).get(name, "")
    value: str = plain[plain.lastindex or 0]
    return unescape(value) if "&" in value else value


HREF, SRC, TYPE = map(_plain, ("href", "src", "type"))
