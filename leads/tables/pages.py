"""What the crawl brought home: kept once per content, with the outcome of each visit and what is
known of each site.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from leads.tables.columns import index_of_given, index_where, json_field
from leads.visit_outcomes import Outcome


class PageBody(SQLModel, table=True):
    """One page's bytes, compressed, stored once however often they are met."""

    __tablename__ = "page_body"

    content_hash: str = Field(primary_key=True)
    body: bytes
    size: int
    #: Bytes of `body`; the index is what the size of the page store is summed from.
    packed: int = Field(default=0, index=True)


class Crawl(SQLModel, table=True):
    """One visit to one site: what came of it."""

    __table_args__ = (
        Index("crawl_of_site", "site", "started_at"),
        index_where("crawl_led_away", "final_site", where=f"outcome = '{Outcome.REDIRECTED_AWAY}'"),
    )

    id: UUID = Field(primary_key=True)
    site: str
    outcome: str
    reason: str = ""
    final_site: str | None = None
    pages: int = 0
    #: Pages that were the same as at the visit before.
    unchanged: int = 0
    bytes: int = 0
    robots: str = ""
    started_at: datetime
    seconds: float
    #: The site asked not to be visited before.
    not_before: datetime | None = None


class Page(SQLModel, table=True):
    """One page of a site. While it stays the same it belongs to the newest visit that saw it."""

    __table_args__ = (index_of_given("page_replaced", "replaced_at"),)

    id: UUID = Field(primary_key=True)
    crawl_id: UUID = Field(foreign_key="crawl.id", index=True)
    site: str = Field(index=True)
    url: str
    kind: str
    status: int
    headers: list[Any] = json_field()
    content_hash: str = Field(foreign_key="page_body.content_hash", index=True)
    #: When this content was first received, when last in full, and when it was last seen.
    fetched_at: datetime
    received_at: datetime
    seen_at: datetime
    #: When a newer visit no longer brought it.
    replaced_at: datetime | None = None
    #: Its rank among the pages of the visit.
    place: int = 0
    #: What was extracted from it, compressed, and by which rules.
    reading: bytes | None = None
    rules: str | None = None
    #: What robots.txt said about it.
    robots: str = ""
    #: How its address was found.
    why: str = ""
    #: What became of it in a browser, if scripts fill it (`leads/rendering.py`).
    rendering: str = ""


class Site(SQLModel, table=True):
    """What the visits to one site came to, and when it is due again."""

    site: str = Field(primary_key=True)
    last_at: datetime
    outcome: str
    reason: str = ""
    #: The last visit that the site answered.
    answered_at: datetime | None = None
    #: Failed attempts in a row, those that came when they were due; and since when.
    failed: int = 0
    failing_since: datetime | None = None
    #: Visits in a row that it asked to put off.
    refused: int = 0
    #: When it was stated dead.
    dead_at: datetime | None = None
    #: How old its facts may be for the verdicts that rest on them, and when one last said so.
    age_days: int | None = None
    age_at: datetime | None = None
    due_at: datetime = Field(index=True)


class OptedOutHost(SQLModel, table=True):
    """A host whose owner wants no visits, and none to the hosts below it."""

    __tablename__ = "opted_out_host"

    #: In lower-case ASCII, without `www.`.
    host: str = Field(primary_key=True)
    reason: str = ""
    who: str
    added_at: datetime
