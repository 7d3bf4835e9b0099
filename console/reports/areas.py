"""Area charts as SVG: amounts over time, no script, the same figures as text for screen readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from console.reports.html import element, text

_WIDTH, _HEIGHT, _GAP, _TOP = 900, 120, 26, 20


def areas(title: str, labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> str:
    """One area for each series, each on its own scale: failures would vanish beside what was done."""
    parts: list[str] = []
    for number, (name, values) in enumerate(series.items()):
        top = _TOP + number * (_HEIGHT + _GAP + _TOP)
        parts += _area(name, values, top, ("area", "area2")[number % 2])
        parts += _ticks(labels, top + _HEIGHT)
    spoken = "; ".join(
        f"{name}: {sum(values):,} in all, {max(values, default=0):,} at most"
        for name, values in series.items()
    )
    inside = [element("title", text(title)), element("desc", text(spoken)), *parts]
    high = len(series) * (_HEIGHT + _GAP + _TOP)
    return element(
        "svg", "".join(inside), viewBox=f"0 0 {_WIDTH} {high}", role="img", class_="chart"
    )


def _area(name: str, values: Sequence[int], top: float, kind: str) -> list[str]:
    most, base = max(values, default=0), top + _HEIGHT
    step = _WIDTH / max(len(values) - 1, 1)
    points = [
        f"{place * step:.1f},{base - (_HEIGHT - 8) * value / max(most, 1):.1f}"
        for place, value in enumerate(values)
    ]
    heading = f"{name}: at most {most:,} in one span" if most else f"{name}: none"
    parts = [
        element("text", text(heading), x=0, y=top - 6, class_="soft"),
        element("line", "", x1=0, x2=_WIDTH, y1=base, y2=base, class_="grid"),
    ]
    if most:
        line = " ".join(points)
        parts += [
            element("polygon", "", points=f"0,{base} {line} {_WIDTH},{base}", class_=kind),
            element("polyline", "", points=line, class_=f"{kind} line"),
        ]
    return parts


def _ticks(labels: Sequence[str], base: float) -> list[str]:
    step = _WIDTH / max(len(labels) - 1, 1)
    every = max(1, -(-len(labels) // 7))
    places = range(0, len(labels), every)
    return [
        element("text", text(labels[place]), x=f"{place * step:.1f}", y=base + 17, class_="soft")
        for place in places
    ]
