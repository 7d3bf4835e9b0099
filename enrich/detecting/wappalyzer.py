"""Read rules that a user brings in the Wappalyzer JSON schema: one file, or a folder of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from enrich.detecting import literals
from enrich.detecting.expressions import PatternError, checked
from enrich.detecting.json_files import FORMAT, lines_of, read_json
from enrich.detecting.rules import NAMED, Problem, Recognised, Rule, RuleSet
from enrich.detecting.selectors import compounds, split
from enrich.detecting.tree import is_readable
from leads.errors import UsageError

#: Fields of evidence that we read, which have the names of our channels; `dom` is read apart.
_CHANNELS = frozenset({"scriptSrc", "scripts", "html", "css", "text", "url", *NAMED})
#: Fields of ties and of what the technology is. All others are counted and reported.
_PLAIN = frozenset({"cats", "implies", "requires", "requiresCategory", "excludes"})
_ABOUT = frozenset({"website", "description", "icon", "cpe", "saas", "oss", "pricing"})
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_NOT_A_RULE = frozenset({"categories", "groups"})
_TOO_SHORT = "it would match page text by chance and is skipped"


def read_rules(
    path: Path, slugs: Callable[[str], str | None], categories: Mapping[str, str]
) -> RuleSet:
    """Read a file or a folder; UsageError names a file that is not in the schema.

    `slugs` gives the catalog's slug of a name; `categories` maps a category's number or lower-case
    name to one of the catalog.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise UsageError(f"{path} has no .json file", FORMAT)
    reader = _Reader(slugs, categories)
    for file in files:
        reader.read(file)
    return reader.ruleset()


