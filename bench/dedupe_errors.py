"""What the errors of one set are made of: every wrong merge and every miss by its cause, and the twenty worst of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

from dedupe.clustering import Clustering
from dedupe.engine import cluster
from dedupe.explain import Explanation
from dedupe.record import Key, MatchRecord

#: Pairs looked at to find the likeliest between two groups.
_TRIED = 40
_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Wrong:
    """Two rows that are together and should not be, or the other way round."""

    cause: str
    left: str
    right: str
    odds: float


@dataclass(frozen=True, slots=True)
class Errors:
    """Of one set: one entry for each entity too many in a cluster, and for each cluster too many of an entity."""

    merges: list[Wrong]
    misses: list[Wrong]

    def causes(self, kind: str) -> Counter[str]:
        """How many of each cause."""
        return Counter(wrong.cause for wrong in getattr(self, kind))


def errors(records: Sequence[MatchRecord], truth: dict[Key, str]) -> Errors:
    """Judge the engine at its defaults."""
    found = cluster(records)
    names = {record.key: record.name[:_LENGTH] for record in records}
    merges = [wrong for keys in found.clusters for wrong in _between(found, _by(truth, keys), names, _cause_of_merge)]
    cluster_of = {key: str(at) for at, keys in enumerate(found.clusters) for key in keys}
    misses = [wrong for keys in _by(truth, truth).values() for wrong in _between(found, _by(cluster_of, keys), names, _cause_of_miss)]
    return Errors(sorted(merges, key=lambda wrong: -wrong.odds), sorted(misses, key=lambda wrong: -wrong.odds))


def _by(group_of: dict[Key, str], keys: Sequence[Key] | dict[Key, str]) -> dict[str, list[Key]]:
    groups: dict[str, list[Key]] = defaultdict(list)
    for key in keys:
        groups[group_of[key]].append(key)
    return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


def _between(found: Clustering, groups: dict[str, list[Key]], names: dict[Key, str], cause) -> list[Wrong]:  # type: ignore[no-untyped-def]
    """The likeliest pair between the largest group and each other one."""
    wrong = []
    main, *others = groups.values()
    for other in others:
        pairs = {pair: found.explain(*pair) for pair in islice(product(main, other), _TRIED)}
        pair = max(pairs, key=lambda pair: pairs[pair].odds)
        told = pairs[pair]
        wrong.append(Wrong(cause(found, pair, told), names[pair[0]], names[pair[1]], told.odds))
    return wrong


def _part(told: Explanation, feature: str) -> float:
    return next((line.odds for line in told.lines if line.feature == feature), 0.0)


def _cause_of_merge(_found: Clustering, _pair: tuple[Key, Key], told: Explanation) -> str:
    if told.odds <= 0:
        return "joined through other rows"
    if _part(told, "same row") or (_part(told, "shared words") > 1.74 and _part(told, "spelling") > 3.49):
        return "one name, which the truth gives to several"
    if _part(told, "words left over") < -0.05:
        return "both share a rare word and place, and each has a word of its own"
    if _part(told, "another word") < -0.2 or _part(told, "longer name") < -0.1:
        return "a name and the same with words more: a daughter, a branch, a programme"
    return "names spelled almost alike"


def _cause_of_miss(found: Clustering, pair: tuple[Key, Key], told: Explanation) -> str:
    if told.odds > 0:
        return "outvoted by the other rows of the two clusters" if found.were_compared(*pair) else "alike, but no key brought them together"
    if told.kept_apart_by:
        return f"contradicted: {_GENERAL.get(told.kept_apart_by[0], _kind(told))}"
    if _part(told, "nothing distinctive") < -1 and _part(told, "spelling") < 0.5:
        return "another name: a rename, a translation, initials, another programme"
    return "alike, but too little is shared or stated"


_GENERAL = {"the legal forms differ": "legal form", "the numbers in the names differ": "numbers", "the addresses differ": "address"}


def _kind(told: Explanation) -> str:
    worst = min((line for line in told.lines if line.feature != "prior"), key=lambda line: line.odds)
    return worst.feature.removesuffix(" differ").removesuffix(" differs")
