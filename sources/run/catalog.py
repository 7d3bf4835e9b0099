"""Every source that there is: registers, and the providers that files describe."""

from __future__ import annotations

from pathlib import Path

from sources.registers.catalog import registers
from sources.run.provider_files import stored_providers
from sources.source import Source


def every_source(home: Path) -> tuple[Source, ...]:
    """Registers, then providers by name; UsageError if a provider's file cannot be used."""
    found = stored_providers(home)
    for broken in found.broken.values():
        raise broken.error
    described = [found.described[name].provider for name in sorted(found.described)]
    return (*registers(), *described)
