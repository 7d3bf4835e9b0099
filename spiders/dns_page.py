"""The DNS records of a visited domain, kept like a page: asked for again once they are old."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Protocol

from leads.clock import now
from leads.dns_records import QUESTIONS, DnsAnswer, Question, dns_answers, dns_text, dns_url
from spiders.site import FetchedPage, PageKind, SiteToCrawl

#: Answers are not asked for again before, whoever asked.
HOLDS = timedelta(days=7)
#: What was known stays for so long while nobody answers: by then its facts are old.
STAYS = timedelta(days=30)
_WHY = "DNS records of the domain"


class AskDns(Protocol):
    """Asks a name server."""

    async def __call__(self, host: str, kind: str) -> tuple[str, ...] | None:
        """Return the records of a type; none if there are none, None without an answer."""


async def dns_page(site: SiteToCrawl, ask: AskDns) -> FetchedPage | None:
    """Return the records of the site's domain; those of the last visit while they hold.

    What nobody answers stays as it was known before for a while, and is asked for at the next visit.
    None if nothing is known; never raises.
    """
    try:
        return await _asked(site, ask)
    except Exception:  # The pages of the visit are worth more than the records.
        return None


async def _asked(site: SiteToCrawl, ask: AskDns) -> FetchedPage | None:
    url, at = dns_url(site.domain), now()
    known = site.known.pages.get(url)
    body = None if known is None else site.known.recall(known.content_hash)
    before = dns_answers(url, body.decode("utf-8", "replace")) if body is not None else ()
    is_recent = known is not None and at - known.received_at < HOLDS
    if body is not None and is_recent and all(one.is_known for one in before):
        return _page(url, body, unchanged=True)

    earlier = {one.question: one for one in before}

    async def answer(question: Question) -> DnsAnswer:
        values = await ask(question.host(site.domain), question.type)
        if values is not None:
            return DnsAnswer(question, values)
        return _unanswered(earlier.get(question, DnsAnswer(question)), at.date())

    answers = await asyncio.gather(*map(answer, QUESTIONS))
    if not any(one.is_known or one.values for one in answers):
        return None
    return _page(url, dns_text(site.domain, answers).encode())


def _unanswered(before: DnsAnswer, today: date) -> DnsAnswer:
    """Return what is still known of a question that nobody answers now."""
    since = before.unknown_since or today
    values = before.values if today - since < STAYS else ()
    return DnsAnswer(before.question, values, since)


def _page(url: str, body: bytes, *, unchanged: bool = False) -> FetchedPage:
    return FetchedPage(
        url=url,
        status=200,
        headers=(),
        content=body,
        fetched_at=now(),
        kind=PageKind.DNS,
        why=_WHY,
        unchanged=unchanged,
    )
