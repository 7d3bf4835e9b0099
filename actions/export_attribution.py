"""The attribution of the sources whose values an export holds."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from actions.session import Session
from leads.sheets.part_files import PartFiles
from sources.attribution import Attribution, Credit, attribution_text, attributions
from sources.run.catalog import known_cards

_ENDING = ".attribution.txt"


def attributions_of(session: Session, licensed: Collection[tuple[str, str]]) -> list[Attribution]:
    """The attribution of sources, each given with the licence of its values."""
    if not licensed:
        return []
    return attributions([Credit(*one) for one in licensed], known_cards(session.settings.home))


def attribute(
    session: Session, licensed: Collection[tuple[str, str]], path: str, files: PartFiles
) -> str | None:
    """Write the attribution beside the exported files.

    Returns the name of its file; None if no value needs one.
    """
    some = attributions_of(session, licensed)
    if not some:
        files.none_beside(_ENDING)
        return None
    return files.beside(_ENDING, attribution_text(Path(path).name, some))
