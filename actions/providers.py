"""The paid providers of this installation, and the check of a file that describes one."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.yaml_files import yaml_text
from leads.settings import load_settings
from sources.providers import file as provider_file
from sources.providers.checks import read
from sources.providers.file import LARGEST, ProviderFile
from sources.providers.files import Described
from sources.run.provider_files import stored_providers
from sources.source import Card

__all__ = ["BrokenFile", "Listed", "ListedProvider", "ProviderFile"]


@dataclass(frozen=True, slots=True)
class ListedProvider:
    """A provider, where its file is, and whether its key is there."""

    file: ProviderFile
    card: Card
    text: str
    #: The path of the user's file; empty: it comes with the product.
    path: str
    #: None: it needs no key.
    has_key: bool | None


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file of the user's that cannot be used."""

    name: str
    path: str
    error: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Every provider by name, and the files that cannot be used."""

    providers: Sequence[ListedProvider]
    broken: Sequence[BrokenFile]


def list_providers() -> Listed:
    """List the ready providers and those of the home folder."""
    found = stored_providers(load_settings().home)
    broken = [BrokenFile(one.name, one.path, one.error.message) for one in found.broken.values()]
    return Listed([_listed(one) for one in found.described.values()], broken)


def show_provider(name: str) -> ListedProvider:
    """Find a provider; NotFoundError, or UsageError if its file cannot be used."""
    return _listed(stored_providers(load_settings().home).find(name))


def check_file(path: str) -> ListedProvider:
    """Read and check a file; UsageError with a line for each thing that is wrong."""
    text = yaml_text(path, "`sluice providers show apollo > FILE` makes one", LARGEST)
    return _listed(Described(file=read(text, path), text=text, path=path))


def file_schema() -> Mapping[str, Any]:
    """Make the JSON Schema of such files."""
    return provider_file.schema()


def _listed(one: Described) -> ListedProvider:
    variable = one.file.key
    # Only whether it is set: the key itself is shown nowhere.
    has_key = bool(os.environ.get(variable, "").strip()) if variable else None
    return ListedProvider(one.file, one.provider.card, one.text, one.path, has_key)
