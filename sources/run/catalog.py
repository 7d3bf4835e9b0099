"""Every source that there is: registers, and the providers that files describe."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sources.registers.catalog import registers
from sources.run.provider_files import stored_providers
from sources.source import Card, Source


def every_source(home: Path) -> tuple[tuple[Source, ...], Mapping[str, str]]:
    """Registers, then providers by name; and why the file of a provider cannot be used."""
    found = stored_providers(home)
    described = [found.described[name].provider for name in sorted(found.described)]
    broken = {f"provider:{name}": one.error.message for name, one in found.broken.items()}
    return (*registers(), *described), broken


def known_cards(home: Path) -> dict[str, Card]:
    """The cards of all sources by name, without providers whose files cannot be used."""
    described = stored_providers(home).described.values()
    every = (*registers(), *(one.provider for one in described))
    return {one.card.name: one.card for one in every}
