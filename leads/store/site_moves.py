"""Sites that lead to another domain: what their newest visit found, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import literal_column, select

from leads.facts import Evidence, Fact, Method
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.schema import crawl
from leads.visit_outcomes import Outcome

MOVED_TO = "moved_to"
_SURE = 0.9
#: As a literal: neither database uses a partial index for a bound value.
_LED_AWAY = crawl.c.outcome == literal_column(f"'{Outcome.REDIRECTED_AWAY}'")


def note(tx: Tx, site: str, to: str, reason: str, at: datetime) -> None:
    """State that a site leads to another domain, once; `reason` is how."""
    stated = target_facts(tx, site)
    if any(one.value == to for one in stated):
        return
    facts.retract(tx, [one.id for one in stated], "the site leads elsewhere now")
    evidence = Evidence(
        source=f"site:{site}",
        method=Method.PAGE,
        observed_at=at,
        url=f"https://{site}/",
        quote=reason,
        confidence=_SURE,
    )
    made = Fact(id=new_id(), attribute=MOVED_TO, value=to, evidence=evidence)
    facts.add(tx, [(Subject(site=site), made)])


def target_facts(tx: Tx, site: str) -> list[Fact]:
    """What is stated about where a site leads."""
    return [one for _, one in facts.of_sites(tx, [site]) if one.attribute == MOVED_TO]


def leading_to(tx: Tx, sites: Sequence[str]) -> list[tuple[str, str]]:
    """The sites that lead to some others, each with where it leads."""
    found: dict[tuple[str, str], None] = {}
    for some in chunks(list(sites)):
        led = select(crawl.c.site, crawl.c.final_site).where(
            crawl.c.final_site.in_(some), _LED_AWAY
        )
        found |= {(old, str(new)): None for old, new in tx.execute(led.distinct())}
    return [
        (old, new) for old, new in found if any(one.value == new for one in target_facts(tx, old))
    ]
