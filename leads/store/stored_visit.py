"""A visit to a site with its pages, as the store takes and gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leads.packed_body import PackedBody, hash_of
from leads.page_headers import Headers


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """One page of a visit."""

    url: str
    kind: str
    status: int
    headers: Headers
    body: bytes
    #: When it was received, or last found unchanged.
    fetched_at: datetime
    #: The server said that it is unchanged, and did not send it.
    unchanged: bool = False
    #: What robots.txt said about it: `allowed`, `absent`, or empty where that was not noted.
    robots: str = ""
    #: The words and the place of the link to it, or where else its address is from.
    why: str = ""
    #: What became of it in a browser, if scripts fill it (`leads/rendering.py`).
    rendering: str = ""
    #: The body as the server packed it; `body` is then empty.
    packed: PackedBody | None = None

    @property
    def content_hash(self) -> str:
        """The hash by which its body is kept."""
        return self.packed.content_hash if self.packed else hash_of(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit to one site."""

    site: str
    outcome: str
    reason: str = ""
    final_site: str | None = None
    bytes: int = 0
    robots: str = ""
    seconds: float = 0.0
    started_at: datetime
    pages: tuple[StoredPage, ...] = ()
    #: The site asked not to be visited before.
    not_before: datetime | None = None
