"""Reference data of the product: files of `leads/lexicon/data/`, each loaded once on demand."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any


def text(name: str) -> str:
    """Read the file `leads/lexicon/data/NAME`."""
    return (Path(__file__).parent / "data" / name).read_text(encoding="utf-8")


@cache
def document(name: str) -> Any:
    """Load the YAML file `leads/lexicon/data/NAME` with every scalar as text (`NO` is Norway)."""
    return read_yaml(text(name))


@cache
def documents(folder: str) -> tuple[Any, ...]:
    """Load the YAML files of the folder `leads/lexicon/data/FOLDER`, in the order of their names."""
    files = sorted((Path(__file__).parent / "data" / folder).glob("*.yaml"))
    return tuple(read_yaml(file.read_bytes()) for file in files)


def read_yaml(source: str | bytes) -> Any:
    """Read YAML with every scalar as text."""
    # Imported late: reading YAML is slow to load, and few commands need a table.
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(source, Loader=loader)  # noqa: S506 - the base loader builds text, lists and maps only


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Read the rows of the tab-separated file `leads/lexicon/data/NAME`, without `#` lines."""
    lines = text(name).splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


def content_hash(*folders: Path) -> str:
    """Hash file names and contents of folders to 16 characters."""
    found = hashlib.sha256()
    for folder in folders:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            data = file.read_bytes()
            found.update(
                f"{folder.name}/{file.relative_to(folder).as_posix()}\0{len(data)}\0".encode()
            )
            found.update(data)
    return found.hexdigest()[:16]
