"""Charts as SVG: no script, colours from the page, the same figures as text for screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from console.reports.html import element, text
from console.reports.section import Bars, Columns, Spread, Spreads

_WIDTH = 900
_ROW = 34
#: Where bars begin, and how wide the longest is.
_LEFT, _ROOM = 170, 480
#: A column is never wider than this.
_WIDEST = 90
#: Characters of a label; longer ones end in an ellipsis.
_LABEL = 22


def draw(chart: Bars | Spreads | Columns) -> str:
    """A chart as SVG."""
    if isinstance(chart, Bars):
        return _bars(chart)
    if isinstance(chart, Spreads):
        return _spreads(chart)
    return _columns(chart)


def _bars(chart: Bars) -> str:
    widest = max((one.value for one in chart.bars), default=0) or 1
    parts = []
    for place, one in enumerate(chart.bars):
        top = place * _ROW
        width = max(_ROOM * one.value / widest, 2 if one.value else 0)
        parts += [
            _text(0, top + 21, one.label),
            _rect(_LEFT, top + 6, _ROOM, 22, "track"),
            _rect(_LEFT, top + 6, width, 22, "bar"),
            _text(_LEFT + _ROOM + 12, top + 21, f"{one.value:,}"),
            _text(_LEFT + _ROOM + 76, top + 21, one.beside, "soft"),
        ]
    spoken = "; ".join(f"{one.label}: {one.value:,}" for one in chart.bars)
    return _svg(chart.title, spoken, len(chart.bars) * _ROW + 4, parts)


def _spreads(chart: Spreads) -> str:
    top = max((one.high for one in chart.rows if one.high is not None), default=0.0)
    scale = _ceiling(top)
    bottom = len(chart.rows) * _ROW + 6
    parts = []
    for tick in range(5):
        x = _LEFT + _ROOM * tick / 4
        parts += [
            element("line", "", x1=x, x2=x, y1=4, y2=bottom, class_="grid"),
            _text(x, bottom + 16, f"{scale * tick / 4 * 100:g}%", "soft mid"),
        ]
    for place, one in enumerate(chart.rows):
        parts += _spread(one, place * _ROW, scale)
    spoken = "; ".join(f"{one.label}: {_said(one)}" for one in chart.rows)
    return _svg(chart.title, spoken, bottom + 22, parts)


def _spread(one: Spread, top: float, scale: float) -> list[str]:
    parts = [_text(0, top + 21, one.label)]
    beside = _LEFT + _ROOM + 12
    if one.share is None or one.low is None or one.high is None:
        return [*parts, _text(beside, top + 21, f"too few to say ({one.beside})", "soft")]
    low, high = (_LEFT + _ROOM * bound / scale for bound in (one.low, one.high))
    middle = _LEFT + _ROOM * one.share / scale
    return [
        *parts,
        _rect(low, top + 11, max(high - low, 1), 12, "band"),
        element("circle", "", cx=_short(middle), cy=_short(top + 17), r=6, class_="dot"),
        _text(beside, top + 21, _percent(one.share)),
        _text(beside + 60, top + 21, one.beside, "soft"),
    ]


def _columns(chart: Columns) -> str:
    """A row of columns for each series, all on one scale."""
    height, gap = 110, 44
    most = max((max(values, default=0) for values in chart.series.values()), default=0) or 1
    step = min(_WIDTH / max(len(chart.labels), 1), _WIDEST)
    parts: list[str] = []
    for number, (name, values) in enumerate(chart.series.items()):
        base = 24 + number * (height + gap) + height
        parts.append(_text(0, base - height - 8, name.capitalize(), "soft"))
        parts.append(element("line", "", x1=0, x2=_WIDTH, y1=base, y2=base, class_="grid"))
        for place, value in enumerate(values):
            tall = (height - 18) * value / most
            x = (place + 0.14) * step
            parts.append(_rect(x, base - tall, step * 0.72, tall, ("bar", "bar2")[number % 2]))
            if value:
                parts.append(_text(x + step * 0.36, base - tall - 5, f"{value:,}", "soft mid"))
        parts += _week_labels(chart.labels, step, base)
    total = 24 + len(chart.series) * (height + gap)
    spoken = "; ".join(
        f"{name}: {', '.join(map(str, values))}" for name, values in chart.series.items()
    )
    return _svg(chart.title, spoken, total, parts)


def _week_labels(labels: Sequence[str], step: float, base: float) -> list[str]:
    every = max(1, len(labels) // 9)
    return [
        _text((place + 0.5) * step, base + 17, label.partition("-")[2], "soft mid")
        for place, label in enumerate(labels)
        if place % every == 0
    ]


def _svg(title: str, spoken: str, height: float, parts: Sequence[str]) -> str:
    inside = [element("title", text(title)), element("desc", text(spoken)), *parts]
    return element("svg", "".join(inside), viewBox=f"0 0 {_WIDTH} {_short(height)}", role="img")


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    shown = words if len(words) <= _LABEL or "soft" in kind else words[: _LABEL - 1] + "…"
    inside = text(shown) + (element("title", text(words)) if shown != words else "")
    return element("text", inside, x=_short(x), y=_short(y), class_=kind or None)


def _rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    return element(
        "rect", "", x=_short(x), y=_short(y), width=_short(width), height=_short(height), rx=3,
        class_=kind,
    )  # fmt: skip


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _said(one: Spread) -> str:
    return f"{one.beside}, " + ("too few to say" if one.share is None else _percent(one.share))


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%" if share < 0.0995 else f"{share * 100:.0f}%"


def _ceiling(share: float) -> float:
    """The end of the scale: the next of 4, 8, 20, 40, 80 and 100 per cent."""
    return next((one for one in (0.04, 0.08, 0.2, 0.4, 0.8) if share <= one), 1.0)
