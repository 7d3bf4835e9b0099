"""A plan in plain words."""

from __future__ import annotations

from sources.planner.options import LeftOut
from sources.planner.plan import Question

_NOUNS = {
    "employees": "headcount",
    "founded": "founding year",
    "sites": "number of sites",
    "legal_form": "legal form",
}


def say_question(question: Question) -> str:
    """What is asked, what it costs, and what is expected of it, as one sentence without a full
    stop.
    """
    names = [_NOUNS.get(one, one.replace("_", " ")) for one in question.attributes]
    cost = f"for {question.price}" if question.price.micros else "for nothing"
    said = [f"{question.known:.0%} likely to answer", f"{question.ends:.0%} to end it"]
    if question.fits >= 0.005:
        said.append(f"{question.fits:.0%} to make it fit")
    return f"ask {question.source} for {_listed(names)} {cost}: {', '.join(said)}"


def say_left_out(left: LeftOut) -> str:
    """What is left out and why, as one sentence without a full stop."""
    return f"{_NOUNS.get(left.what, left.what)}: {left.why.value}"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
