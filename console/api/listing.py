"""Lists page by page, or whole as one JSON object a line."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel

from console.api.cursors import Cursors
from console.api.problems import StateError

NDJSON = "application/x-ndjson"
#: Rows that are read at once for a list that is streamed.
_AT_ONCE = 1_000
Row = TypeVar("Row")
Key = list[Any]


class Page(BaseModel, Generic[Row]):
    """A part of a list."""

    items: list[Row]
    #: The cursor of the next page; None: this is the last one.
    next: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of a list a request asks for."""

    request: Request
    limit: int
    cursor: str


def asked(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=1000, description="Items of a page.")] = 100,
    cursor: Annotated[str, Query(max_length=2000, description="`next` of the page before.")] = "",
) -> Asked:
    """The part of a list that the address names."""
    return Asked(request, limit, cursor)


Paging = Annotated[Asked, Depends(asked)]


def listed(
    part: Asked,
    fetch: Callable[[Key | None, int], Sequence[Row]],
    key_of: Callable[[Row], Key],
    show: Callable[[Row], Any] = lambda row: row,
) -> Any:
    """One page of a list, or all of it as JSON lines when the caller accepts those.

    `fetch` reads rows in a fixed order, from behind a key on.
    """
    cursors = part.request.app.state.cursors
    assert isinstance(cursors, Cursors)
    of = f"{part.request.state.caller.bearer.token_id} {_address(part.request)}"
    after = cursors.read(of, part.cursor) if part.cursor else None
    if NDJSON in part.request.headers.get("accept", ""):
        return lines(show(row) for row in _all(fetch, key_of, after))
    try:
        found = list(fetch(after, part.limit + 1))
    except (TypeError, ValueError):
        raise StateError(400, "cursor", "the cursor is not of this list") from None
    page, more = found[: part.limit], len(found) > part.limit
    following = cursors.write(of, key_of(page[-1])) if more else None
    return {"items": [show(row) for row in page], "next": following}


def in_memory(
    rows: Sequence[Row], key_of: Callable[[Row], Key]
) -> Callable[[Key | None, int], Sequence[Row]]:
    """Read parts of a list that is whole already, ordered by its keys."""
    ordered = sorted(rows, key=key_of)

    def fetch(after: Key | None, limit: int) -> Sequence[Row]:
        start = 0 if after is None else bisect_right(ordered, after, key=key_of)
        return ordered[start : start + limit]

    return fetch


def lines(rows: Iterator[Any]) -> Response:
    """Rows as JSON lines, sent as they are read."""
    texts = (
        json.dumps(jsonable_encoder(one), ensure_ascii=False, separators=(",", ":")) + "\n"
        for one in rows
    )
    return StreamingResponse(texts, media_type=NDJSON)


def _all(
    fetch: Callable[[Key | None, int], Sequence[Row]],
    key_of: Callable[[Row], Key],
    after: Key | None,
) -> Iterator[Row]:
    while True:
        found = fetch(after, _AT_ONCE)
        yield from found
        if len(found) < _AT_ONCE:
            return
        after = key_of(found[-1])


def _address(request: Request) -> str:
    """The list that a request asks for: its path and filters."""
    filters = sorted(
        (name, value)
        for name, value in request.query_params.multi_items()
        if name not in ("cursor", "limit")
    )
    return f"{request.url.path} {filters}"
