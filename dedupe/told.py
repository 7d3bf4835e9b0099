"""What the engine knows of rows, as plain documents: why rows are held together, why two groups are
kept apart, what is doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dedupe.blocking_explained import explain_keys
from dedupe.clustering import Clustering
from dedupe.explain import OF_NAMES, Explanation, Line
from dedupe.record import Key
from dedupe.review import doubtful

#: Of two companies at most this many records are set against each other.
_MOST = 60


def held_together(found: Clustering, keys: Sequence[Key]) -> list[dict[str, Any]]:
    """The pairs that hold rows of one company together, each once and with its waterfall: a way
    from the first row to every other.
    """
    steps = {frozenset(pair): pair for key in keys[1:] for pair in _path(found, keys[0], key)}
    return [_pair(found, left, right) for left, right in steps.values()]


def _path(found: Clustering, left: Key, right: Key) -> list[tuple[Key, Key]]:
    """The way between two rows; the pair itself where people alone hold it together."""
    return found.path(left, right) or [(left, right)]


def kept_apart(found: Clustering, left: Sequence[Key], right: Sequence[Key]) -> dict[str, Any]:
    """Why two groups of rows are two companies: their likeliest pair, what brought it together or
    did not, what weighs against it.
    """
    pairs = [(one, other) for one in left[:_MOST] for other in right[:_MOST]]
    compared = found.compared_among(pairs)
    one, other = found.likeliest(compared or pairs)
    told = _pair(found, one, other)
    return {
        **told,
        "pairs": len(pairs),
        "pairs_compared": len(compared),
        "why": _why(found, one, other, told),
    }


def _why(found: Clustering, left: Key, right: Key, told: dict[str, Any]) -> str:
    decided = {frozenset(pair) for pair in found.decisions.different}
    if frozenset((left, right)) in decided:
        return "a person said that they are two companies"
    if not told["compared"]:
        if any(key["together"] for key in told["keys"]):
            return "their names were looked at and are too unlike, or too many rows bear them"
        return "they were never compared: no key brings them together"
    if told["odds"] > 0:
        return (
            "this pair alone would be one company, but the other records of the two speak"
            " against it"
        )
    return "; ".join(told["kept_apart_by"]) or "what they share is too little for one company"


def _pair(found: Clustering, left: Key, right: Key) -> dict[str, Any]:
    explained = found.explain(left, right)
    keys = explain_keys(found, left, right)
    decided = [name for name in ("same", "different") if _in(found, left, right, name)]
    return {
        "left": left,
        "right": right,
        "odds": explained.odds,
        "probability": round(explained.probability, 4),
        "compared": found.were_compared(left, right),
        "decided": decided[0] if decided else None,
        "kept_apart_by": list(explained.kept_apart_by),
        "waterfall": waterfall(explained),
        "keys": [{"key": key.key, "together": key.together, "says": key.says} for key in keys],
    }


def _in(found: Clustering, left: Key, right: Key, name: str) -> bool:
    return any({left, right} == set(pair) for pair in getattr(found.decisions, name))


def waterfall(explained: Explanation) -> list[dict[str, Any]]:
    """Each feature's part in log-odds, from the prior to the last."""
    return [
        {"feature": line.feature, "odds": line.odds, "says": line.sentence}
        for line in explained.lines
    ]


def to_review(found: Clustering, limit: int) -> list[dict[str, Any]]:
    """Doubtful pairs, the most doubtful first, with what speaks for and against each."""
    told: list[dict[str, Any]] = []
    for doubt in doubtful(found, limit):
        lines = found.explain(doubt.left, doubt.right).lines[1:]
        if _bear_one_name(found, doubt.left, doubt.right):
            lines = tuple(
                (
                    replace(line, sentence="the names are the same")
                    if line.feature in OF_NAMES
                    else line
                )
                for line in lines
            )
        told.append(
            {
                "left": doubt.left,
                "right": doubt.right,
                "kind": str(doubt.kind),
                "odds": doubt.odds,
                "together": doubt.together,
                "for": _weightiest([line for line in lines if line.odds > 0]),
                "against": _weightiest([line for line in lines if line.odds < 0]),
            }
        )
    return told


def _bear_one_name(found: Clustering, left: Key, right: Key) -> bool:
    one, other = (
        int(found.table.core[found.table.node_of[found.row_of[key]]]) for key in (left, right)
    )
    return one == other


def _weightiest(lines: Sequence[Line]) -> list[str]:
    """The three sentences that weigh most."""
    return list(
        dict.fromkeys(line.sentence for line in sorted(lines, key=lambda line: -abs(line.odds)))
    )[:3]
