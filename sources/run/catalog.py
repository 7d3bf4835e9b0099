"""Every source that there is: registers, and the providers that files describe."""

from __future__ import annotations

from pathlib import Path

from sources.registers.catalog import registers
from sources.run.provider_files import stored_providers
from sources.source import Card, Source


def every_source(home: Path) -> tuple[Source, ...]:
    """Registers, then providers by name; UsageError if a provider's file cannot be used."""
    found = stored_providers(home)
    for broken in found.broken.values():
        raise broken.error
    described = [found.described[name].provider for name in sorted(found.described)]
    return (*registers(), *described)


def known_cards(home: Path) -> dict[str, Card]:
    """The cards of all sources by name, without providers whose files cannot be used."""
    described = stored_providers(home).described.values()
    every = (*registers(), *(one.provider for one in described))
    return {one.card.name: one.card for one in every}
