"""Our own rules, read once on demand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from enrich.detecting.pack import Pack, read_pack
from leads.lexicon.technologies import catalog

FOLDER = Path(__file__).parent.parent / "data" / "technologies"


@cache
def own_pack() -> Pack:
    """Return the rules of the product with their samples."""
    slugs = {slug: one.name for slug, one in catalog().items()}
    return read_pack(sorted(FOLDER.glob("*.yaml")), slugs)
