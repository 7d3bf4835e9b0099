"""The saved page that a fact was read from, as text with the quote found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.actor import Right
from actions.session import Session
from enrich.page import decode, lowered
from enrich.read_markup import read_markup
from leads.errors import NotFoundError
from leads.facts import Fact
from leads.store import companies, pages
from leads.store.facts import facts

__all__ = ["Snapshot", "snapshot", "split_at_quote"]

#: Characters of a page that are shown.
LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The text of a saved page, around the quote of a fact; nothing of its markup is left."""

    fact: Fact
    url: str
    fetched_at: datetime
    title: str
    before: str
    #: Empty: the words are not in the visible text.
    quote: str
    after: str


def snapshot(session: Session, client: str, company_id: UUID, fact_id: UUID) -> Snapshot:
    """Read the page that a fact of a company was read from; NotFoundError when none is kept."""
    with session.read(Right.WORK_QUEUE) as work:
        client_id = work.client(client)
        kept = companies.survivor(work.tx, client_id, company_id)
        known = facts.of_companies(work.tx, client_id, [kept])[kept]
        fact = next((one for one in known if one.id == fact_id), None)
        if fact is None:
            raise NotFoundError("the company has no such fact", "it may have been replaced since")
        kind, _, site = fact.evidence.source.partition(":")
        url = fact.evidence.url or ""
        page = (
            pages.page_at(work.tx, site, url, fact.evidence.observed_at) if kind == "site" else None
        )
    if page is None:
        raise NotFoundError("no saved page holds this fact", "it was not read from a page")
    headers = lowered(page.headers)
    markup = read_markup(decode(page.body, headers))
    text = markup.text[:LONGEST]
    before, quote, after = split_at_quote(text, fact.evidence.quote)
    return Snapshot(fact, page.url, page.fetched_at, markup.title, before, quote, after)


def split_at_quote(text: str, quote: str) -> tuple[str, str, str]:
    """Split a text around a quote whose spaces may differ; the quote is empty when it is not
    there.
    """
    for words in _parts(quote.split()):
        found = re.search(r"\s+".join(map(re.escape, words)), text, re.IGNORECASE)
        if found:
            return text[: found.start()], found[0], text[found.end() :]
    return text, "", ""


def _parts(words: list[str]) -> Iterator[list[str]]:
    """The whole quote, the records that it puts together, then its halves: an address in it may have
    been left out.
    """
    if words:
        yield words
    records = " ".join(words).split("; ")
    if len(records) > 1:
        yield from (one.split() for one in records if one)
    half = len(words) // 2
    if half > 1:
        yield words[:half]
        yield words[half:]
