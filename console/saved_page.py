"""A page saved in a file, with its headers, as the extractors take it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from enrich.page import Page, decode, page_kind
from leads.clock import now
from leads.errors import NotFoundError, UsageError

LARGEST = 20_000_000


def read_page(file: str, url: str, headers: str | None) -> Page:
    """The page in `file`; NotFoundError or UsageError naming the file that is wrong."""
    said = _headers(headers) if headers else {}
    return Page(
        url=url,
        html=decode(_bytes(file), said),
        headers=said,
        status=200,
        fetched_at=now(),
        kind=page_kind(url),
    )


def _headers(file: str) -> dict[str, str]:
    text = _bytes(file).decode("utf-8", "replace")
    try:
        document = json.loads(text) if text.lstrip().startswith("{") else dict(_pairs(text))
    except (json.JSONDecodeError, RecursionError) as error:
        raise UsageError(
            f"{file} is no JSON object of headers: {error}", 'such as {"server": "nginx"}'
        ) from None
    return {
        str(name).lower(): value if isinstance(value, str) else json.dumps(value)
        for name, value in document.items()
    }


def _pairs(text: str) -> list[tuple[str, str]]:
    lines = [line.partition(":") for line in text.splitlines() if ":" in line]
    return [(name.strip(), value.strip()) for name, _, value in lines]


def _bytes(file: str) -> bytes:
    try:
        if file == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {file}", "check its name") from None
    except IsADirectoryError:
        raise UsageError(f"{file} is a folder", "name the file in it") from None
    if len(data) > LARGEST:
        raise UsageError(
            f"{file} is larger than {LARGEST // 1_000_000} megabytes", "no page is: is this one?"
        )
    return data
