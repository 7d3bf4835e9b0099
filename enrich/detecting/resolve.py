"""From hits to detections: confidence, then what a technology requires, implies and excludes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from enrich.detecting.rules import Hit, Recognised

#: Maximum evidence kept per technology.
MOST_EVIDENCE = 6
_UNTIED = Recognised("", "")


@dataclass(frozen=True, slots=True)
class Found:
    """One technology with its evidence, before names are given."""

    slug: str
    version: str | None
    #: 0 to 100.
    confidence: int
    hits: tuple[Hit, ...]
    #: Slug of the technology from which this one is inferred.
    inferred_from: str = ""
    uses: bool = True


def resolve(
    hits: Iterable[Hit],
    known: Mapping[str, Recognised],
    categories: Mapping[str, frozenset[str]],
    implied: Mapping[str, Mapping[str, int]],
) -> tuple[Found, ...]:
    """Return what hits prove, highest confidence first, then what is only mentioned.

    `categories` and `implied` are those of the catalog and of the rules together; `implied` gives
    a percentage per slug.
    """
    uses, mentions = _grouped(hits)
    found = {slug: _found(slug, some, known.get(slug, _UNTIED)) for slug, some in uses.items()}
    found = _with_required(found, known, categories, implied)
    found = _with_inferred(found, implied)
    found = _without_excluded(found, known)
    other = [
        replace(_found(slug, some, known.get(slug, _UNTIED)), uses=False)
        for slug, some in mentions.items()
        if slug not in found
    ]
    return (*sorted(found.values(), key=_order), *sorted(other, key=_order))


def _order(one: Found) -> tuple[int, str]:
    return -one.confidence, one.slug


def _grouped(hits: Iterable[Hit]) -> tuple[dict[str, list[Hit]], dict[str, list[Hit]]]:
    uses: dict[str, list[Hit]] = {}
    mentions: dict[str, list[Hit]] = {}
    for hit in hits:
        place = mentions if hit.rule.mentions else uses
        place.setdefault(hit.rule.slug, []).append(hit)
    return uses, mentions


def _found(slug: str, hits: Sequence[Hit], tied: Recognised) -> Found:
    version = next((hit.version for hit in hits if hit.version), None)
    return Found(slug, version, _confidence(hits, adds=tied.adds), tuple(hits[:MOST_EVIDENCE]))


def _confidence(hits: Sequence[Hit], *, adds: bool) -> int:
    """Add confidences up to 100, or let each channel take its share of the doubt that is left."""
    if adds:
        return min(100, sum(hit.rule.confidence for hit in hits))
    best: dict[str, int] = {}
    for hit in hits:
        channel = hit.rule.channel
        best[channel] = max(best.get(channel, 0), hit.rule.confidence)
    doubt = 1.0
    for sure in best.values():
        doubt *= 1 - sure / 100
    return round(100 * (1 - doubt))


def _with_required(
    found: Mapping[str, Found],
    known: Mapping[str, Recognised],
    categories: Mapping[str, frozenset[str]],
    implied: Mapping[str, Mapping[str, int]],
) -> dict[str, Found]:
    """Keep technologies whose requirement is found; one may be met by another that is kept."""
    kept = {slug: one for slug, one in found.items() if not _requires(known.get(slug, _UNTIED))}
    waiting = {slug: one for slug, one in found.items() if slug not in kept}
    while waiting:
        there = set(_with_inferred(kept, implied))
        there_categories = {one for slug in there for one in categories.get(slug, ())}
        met = [slug for slug in waiting if _is_met(known[slug], there, there_categories)]
        if not met:
            break
        kept.update((slug, waiting.pop(slug)) for slug in met)
    return kept


def _requires(one: Recognised) -> bool:
    return bool(one.requires or one.requires_category)


def _is_met(one: Recognised, there: set[str], categories: set[str]) -> bool:
    if one.requires and not one.requires & there:
        return False
    return not one.requires_category or bool(one.requires_category & categories)


def _with_inferred(
    found: Mapping[str, Found], implied: Mapping[str, Mapping[str, int]]
) -> dict[str, Found]:
    """Add what is inferred, each from its surest source."""
    every = dict(found)
    queue = sorted(found.values(), key=_order)
    while queue:
        one = queue.pop(0)
        for slug, share in sorted(implied.get(one.slug, {}).items()):
            sure = round(one.confidence * share / 100)
            if sure and slug not in every:
                every[slug] = Found(slug, None, sure, (), inferred_from=one.slug)
                queue.append(every[slug])
                queue.sort(key=_order)
    return every


def _without_excluded(
    found: Mapping[str, Found], known: Mapping[str, Recognised]
) -> dict[str, Found]:
    gone = {
        other
        for slug in found
        for other in known.get(slug, _UNTIED).excludes
        if other in found and other != slug
    }
    return {slug: one for slug, one in found.items() if slug not in gone}
