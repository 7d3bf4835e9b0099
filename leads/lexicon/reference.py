"""Reference data that ships with the product: the files of `leads/lexicon/data/`, each read once
and only when asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def text(name: str) -> str:
    """The file `leads/lexicon/data/NAME`."""
    # Imported late, as YAML is: a module of this package is to cost next to nothing until it is
    # used.
    from pathlib import Path

    return (Path(__file__).parent / "data" / name).read_text(encoding="utf-8")


@cache
def document(name: str) -> Any:
    """The YAML file `leads/lexicon/data/NAME`, every scalar as text (so `NO` is Norway and `01`
    keeps its nought).
    """
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(text(name), Loader=loader)  # noqa: S506 - the base loader builds text, lists and maps only


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the tab-separated file `leads/lexicon/data/NAME`; lines that start with `#` are
    its notice.
    """
    lines = text(name).splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


def content_hash(*folders: Path) -> str:
    """What these folders' files hold, in 16 characters: another name or another byte makes another
    hash.
    """
    import hashlib

    found = hashlib.sha256()
    for folder in folders:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            data = file.read_bytes()
            found.update(
                f"{folder.name}/{file.relative_to(folder).as_posix()}\0{len(data)}\0".encode()
            )
            found.update(data)
    return found.hexdigest()[:16]
