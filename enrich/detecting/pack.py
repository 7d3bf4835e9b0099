"""Read our own rules: YAML files whose format `docs/technologies.md` describes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from enrich.detecting.entries import EntryError, read_entry
from enrich.detecting.rules import CHANNELS, NAMED, Problem, Recognised, Rule, RuleSet
from leads.dns_records import QUESTIONS
from leads.lexicon.technologies import catalog

FOLDER = Path(__file__).parent.parent / "data" / "technologies"
_LOADER: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TIES = frozenset({"source", "requires", "requires_category", "excludes", "suggests"})
_DNS = [one.name for one in QUESTIONS]
_DNS_SAID = f"{', '.join(_DNS[:-1])} or {_DNS[-1]}"


@dataclass(frozen=True, slots=True)
class Sample:
    """A rule with values that it must match and near misses that it must not."""

    rule: Rule
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one or more files, with their samples."""

    ruleset: RuleSet
    samples: tuple[Sample, ...]


def read_pack(files: Iterable[Path], slugs: Mapping[str, str]) -> Pack:
    """Read files; what is wrong becomes a problem of the rule set. `slugs` give names by slug."""
    reader = _Reader(slugs)
    for file in files:
        reader.read(file)
    return reader.pack()


class _Reader:
    """Collects the rules of several files."""

    def __init__(self, slugs: Mapping[str, str]) -> None:
        self._slugs = slugs
        self._samples: list[Sample] = []
        self._known: dict[str, Recognised] = {}
        self._problems: list[Problem] = []
        self._file = Path()

    def read(self, file: Path) -> None:
        """Read one file."""
        self._file = file
        try:
            table = yaml.load(file.read_bytes(), Loader=_LOADER) or {}  # noqa: S506 - builds text only
        except yaml.YAMLError as error:
            self._unreadable(error)
            return
        if not isinstance(table, dict):
            self._wrong((), "is no map of technologies", "write `slug:` and its channels below")
            return
        for slug, row in table.items():
            self._technology(str(slug), row)

    def _unreadable(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        wrong = f"is no YAML ({getattr(error, 'problem', None) or 'unreadable'})"
        instead = "quote texts that hold : # { } or begin with * & [ '"
        self._problems.append(Problem(str(self._file), line, "file", wrong, instead))

    def _technology(self, slug: str, row: Any) -> None:
        if slug not in self._slugs:
            wrong, instead = (
                "is no slug of the catalog",
                "add it to leads/lexicon/data/technologies",
            )
            self._wrong((slug,), wrong, instead)
            return
        if not isinstance(row, dict):
            self._wrong((slug,), "is no map of channels", "write `scriptSrc: [host/path]`")
            return
        self._known[slug] = self._tied(slug, row)
        for channel, entries in row.items():
            if channel in CHANNELS:
                self._channel(slug, channel, entries)
            elif channel not in _TIES:
                instead = f"write one of {', '.join((*CHANNELS, *sorted(_TIES)))}"
                self._wrong((slug, channel), "is no channel", instead)

    def _tied(self, slug: str, row: Mapping[str, Any]) -> Recognised:
        before = self._known.get(slug, Recognised(slug, self._slugs[slug]))
        sources = (*before.sources, *_texts(row.get("source")))
        if not row.get("source"):
            self._wrong((slug,), "has no source", "write `source:` with the page that documents it")
        for field in ("requires", "excludes"):
            self._check_slugs(slug, field, _texts(row.get(field)))
        suggests = row.get("suggests") or {}
        if not isinstance(suggests, dict) or not all(map(_percent, suggests.values())):
            self._wrong((slug, "suggests"), "is no map of slug to percent", "write {slug: 95}")
            suggests = {}
        self._check_slugs(slug, "suggests", suggests)
        return Recognised(
            slug=slug,
            name=before.name,
            requires=before.requires | frozenset(_texts(row.get("requires"))),
            requires_category=before.requires_category
            | frozenset(_texts(row.get("requires_category"))),
            excludes=before.excludes | frozenset(_texts(row.get("excludes"))),
            suggests={**before.suggests, **{one: int(share) for one, share in suggests.items()}},
            sources=tuple(dict.fromkeys(sources)),
        )

    def _check_slugs(self, slug: str, field: str, named: Iterable[str]) -> None:
        for one in named:
            if one not in self._slugs:
                self._wrong((slug, field), f"{one} is no slug of the catalog", "write a slug")

    def _channel(self, slug: str, channel: str, entries: Any) -> None:
        if channel not in NAMED or channel == "cookies":
            for number, written in enumerate(_listed(entries)):
                self._entry(slug, channel, "", written, (slug, channel, number))
            return
        if not isinstance(entries, dict):
            self._wrong((slug, channel), "is no map of names", "write {name: entry}")
            return
        for name, some in entries.items():
            if name != name.lower() or (channel == "dns" and name not in _DNS):
                right = _DNS_SAID if channel == "dns" else "the name in lower case"
                self._wrong((slug, channel, name), "is no name here", f"write {right}")
                continue
            for number, written in enumerate(_listed(some)):
                self._entry(slug, channel, name, written, (slug, channel, name, number))

    def _entry(
        self, slug: str, channel: str, name: str, written: Any, path: tuple[str | int, ...]
    ) -> None:
        try:
            rule, yes, no = read_entry(slug, channel, name, written)
        except EntryError as error:
            self._wrong(path, str(error), error.instead)
            return
        self._samples.append(Sample(rule, yes, no))

    def _wrong(self, path: tuple[str | int, ...], wrong: str, instead: str) -> None:
        field = ".".join(str(step) for step in path if isinstance(step, str)) or "file"
        line = _line(self._file, path)
        self._problems.append(Problem(str(self._file), line, field, wrong, instead))

    def pack(self) -> Pack:
        """Return what was read."""
        rules = tuple(sample.rule for sample in self._samples)
        return Pack(RuleSet(rules, self._known, tuple(self._problems)), tuple(self._samples))


def _percent(text: Any) -> bool:
    return isinstance(text, str) and text.isdigit() and 1 <= int(text) <= 100


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in _listed(value) if one)


def _listed(value: Any) -> Sequence[Any]:
    if isinstance(value, list):
        return value
    return () if value is None else (value,)


@cache
def _composed(file: Path) -> Any:
    return yaml.compose(file.read_bytes(), Loader=_LOADER)


def _line(file: Path, path: tuple[str | int, ...]) -> int:
    """Return the line of a field, as far down as it can be followed."""
    node, line = _composed(file), 1
    for step in path:
        for at, below in _below(node):
            if at == step:
                node, line = below, below.start_mark.line + 1
                break
    return line


def _below(node: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.value, value
    elif isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)


def own_pack() -> Pack:
    """Return the rules of the product with their samples."""
    slugs = {slug: one.name for slug, one in catalog().items()}
    return read_pack(sorted(FOLDER.glob("*.yaml")), slugs)
