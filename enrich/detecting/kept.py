"""What was read from rule files, kept as JSON so that the next process need not read them again."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from enrich.detecting.cache_folder import folder, write
from enrich.detecting.detector import Detector
from enrich.detecting.rules import Problem, Recognised, Rule, RuleSet
from enrich.file_hash import add_files

_ENRICH = Path(__file__).parent.parent
_LEXICON = _ENRICH.parent / "leads" / "lexicon"


def kept(brought: Path | None, build: Callable[[Path | None], Detector]) -> Detector:
    """Return what `build` reads, from the cache folder while no file has changed."""
    file = folder() / f"{_version(brought)}.json"
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return _from_json(json.loads(file.read_bytes()))
    built = build(brought)
    # A folder that cannot be written costs time only.
    with contextlib.suppress(OSError):
        write(file, json.dumps(_to_json(built), separators=(",", ":")).encode())
    return built


def _version(brought: Path | None) -> str:
    found = sha256(_own_version().encode())
    add_files(found, brought_files(brought))
    return found.hexdigest()[:24]


@cache
def _own_version() -> str:
    found = sha256()
    add_files(found, sorted(Path(__file__).parent.glob("*.py")))
    add_files(found, sorted((_ENRICH / "data" / "technologies").glob("*.yaml")))
    add_files(found, [_ENRICH / "data" / "technology_categories.yaml"])
    add_files(found, [_LEXICON / "technologies.py", _LEXICON / "data" / "technologies.yaml"])
    add_files(found, sorted((_LEXICON / "data" / "technologies").glob("*.yaml")))
    return found.hexdigest()


def brought_files(brought: Path | None) -> list[Path]:
    """Return the files of rules that a user brings."""
    if brought is None:
        return []
    return sorted(brought.glob("*.json")) if brought.is_dir() else [brought]


def _to_json(built: Detector) -> dict[str, Any]:
    rules = built.ruleset
    return {
        "rules": [[getattr(one, field.name) for field in fields(Rule)] for one in rules.rules],
        "clauses": [[sorted(one) for one in clauses] for clauses in built.clauses],
        "technologies": [_row(one) for one in rules.technologies.values()],
        "problems": [
            [getattr(one, field.name) for field in fields(Problem)] for one in rules.problems
        ],
        "unread": dict(rules.unread),
        "names": dict(built.names),
        "categories": {slug: sorted(some) for slug, some in built.categories.items()},
        "implied": {slug: dict(some) for slug, some in built.implied.items()},
    }


def _row(one: Recognised) -> list[Any]:
    values = (getattr(one, field.name) for field in fields(Recognised))
    return [sorted(value) if isinstance(value, frozenset) else value for value in values]


def _from_json(kept_: dict[str, Any]) -> Detector:
    rules = tuple(_rule(row) for row in kept_["rules"])
    technologies = [_recognised(row) for row in kept_["technologies"]]
    return Detector(
        RuleSet(
            rules,
            {one.slug: one for one in technologies},
            tuple(Problem(*row) for row in kept_["problems"]),
            kept_["unread"],
        ),
        [tuple(map(frozenset, clauses)) for clauses in kept_["clauses"]],
        kept_["names"],
        {slug: frozenset(some) for slug, some in kept_["categories"].items()},
        kept_["implied"],
    )


_ELEMENT = [field.name for field in fields(Rule)].index("element")


def _rule(row: list[Any]) -> Rule:
    row[_ELEMENT] = tuple((name, pattern) for name, pattern in row[_ELEMENT])
    return Rule(*row)


def _recognised(row: list[Any]) -> Recognised:
    slug, name, categories, requires, by_category, excludes, suggests, adds, sources = row
    return Recognised(
        slug,
        name,
        frozenset(categories),
        frozenset(requires),
        frozenset(by_category),
        frozenset(excludes),
        suggests,
        adds,
        tuple(sources),
    )
