"""A fact's value as JSON and back."""

from __future__ import annotations

import json
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
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    # Written by hand: `json.dumps` takes ten times as long for a small object.
    if isinstance(value, Range):
        return f"{{{_bounds(value)}}}"
    if isinstance(value, MoneyRange):
        currency = encode_basestring_ascii(value.currency)
        return f'{{{_bounds(value.amount)}, "currency": {currency}}}'
    if isinstance(value, IndustryCode):
        scheme, code = map(encode_basestring_ascii, (value.scheme, value.code))
        return f'{{"scheme": {scheme}, "code": {code}}}'
    return json.dumps(to_json(value))


def _bounds(value: Range) -> str:
    low, high = value.low, value.high
    return f'"low": {"null" if low is None else low}, "high": {"null" if high is None else high}'


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
