"""The ready providers and those of the user, whose files take the place of ready ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from leads.errors import NotFoundError, UsageError
from leads.yaml_mistakes import did_you_mean
from sources.providers.checks import read
from sources.providers.file import ProviderFile
from sources.providers.provider import Provider

_FOLDER = Path(__file__).parent / "data"
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A provider, and the file that describes it."""

    file: ProviderFile
    text: str
    #: The path of the user's file; empty: it comes with the product.
    path: str = ""

    @property
    def provider(self) -> Provider:
        """What asks it."""
        return Provider(self.file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A file of the user's that cannot be used; a ready one of its name is not used instead."""

    name: str
    path: str
    error: UsageError


@dataclass(frozen=True, slots=True)
class Providers:
    """Every provider that there is a file for, by name."""

    described: Mapping[str, Described]
    broken: Mapping[str, Broken]

    def find(self, name: str) -> Described:
        """Find a provider; NotFoundError, or UsageError if its file is broken."""
        if name in self.broken:
            raise self.broken[name].error
        if name in self.described:
            return self.described[name]
        near = did_you_mean(name, self.described).removeprefix(", ")
        raise NotFoundError(
            f"there is no provider {name[:_SHOWN]!r}",
            f"{near}? see `sluice providers list`" if near else "see `sluice providers list`",
        )


def providers(own: Mapping[str, str | UsageError]) -> Providers:
    """Join the ready providers with the user's files, each called NAME.yaml.

    `own` maps a path to the text there, or to why it cannot be read.
    """
    described = dict(_ready())
    broken: dict[str, Broken] = {}
    for path, text in sorted(own.items()):
        name = Path(path).stem
        described.pop(name, None)
        try:
            described[name] = _own(name, path, text)
        except UsageError as error:
            broken[name] = Broken(name=name, path=path, error=error)
    return Providers(dict(sorted(described.items())), broken)


def _own(name: str, path: str, text: str | UsageError) -> Described:
    if isinstance(text, UsageError):
        raise text
    file = read(text, path)
    if file.provider != name:
        raise UsageError(
            f"{path} describes the provider {file.provider}", f"call it {file.provider}.yaml"
        )
    return Described(file=file, text=text, path=path)


@cache
def _ready() -> Mapping[str, Described]:
    """Read the files that come with the product."""
    found = {}
    for path in sorted(_FOLDER.glob("*.yaml")):
        text = path.read_text("utf-8")
        found[path.stem] = Described(file=read(text, path.name), text=text)
    return found
