"""A fact's value as JSON and back."""

from __future__ import annotations

import json
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from typing import Any

from leads.attributes import Kind, attribute
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse, Value


def to_json(value: Value) -> Any:
    """The value as a JSON document: text as a string, everything else as an object."""
    match value:
        case str():
            return value
        case Range(low, high):
            return {"low": low, "high": high}
        case MoneyRange(amount, currency):
            return {"low": amount.low, "high": amount.high, "currency": currency}
        case IndustryCode(scheme, code):
            return {"scheme": scheme, "code": code}
        case TechnologyUse(slug, uses):
            return {"slug": slug, "uses": uses}


def json_text(value: Value) -> str:
    """The value as the text of its JSON document, for millions of values."""
    return encode_basestring_ascii(value) if isinstance(value, str) else _text(value)


@lru_cache(maxsize=1 << 12)
def _text(value: Value) -> str:
    return json.dumps(to_json(value))


def from_json(name: str, document: Any) -> Value:
    """The value of that attribute; KeyError or ValueError when the document is not one."""
    match attribute(name).kind:
        case Kind.TEXT:
            return str(document)
        case Kind.RANGE:
            return Range(document["low"], document["high"])
        case Kind.MONEY:
            return MoneyRange(Range(document["low"], document["high"]), document["currency"])
        case Kind.INDUSTRY:
            return IndustryCode(document["scheme"], document["code"])
        case Kind.TECHNOLOGY:
            return TechnologyUse(document["slug"], document["uses"])
