"""The curve of verdicts over money, as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

WIDE, HIGH, LEFT, TOP, BOTTOM = 760, 400, 70, 20, 50
COLOURS = ("#8a8f98", "#c77c2e", "#1f6feb", "#8250df", "#2d9d5c")

Curve = Sequence[tuple[float, int]]


def picture(curves: Mapping[str, Curve], most: float) -> str:
    """Curves of verdicts over euros up to `most`, as SVG."""
    highest = max(count for curve in curves.values() for _, count in curve)
    top = -(-highest // 1000) * 1000

    def spot(money: float, count: float) -> str:
        across = LEFT + (WIDE - LEFT - 20) * money / most
        down = HIGH - BOTTOM - (HIGH - BOTTOM - TOP) * count / top
        return f"{across:.1f},{down:.1f}"

    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}"'
    lines = [
        f'{opening} font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDE}" height="{HIGH}" fill="#ffffff"/>',
    ]
    for count in range(0, top + 1, 2000):
        across, down = spot(0, count).split(",")
        lines.append(f'<path d="M{across},{down}H{WIDE - 20}" stroke="#dddddd"/>')
        lines.append(
            f'<text x="{LEFT - 8}" y="{float(down) + 4}" text-anchor="end">{count:,}</text>'
        )
    for part in range(6):
        across, down = spot(most * part / 5, 0).split(",")
        lines.append(
            f'<text x="{across}" y="{float(down) + 20}" text-anchor="middle">'
            f"{most * part / 5:,.0f}</text>"
        )
    lines.append(f'<text x="{WIDE / 2}" y="{HIGH - 8}" text-anchor="middle">euros spent</text>')
    for at, (name, curve) in enumerate(curves.items()):
        path = " ".join(spot(money, count) for money, count in curve if money <= most)
        colour = COLOURS[at % len(COLOURS)]
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        # The bottom right corner is free: every curve rises.
        below = HIGH - BOTTOM - 20 * (len(curves) - at)
        lines.append(f'<text x="{WIDE - 30}" y="{below}" text-anchor="end" fill="{colour}">')
        lines.append(f"{escape(name)}</text>")
    return "\n".join([*lines, "</svg>", ""])
