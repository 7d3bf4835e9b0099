"""Find pages that a site does not link to where they are looked for: by sitemap and by custom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from spiders.fetch import Fetcher
from spiders.fetch_errors import FetchError
from spiders.links import Link
from spiders.plan import Plan
from spiders.site import Outcome, PageKind
from spiders.sitemaps import MOST_BYTES, MOST_DOCUMENTS, addresses, wanted_links, worth_reading
from spiders.tables import table

#: The kinds that say who a company is, in the order in which they are looked for.
IDENTIFYING = (PageKind.IMPRINT, PageKind.CONTACT, PageKind.ABOUT)
#: Conventional paths tried per site, and per kind.
MOST_TRIES, _TRIES_PER_KIND = 5, 3
#: Pages of each kind taken from sitemaps.
_LISTED_PER_KIND = 2


def lacking(plan: Plan, languages: Sequence[str]) -> list[PageKind]:
    """Return the identifying kinds that the site's links do not lead to; none if they lead to
    enough: a contact page, and an imprint where the language has a word for it.
    """
    missing = [kind for kind in IDENTIFYING if plan.lacks(kind)]
    has_imprints = languages[:1] != ("en",) and any(
        language in table("unlinked")["paths"]["imprint"] for language in languages[:1]
    )
    looked_for = {PageKind.CONTACT, *([PageKind.IMPRINT] if has_imprints else [])}
    return missing if looked_for & set(missing) else []


async def links_by_sitemap(
    fetch: Fetcher, home: str, domain: str, kinds: Sequence[PageKind]
) -> list[Link]:
    """Return links to pages of these kinds that the sitemaps list: those that robots.txt names,
    else `/sitemap.xml`. A few documents are read, and none that is too large.
    """
    named = (await fetch.rules(home)).sitemaps
    waiting = worth_reading(named, domain) or [urljoin(home, "/sitemap.xml")]
    found: list[Link] = []
    read: set[str] = set()
    while waiting and len(read) < MOST_DOCUMENTS and not _has_each(found, kinds):
        url = waiting.pop(0)
        if url in read:
            continue
        read.add(url)
        try:
            response = await fetch.page(url, at_most=MOST_BYTES)
        except FetchError as error:
            if error.outcome is Outcome.TIMEOUT:
                break
            continue
        if response.status != 200:
            continue
        is_index, listed = addresses(response.body)
        if is_index:
            waiting = [*worth_reading(listed, domain), *waiting]
        else:
            found += wanted_links(listed, domain, kinds)
    return [link for kind in kinds for link in _of(found, kind)[:_LISTED_PER_KIND]]


def conventional_links(
    home: str, kinds: Sequence[PageKind], languages: Sequence[str]
) -> Iterator[Link]:
    """Yield links to the paths where sites of these languages have such pages, a few at most."""
    paths = table("unlinked")["paths"]
    left = MOST_TRIES
    for kind in kinds:
        listed = [path for code in languages for path in paths[kind.value].get(code, ())]
        for path in list(dict.fromkeys(listed))[: min(_TRIES_PER_KIND, left)]:
            left -= 1
            yield Link(urljoin(home, path), kind, why=f"conventional path {path}")


def _has_each(found: Sequence[Link], kinds: Sequence[PageKind]) -> bool:
    return {link.kind for link in found} >= set(kinds)


def _of(found: Sequence[Link], kind: PageKind) -> list[Link]:
    return [link for link in found if link.kind is kind]
