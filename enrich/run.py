"""The edge of enrich: the stored pages of sites in, facts of these sites out."""

from __future__ import annotations

from collections.abc import Sequence

from enrich.site import facts_of_site
from leads.changes import Change, SiteFactsChanged
from leads.facts import Fact
from leads.store import Tx, pages
from leads.store.facts import facts
from leads.store.facts.facts import Subject


def read_pages(tx: Tx, sites: Sequence[str]) -> list[Change]:
    """Read the newest visit to each site that brought pages; facts that say the same as before are
    left alone.

    A visit that failed says nothing of the company: what an earlier one showed stands until it
    grows old.
    """
    changed = [site for site in sites if _read(tx, site)]
    return [SiteFactsChanged(tuple(changed))] if changed else []


def _read(tx: Tx, site: str) -> bool:
    visit = pages.last_visit_with_pages(tx, site)
    if visit is None:
        return False
    said = facts_of_site(site, list(pages.pages_of(tx, visit["id"])))
    before = [fact for _, fact in facts.of_sites(tx, [site])]
    if sorted(map(_content, said)) == sorted(map(_content, before)):
        return False
    facts.retract_of_site(tx, site, "a newer visit to the site")
    facts.add(tx, [(Subject(site=site), fact) for fact in said])
    return True


def _content(fact: Fact) -> tuple[str, ...]:
    seen = fact.evidence
    return (
        fact.attribute,
        repr(fact.value),
        seen.url or "",
        seen.quote,
        seen.method.value,
        seen.scope.value,
        str(seen.as_of),
        str(seen.confidence),
    )
