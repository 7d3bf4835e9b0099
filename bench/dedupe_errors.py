"""Explain the errors on one set: every wrong merge and every miss with its cause."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

import numpy as np

from dedupe.block import pair_code
from dedupe.clustering import Clustering
from dedupe.engine import cluster
from dedupe.explain import Explanation
from dedupe.record import Key, MatchRecord
from dedupe.word_kinds import Kind

#: Pairs examined to find the most likely one between two groups; at most this many uncompared pairs
#: are scored.
_TRIED, _WORKED_OUT = 400, 5
_LENGTH = 60
#: Kinds of words, the most telling first.
_SAID = {
    Kind.BRAND: "a brand or family name",
    Kind.ARM: "a finance, property or holding arm",
    Kind.BODY: "an institution",
    Kind.TRADE: "a trade",
    Kind.PLACE: "a place",
    Kind.NUMBER: "a number",
    Kind.LETTER: "a letter",
    Kind.BRANCH: "a branch",
    Kind.NOTHING: "a word that says nothing",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """Two rows that are wrongly together, or wrongly apart."""

    cause: str
    left: str
    right: str
    odds: float


@dataclass(frozen=True, slots=True)
class Errors:
    """Errors of a set: one per extra entity in a cluster, and one per extra cluster of an
    entity.
    """

    merges: list[Wrong]
    misses: list[Wrong]

    def causes(self, kind: str) -> Counter[str]:
        """Count the errors of each cause."""
        return Counter(wrong.cause for wrong in getattr(self, kind))

    def worst(self, kind: str, count: int) -> list[Wrong]:
        """Return the worst errors, with every cause in proportion, most frequent cause first."""
        every: list[Wrong] = getattr(self, kind)
        causes = self.causes(kind).most_common(count)
        spare = max(count - len(causes), 0)
        part = {cause: 1 + spare * times // max(len(every), 1) for cause, times in causes}
        chosen = [
            wrong
            for cause, _ in causes
            for wrong in [one for one in every if one.cause == cause][: part[cause]]
        ]
        left = [wrong for wrong in every if wrong not in chosen]
        return sorted(
            [*chosen, *left[: count - len(chosen)]],
            key=lambda one: (list(part).index(one.cause), -one.odds),
        )


class _Pairs:
    """The compared pairs, by the keys of their rows."""

    def __init__(self, found: Clustering) -> None:
        self.found, self._count = found, len(found.table)
        codes = pair_code(found.compared.left, found.compared.right, self._count)
        order = np.argsort(codes, kind="stable")
        self._codes, self._odds = codes[order], found.compared.odds[order]

    def extremes(self, pairs: Sequence[tuple[Key, Key]]) -> tuple[tuple[Key, Key], tuple[Key, Key]]:
        """Return the most likely and the least likely pair; score a few if none was compared."""
        nodes = [
            [int(self.found.table.node_of[self.found.row_of[key]]) for key in pair]
            for pair in pairs
        ]
        one, other = np.array(nodes, dtype=np.int64).T
        codes = pair_code(one, other, self._count)
        at = np.minimum(np.searchsorted(self._codes, codes), max(len(self._codes) - 1, 0))
        known = self._codes[at] == codes if len(self._codes) else np.zeros(len(codes), dtype=bool)
        odds = np.where(
            one == other, 10.0, np.where(known, self._odds[at] if len(self._odds) else 0.0, np.nan)
        )
        if np.isnan(odds).all():
            for place in range(min(len(pairs), _WORKED_OUT)):
                odds[place] = self.found.explain(*pairs[place]).odds
        return pairs[int(np.nanargmax(odds))], pairs[int(np.nanargmin(odds))]


def errors(records: Sequence[MatchRecord], truth: dict[Key, str]) -> Errors:
    """Evaluate the engine with default settings."""
    found = cluster(records)
    pairs = _Pairs(found)
    names = {record.key: record.name[:_LENGTH] for record in records}
    merges = [
        wrong
        for keys in found.clusters
        for wrong in _between(pairs, _by(truth, keys), names, merged=True)
    ]
    cluster_of = {key: str(at) for at, keys in enumerate(found.clusters) for key in keys}
    misses = [
        wrong
        for keys in _by(truth, truth).values()
        for wrong in _between(pairs, _by(cluster_of, keys), names, merged=False)
    ]
    return Errors(
        sorted(merges, key=lambda wrong: -wrong.odds), sorted(misses, key=lambda wrong: -wrong.odds)
    )


def _by(group_of: dict[Key, str], keys: Sequence[Key] | dict[Key, str]) -> dict[str, list[Key]]:
    groups: dict[str, list[Key]] = defaultdict(list)
    for key in keys:
        groups[group_of[key]].append(key)
    return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


def _between(
    pairs: _Pairs, groups: dict[str, list[Key]], names: dict[Key, str], *, merged: bool
) -> list[Wrong]:
    """Return the most likely pair between the largest group and each other one."""
    wrong = []
    main, *others = groups.values()
    for other in others:
        best, against = pairs.extremes(list(islice(product(main, other), _TRIED)))
        told = pairs.found.explain(*best)
        if merged:
            cause = _cause_of_merge(pairs.found, best, told)
        else:
            cause = _cause_of_miss(pairs.found, best, told, against)
        wrong.append(Wrong(cause, names[best[0]], names[best[1]], told.odds))
    return wrong


def _part(told: Explanation, feature: str) -> float:
    return next((line.odds for line in told.lines if line.feature == feature), 0.0)


def _cause_of_merge(found: Clustering, pair: tuple[Key, Key], told: Explanation) -> str:
    if told.odds <= 0:
        return "linked through other rows"
    if _part(told, "same row") or (
        _part(told, "shared words") > 1.74 and _part(told, "spelling") > 3.49
    ):
        return "same name for several companies in the truth"
    if _each_has_its_own(told):
        return f"each name has an extra word: {_extra_words(found, pair)}"
    if _has_more(told):
        return f"one name has extra words: {_extra_words(found, pair)}"
    return "similar spelling"


def _cause_of_miss(
    found: Clustering, pair: tuple[Key, Key], told: Explanation, against: tuple[Key, Key]
) -> str:
    if told.odds > 0:
        if not found.were_compared(*pair):
            return "similar, but no blocking key paired them"
        most = found.explain(*against)
        said = _weightiest(most) if most.kept_apart_by else "too little in common"
        return f"outvoted by other rows: {said}"
    if _part(told, "told apart"):
        return f"left to a person, as {_why_apart(told)}: {_extra_words(found, pair)}"
    if told.kept_apart_by:
        return f"contradicted: {_weightiest(told)}"
    if _part(told, "nothing distinctive") < -1 and _part(told, "spelling") < 0.5:
        return "different name: rename, translation, initials or programme"
    if _part(told, "nothing distinctive") < -0.3:
        return "shared words are common, other data is missing"
    if _each_has_its_own(told):
        return "each name has an extra word, other data is missing"
    if _has_more(told):
        return "one name has extra words, other data is missing"
    return "similar spelling, other data is missing"


def _why_apart(told: Explanation) -> str:
    return next(line.sentence for line in told.lines if line.feature == "told apart")


def _extra_words(found: Clustering, pair: tuple[Key, Key]) -> str:
    """Return the most telling kind of the words that only one of two names has."""
    table = found.table
    words = [
        set(table.names.tokens[table.core[table.node_of[found.row_of[key]]]].tolist()) - {-1}
        for key in pair
    ]
    kinds = 0
    for code in words[0] ^ words[1]:
        kinds |= int(table.names.kinds[code])
    return next((said for kind, said in _SAID.items() if kind & kinds), "none")


def _each_has_its_own(told: Explanation) -> bool:
    return _part(told, "words left over") < -0.05 or _part(told, "each has another word") < -0.1


def _has_more(told: Explanation) -> bool:
    return _part(told, "another word") < -0.2


def _weightiest(told: Explanation) -> str:
    """Return the strongest reason against a pair, in one word."""
    worst = min(
        (line for line in told.lines if line.feature != "prior"), key=lambda line: line.odds
    )
    return worst.feature.removesuffix(" differ").removesuffix(" differs")
