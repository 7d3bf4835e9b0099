"""The grammar of profiles as a JSON Schema, for editors that complete and check while one writes."""

from __future__ import annotations

from typing import Any

from leads.attributes import CUSTOM
from leads.company_kind import CompanyIs
from leads.facts import Scope
from qualify.profile.bounds import KEYS as BOUNDS
from qualify.profile.country_groups import country_groups
from qualify.profile.criteria import IfUnknown, Joined, Section
from qualify.profile.grammar import FIELDS
from qualify.profile.terms import LISTS, TEXT_LISTS

_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_NUMBER: dict[str, Any] = {"type": ["integer", "number", "string"]}
_MONEY, _COUNTS = ("turnover",), ("employees", "founded", "sites", "openings")
_WORDS = ("industry", "country", "status", "uses", "legal_form", "language", "asks_for")


def schema() -> dict[str, Any]:
    """The schema; an editor that follows it still leaves the words themselves to `sluice icp
    check`.
    """
    sections = {
        section.value: {"type": ["array", "null"], "items": {"$ref": f"#/$defs/{_kind(section)}"}}
        for section in Section
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Ideal customer profile of Sluice",
        "type": "object",
        "required": ["icp", "version"],
        "additionalProperties": False,
        "properties": {
            "icp": {"type": "string", "description": "The profile's name."},
            "version": {
                "type": ["integer", "string"],
                "description": "Raise it with every change.",
            },
            "company_is": {"enum": [one.value for one in CompanyIs]},
            **sections,
            "grades": {
                "type": "object",
                "additionalProperties": _NUMBER,
                "description": "Least score of each grade, best first.",
            },
        },
        "$defs": {
            "criterion": _criterion(scored=False),
            "scored": _criterion(scored=True),
            "terms": _terms(LISTS),
            "texts": _terms(TEXT_LISTS),
        },
    }


def _kind(section: Section) -> str:
    return "scored" if section is Section.SCORE else "criterion"


def _criterion(*, scored: bool) -> dict[str, Any]:
    questions = {**{name: _field(name) for name in FIELDS}, **_groups()}
    options: dict[str, Any] = {
        "id": {"type": "string"},
        "if_unknown": {"enum": [one.value for one in IfUnknown]},
        "max_age": _TEXT,
        "min_confidence": _TEXT,
        "scope": {"enum": [one.value for one in Scope]},
    }
    points = {"points": {"type": ["integer", "string"]}} if scored else {}
    one_question = [{"required": [name]} for name in questions]
    return {
        "type": "object",
        "properties": {**questions, **options, **points},
        "patternProperties": {f"^{CUSTOM}.+": {"$ref": "#/$defs/texts"}},
        "additionalProperties": False,
        "required": ["points"] if scored else [],
        "oneOf": [*one_question, {"not": {"anyOf": one_question}, "minProperties": 1 + scored}],
    }


def _groups() -> dict[str, Any]:
    member = {"$ref": "#/$defs/criterion"}
    listed = {"type": "array", "items": member, "minItems": 1}
    return {
        Joined.ANY.value: listed,
        Joined.ALL.value: listed,
        Joined.NOT.value: member,
        Joined.AT_LEAST.value: {
            "type": "object",
            "properties": {"n": {"type": ["integer", "string"]}, "of": listed},
            "required": ["n", "of"],
            "additionalProperties": False,
        },
    }


def _field(name: str) -> dict[str, Any]:
    if name in _COUNTS or name in _MONEY:
        sides: dict[str, Any] = {key: _NUMBER for key in BOUNDS if key != "between"}
        sides["between"] = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
        money = {"currency": {"type": "string"}} if name in _MONEY else {}
        required = ["currency"] if name in _MONEY else []
        return {
            "type": "object",
            "properties": {**sides, **money},
            "required": required,
            "additionalProperties": False,
            "minProperties": 1,
        }
    if name == "coordinates":
        of = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
        return {
            "type": "object",
            "properties": {"within_km": _NUMBER, "of": of},
            "required": ["within_km", "of"],
            "additionalProperties": False,
        }
    if name == "hiring":
        titles = {"oneOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
        parts = {
            "type": "object",
            "properties": {"title": titles, "within_days": _NUMBER},
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"oneOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}, parts]}
    found: dict[str, Any] = {
        "$ref": "#/$defs/terms" if name in (*_WORDS, "does_not_use") else "#/$defs/texts"
    }
    return (
        {**found, "description": f"Names, codes, or groups: {', '.join(country_groups())}"}
        if name == "country"
        else found
    )


def _terms(lists: tuple[str, ...]) -> dict[str, Any]:
    words = {"type": "array", "items": _TEXT, "minItems": 1}
    either = {"oneOf": [_TEXT, words]}
    parts = {
        "type": "object",
        "properties": dict.fromkeys(lists, either),
        "additionalProperties": False,
        "minProperties": 1,
    }
    return {"oneOf": [_TEXT, words, parts]}