class _Reader:
    """Collects the rules of several files."""

    def __init__(self, slugs: Callable[[str], str | None], categories: Mapping[str, str]) -> None:
        self._slugs, self._categories = slugs, dict(categories)
        self._rules: list[Rule] = []
        self._rows: dict[str, tuple[str, Mapping[str, Any]]] = {}
        self._problems: list[Problem] = []
        self._unread: Counter[str] = Counter()
        self._file = ""
        self._lines: dict[str, int] = {}

    def read(self, file: Path) -> None:
        """Read one file."""
        self._file = file.name
        text, document = read_json(file)
        self._lines = lines_of(text, document)
        self._category_names(document.get("categories"))
        technologies = document.get("technologies", document.get("apps", document))
        if _is_categories(technologies):
            return self._category_names(technologies)
        for name, row in technologies.items():
            if name in _NOT_A_RULE or name == "$schema":
                continue
            if not isinstance(row, dict):
                self._wrong(name, name, "is no object", 'write {"scriptSrc": …}')
                continue
            self._technology(str(name), row)
        return None

    def _category_names(self, rows: Any) -> None:
        """Map category numbers by the names that a file gives them."""
        if not isinstance(rows, dict):
            return
        for number, row in rows.items():
            name = row.get("name") if isinstance(row, dict) else row
            known = self._categories.get(str(name).lower())
            if known:
                self._categories[str(number)] = known

    def _technology(self, name: str, row: Mapping[str, Any]) -> None:
        slug = self.slug(name)
        self._rows[slug] = (name, row)
        for field, value in row.items():
            if field in _CHANNELS:
                self._rules += self._channel(slug, name, field, value)
            elif field == "dom":
                self._rules += self._dom(slug, name, value)
            elif field not in _PLAIN and field not in _ABOUT:
                self._unread[field] += 1

    def slug(self, name: str) -> str:
        """Return the catalog's slug of a name, or one made of it."""
        known = self._slugs(name)
        return known or _NOT_SLUG.sub("-", name.lower()).strip("-") or "unnamed"

    def _channel(self, slug: str, name: str, field: str, value: Any) -> Iterator[Rule]:
        if field not in NAMED:
            for pattern in _listed(value):
                yield from self._rule(slug, name, field, "", pattern)
            return
        if not isinstance(value, dict):
            self._wrong(name, field, "is no object of names", 'write {"name": "pattern"}')
            return
        for key, patterns in value.items():
            for pattern in _listed(patterns):
                yield from self._rule(slug, name, field, str(key).lower(), pattern)

    def _rule(self, slug: str, name: str, field: str, key: str, written: Any) -> Iterator[Rule]:
        if not isinstance(written, str):
            self._wrong(name, field, f"{written!r} is no pattern", "write it as text")
            return
        pattern, confidence, version = _tagged(written)
        at = f"{field}.{key}" if key else field
        try:
            source = checked(pattern)
        except PatternError as error:
            self._wrong(
                name, at, f"{pattern[:80]!r} {error}", "write it in another way; it is skipped"
            )
            return
        if not source and not key:
            self._wrong(name, at, "is empty", "write a pattern; it is skipped")
            return
        if field == "text" and not literals.of_pattern(source):
            self._wrong(name, at, f"{pattern[:80]!r} has no 3 letters in a row", _TOO_SHORT)
            return
        yield Rule(
            slug=slug,
            channel=field,
            kind="re" if source else "present",
            text=source,
            name=key,
            confidence=confidence,
            version=version,
            mentions=field == "text",
            anywhere=True,
            where=self._at(name),
        )

    def _dom(self, slug: str, name: str, value: Any) -> Iterator[Rule]:
        for one in _listed(value):
            rows = {one: {"exists": ""}} if isinstance(one, str) else one
            if not isinstance(rows, dict):
                self._wrong(name, "dom", f"{one!r} is no selector", "write a CSS selector")
                continue
            for selector, asked in rows.items():
                yield from self._selector(slug, name, str(selector), asked)

    def _selector(self, slug: str, name: str, written: str, asked: Any) -> Iterator[Rule]:
        selector, confidence, version = _tagged(written)
        if not isinstance(asked, dict):
            self._wrong(name, "dom", f"{selector!r} has no object", 'write {"exists": ""}')
            return
        element = self._elements(name, selector, asked)
        if element is None:
            return
        for _, _, sure, stated in element:
            confidence, version = min(confidence, sure), stated or version
        yield Rule(
            slug=slug,
            channel="dom",
            kind="selector",
            text=selector,
            confidence=confidence,
            version=version,
            element=tuple((attribute, pattern) for attribute, pattern, _, _ in element),
            where=self._at(name),
        )

    def _elements(
        self, name: str, selector: str, asked: Mapping[str, Any]
    ) -> tuple[tuple[str, str, int, str], ...] | None:
        """Read what an element must be beyond its selector; None if the rule cannot be used."""
        self._unread.update(f"dom.{one}" for one in asked.keys() - _DOM)
        parts = split(selector)
        if not all(map(str.strip, parts)) or not (compounds(selector) or is_readable(selector)):
            self._wrong(name, "dom", f"{selector!r} is no selector", "write a CSS selector")
            return None
        wanted = [*(asked.get("attributes") or {}).items()]
        wanted += [("text", asked["text"])] if "text" in asked else []
        if not wanted and "exists" not in asked:
            return None
        try:
            return tuple(_asked(attribute, pattern) for attribute, pattern in wanted)
        except PatternError as error:
            self._wrong(name, "dom", f"{selector!r}: {error}", "it is skipped")
            return None

    def ruleset(self) -> RuleSet:
        """Return what was read."""
        known = {slug: self._recognised(slug, *row) for slug, row in self._rows.items()}
        return RuleSet(tuple(self._rules), known, tuple(self._problems), dict(self._unread))

    def _recognised(self, slug: str, name: str, row: Mapping[str, Any]) -> Recognised:
        suggests = {}
        for one in _listed(row.get("implies", ())):
            other, sure, _ = _tagged(str(one))
            suggests[self.slug(other)] = sure
        return Recognised(
            slug=slug,
            name=name,
            categories=self._of_categories(row.get("cats", ())),
            requires=self._slugs_of(row.get("requires", ())),
            requires_category=self._of_categories(row.get("requiresCategory", ())),
            excludes=self._slugs_of(row.get("excludes", ())),
            suggests=suggests,
            adds=True,
        )

    def _of_categories(self, numbers: Any) -> frozenset[str]:
        """Return categories by their number in the schema, and the catalog's where there is one."""
        found = {f"number-{number}" for number in _listed(numbers)}
        found |= {self._categories.get(str(number), "") for number in _listed(numbers)}
        return frozenset(found - {""})

    def _slugs_of(self, names: Any) -> frozenset[str]:
        return frozenset(self.slug(_tagged(str(name))[0]) for name in _listed(names))

    def _at(self, name: str) -> str:
        line = self._lines.get(name)
        return f"{self._file}:{line}" if line else self._file

    def _wrong(self, name: str, field: str, wrong: str, instead: str) -> None:
        line = self._lines.get(name, 0)
        self._problems.append(Problem(self._file, line, f"{name}.{field}", wrong, instead))


_DOM = frozenset({"exists", "text", "attributes"})


def _is_categories(rows: Mapping[str, Any]) -> bool:
    """Check whether a file of the folder holds categories by number."""
    return bool(rows) and all(
        str(key).isdigit() and isinstance(row, dict) and "name" in row for key, row in rows.items()
    )


def _asked(attribute: Any, written: Any) -> tuple[str, str, int, str]:
    """Read what an attribute must be: its name, pattern, confidence and version; PatternError."""
    pattern, confidence, version = _tagged(str(written))
    return str(attribute).lower(), checked(pattern), confidence, version


def _listed(value: Any) -> Iterable[Any]:
    if isinstance(value, list | tuple):
        return value
    return () if value is None else (value,)


def _tagged(written: str) -> tuple[str, int, str]:
    """Split a pattern from its confidence and version."""
    pattern, *tags = written.split("\\;")
    confidence, version = 100, ""
    for tag in tags:
        key, _, value = tag.partition(":")
        if key == "confidence" and value.isdigit():
            confidence = min(100, int(value))
        elif key == "version":
            version = value
    return pattern, confidence, version
