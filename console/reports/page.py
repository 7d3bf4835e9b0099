"""A report as one HTML page that needs nothing else: no script, no font, no request."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from actions.reports import CampaignReport, Cost, Head, Period
from console.reports import cells
from console.reports.charts import draw
from console.reports.html import element, text
from console.reports.section import Section
from console.reports.words import STEPS, part_of

#: A table with more columns is set in smaller type.
_MANY = 10
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure at the head of a page."""

    name: str
    figure: str
    below: str = ""


def page(head: Head, sections: Sequence[Section], tiles: Sequence[Tile] = ()) -> str:
    """The page of a report."""
    style = (Path(__file__).parent / "style.css").read_text("utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = f"{head.campaign} · {head.client}"
    meta = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{text(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
    )
    body = [_header(head), _tiles(tiles), element("main", _all(map(section, sections))), _footer()]
    return (
        '<!doctype html>\n<html lang="en"><head>'
        f"{meta}{element('title', text(title))}<style>{style}</style></head>"
        f"{element('body', _all(body))}</html>\n"
    )


def tiles_of(found: CampaignReport) -> list[Tile]:
    """The figures at the head of the whole report."""
    steps = {one.step: one for one in found.whole.steps}
    cost = found.whole.cost
    tiles = [Tile("Names", f"{steps['name'].companies:,}")]
    for step, name in (
        ("prospect", "Prospects"),
        ("lead", "Leads"),
        ("qualified_lead", "Qualified leads"),
        ("accepted", "Accepted"),
        ("customer", "Customers"),
    ):
        one = steps[step]
        before = ""
        if one.share and one.before:
            before = part_of(one.share, f"{one.share.of:,} {STEPS[one.before]}")
        tiles.append(Tile(name, f"{one.companies:,}", before))
    each = cost.per["lead"]
    tiles.append(Tile("Cost per lead", cells.money(each), _spent(cost)))
    if cost.profit is not None:
        tiles.append(Tile("Return (ROI)", f"{cost.profit:,.0%}", f"won: {cost.won}"))
    else:
        tiles.append(Tile("Return (ROI)", cells.NOTHING, cost.why_none))
    return tiles


def _spent(cost: Cost) -> str:
    lacks = f", without {len(cost.unstated):,} lists" if cost.unstated else ""
    return f"spent: {cost.sum or 'not stated'}{lacks}"


def _header(head: Head) -> str:
    period = period_words(head.period)
    lines = [
        element("p", text(f"Campaign report for {head.client}"), class_="eyebrow"),
        element("h1", element("bdi", text(head.campaign))),
        element("p", text(f"{period} · made on {head.made_at:%-d %b %Y, %H:%M} UTC")),
    ]
    return element("header", _all(lines))


def period_words(period: Period) -> str:
    """The period of a report in words."""
    since, until = period.since, period.until
    last = f"{until - _MINUTE:%-d %b %Y}" if until else ""
    if since and until:
        return f"{since:%-d %b %Y} to {last}"
    if since:
        return f"Since {since:%-d %b %Y}"
    return f"Up to {last}" if until else "All time"


def _tiles(tiles: Sequence[Tile]) -> str:
    if not tiles:
        return ""
    return element("dl", _all(map(_tile, tiles)), class_="tiles")


def _tile(one: Tile) -> str:
    inside = element("dt", text(one.name)) + element("dd", text(one.figure), class_="big")
    if one.below:
        inside += element("dd", text(one.below), class_="small")
    return element("div", inside, class_="tile")


def section(one: Section) -> str:
    """A section as HTML."""
    parts = [element("h2", text(one.title))]
    if one.intro:
        parts.append(element("p", text(one.intro)))
    if one.chart and one.rows:
        caption = element("figcaption", text(one.chart.title))
        parts.append(element("figure", caption + draw(one.chart)))
    parts.append(_table(one) if one.rows else element("p", text(one.empty)))
    parts += [element("p", _with_code(words), class_="note") for words in one.notes]
    return element("section", _all(parts))


def _with_code(words: str) -> str:
    """Words as HTML; what is in backticks is a command."""
    pieces = words.split("`")
    if len(pieces) % 2 == 0:
        return text(words)
    return _all(
        element("code", text(one)) if at % 2 else text(one) for at, one in enumerate(pieces)
    )


def _table(one: Section) -> str:
    columns = {key: words for key, words in one.columns.items() if key != one.beneath}
    heads = _all(element("th", text(words), scope="col") for words in columns.values())
    body = _all(element("tr", _row(columns, row, one.beneath)) for row in one.rows)
    inside = element("thead", element("tr", heads)) + element("tbody", body)
    dense = "dense" if len(columns) > _MANY else None
    return element("div", element("table", inside, class_=dense), class_="wide", tabindex="0")


def _row(columns: Mapping[str, str], row: Mapping[str, Any], beneath: str | None) -> str:
    first, *others = columns
    name = element("bdi", text(row.get(first)))
    if beneath is not None and row.get(beneath) not in (None, cells.NOTHING):
        name += element("bdi", text(row[beneath]), class_="beneath")
    rest = _all(element("td", element("bdi", text(row.get(key)))) for key in others)
    return element("th", name, scope="row") + rest


def _footer() -> str:
    words = (
        "Percentages stand with their counts and 95% Wilson intervals; of fewer than 20 none is"
        " stated. Currencies are never added. Times are UTC. Made with Sluice."
    )
    return element("footer", element("p", text(words)))


def _all(parts: Iterable[str]) -> str:
    return "".join(parts)
