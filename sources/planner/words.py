"""A plan in plain words, as sentences without a full stop."""

from __future__ import annotations

from collections.abc import Sequence

from leads.prices import Price

_NOUNS = {
    "employees": "headcount",
    "founded": "founding year",
    "sites": "number of sites",
    "legal_form": "legal form",
}


def noun(name: str) -> str:
    """An attribute as people say it; a source as it is called."""
    return _NOUNS.get(name, name.replace("_", " "))


def say_question(
    source: str, attributes: Sequence[str], price: Price, known: float, ends: float, fits: float
) -> str:
    """What is asked, what it costs at most, and the chances of what comes of it."""
    cost = f"for {price}" if price.micros else "for nothing"
    said = [f"{known:.0%} likely to answer", f"{ends:.0%} to end it"]
    if fits >= 0.005:
        said.append(f"{fits:.0%} to make it fit")
    return (
        f"ask {source} for {_listed([noun(one) for one in attributes])} {cost}: {', '.join(said)}"
    )


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
