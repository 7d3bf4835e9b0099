"""Entries as they are kept with a question, so that another client need not ask again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from leads.codec import from_json, to_json
from leads.facts import Scope
from sources.answers import Entry, SourceFact

_TEXTS = ("country", "number", "name", "city", "postcode", "street", "domain", "url")


def entries_json(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Entries as JSON documents."""
    return [
        {
            **{name: getattr(one, name) for name in _TEXTS},
            "other_names": list(one.other_names),
            "asked_by_key": one.asked_by_key,
            "facts": [_fact_json(fact) for fact in one.facts],
        }
        for one in entries
    ]


def entries_of(documents: Sequence[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """The entries of JSON documents that `entries_json` made."""
    return tuple(
        Entry(
            **{name: str(one[name]) for name in _TEXTS},
            other_names=tuple(one["other_names"]),
            asked_by_key=bool(one["asked_by_key"]),
            facts=tuple(_fact(fact) for fact in one["facts"]),
        )
        for one in documents
    )


def _fact_json(fact: SourceFact) -> dict[str, Any]:
    return {
        "attribute": fact.attribute,
        "value": to_json(fact.value),
        "quote": fact.quote,
        "as_of": fact.as_of and fact.as_of.isoformat(),
        "scope": fact.scope,
        "confidence": fact.confidence,
        "inferred": fact.inferred,
    }


def _fact(document: Mapping[str, Any]) -> SourceFact:
    return SourceFact(
        attribute=document["attribute"],
        value=from_json(document["attribute"], document["value"]),
        quote=document["quote"],
        as_of=date.fromisoformat(document["as_of"]) if document["as_of"] else None,
        scope=Scope(document["scope"]),
        confidence=document["confidence"],
        inferred=document["inferred"],
    )
