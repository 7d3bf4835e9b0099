"""Read JSON files that a user brings, and find the line of a name in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from leads.errors import UsageError

#: What to do about a file that cannot be used.
FORMAT = "name a file, or a folder of files, in the Wappalyzer schema"
_LARGEST = 50_000_000


def read_json(file: Path) -> tuple[str, dict[str, Any]]:
    """Return the text and the object of a file; UsageError names what is wrong."""
    try:
        if file.stat().st_size > _LARGEST:
            raise UsageError(f"{file} is larger than {_LARGEST // 1_000_000} megabytes", FORMAT)
        text = file.read_text(encoding="utf-8-sig")
        document = json.loads(text)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", "check its name") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file} is no JSON: {error}", FORMAT) from None
    if not isinstance(document, dict):
        raise UsageError(f"{file} is no JSON object of technologies", FORMAT)
    return text, document


def lines_of(text: str, document: Mapping[str, Any]) -> dict[str, int]:
    """Return the line of each technology's name, found in the order of the file."""
    rows = document.get("technologies", document.get("apps", document))
    found: dict[str, int] = {}
    at, line = 0, 1
    for name in rows if isinstance(rows, dict) else ():
        wanted = json.dumps(name, ensure_ascii=False)
        place = text.find(f"{wanted}:", at)
        if place < 0:
            continue
        line += text.count("\n", at, place)
        found[name], at = line, place
    return found
