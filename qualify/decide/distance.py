"""The answer of the facts to how far a company lies from a point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

from leads.answers import Answer
from leads.facts import Fact
from leads.known import Ignored
from leads.usable import day
from qualify.decide.finding import Finding
from qualify.decide.folded_facts import FoldedFacts
from qualify.profile.coordinates import degrees
from qualify.profile.criteria import Criterion, Near
from qualify.words.phrases import cite, ids, say_ignored
from qualify.words.reasons import Reason, listed_reasons, reason

EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that one source states."""

    latitude: float
    longitude: float
    facts: tuple[Fact, Fact]


def kilometres(latitude: float, longitude: float, leaf: Near) -> float:
    """The way over the ground from a place to the point a question names (haversine)."""
    up, across = radians(latitude - leaf.latitude) / 2, radians(longitude - leaf.longitude) / 2
    share = sin(up) ** 2 + cos(radians(latitude)) * cos(radians(leaf.latitude)) * sin(across) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, share)))


def find_near(criterion: Criterion, leaf: Near, folded: FoldedFacts) -> Finding:
    """Answer from the facts; without both coordinates from one source it stays unknown."""
    policy = folded.policy(criterion)
    north, east = folded.fold("latitude", policy), folded.fold("longitude", policy)
    spots = _spots(
        [fact for side in north.sides for fact in side.facts],
        [fact for side in east.sides for fact in side.facts],
    )
    if not spots:
        return _no_place(north.ignored)
    away = [kilometres(spot.latitude, spot.longitude, leaf) for spot in spots]
    answers = {Answer.YES if far <= leaf.km else Answer.NO for far in away}
    answer = answers.pop() if len(answers) == 1 else Answer.UNKNOWN
    return Finding(
        answer,
        _distances(leaf, spots, away, answer),
        ids([fact for spot in spots for fact in spot.facts]),
    )


def _no_place(ignored: Sequence[Ignored]) -> Finding:
    if text := say_ignored("latitude", ignored):
        return Finding(Answer.UNKNOWN, reason("no coordinates that count are known: {}", text))
    return Finding(Answer.UNKNOWN, reason("no coordinates are known"))


def _distances(leaf: Near, spots: Sequence[Spot], away: Sequence[float], answer: Answer) -> Reason:
    distances = [
        reason("{} km ({})", f"{far:,.0f}", cite(spot.facts))
        for far, spot in zip(away, spots, strict=True)
    ]
    if answer is Answer.UNKNOWN:
        found = reason("sources disagree on the place: {}", listed_reasons(distances, "and"))
    else:
        found = listed_reasons(distances[:3], "and")
    point, most = f"{leaf.latitude:g}, {leaf.longitude:g}", f"{leaf.km:g}"
    return reason("{} from {}; asked is at most {} km", found, point, most)


def _spots(north: list[Fact], east: list[Fact]) -> list[Spot]:
    """Pairs of a latitude and a longitude that one source states of one day: others would mix two
    places.
    """
    found: dict[tuple[float, float], Spot] = {}
    for one in north:
        for other in east:
            if (one.evidence.source, day(one)) != (other.evidence.source, day(other)):
                continue
            latitude, longitude = degrees(str(one.value), 90), degrees(str(other.value), 180)
            if latitude is not None and longitude is not None:
                found.setdefault((latitude, longitude), Spot(latitude, longitude, (one, other)))
    return list(found.values())


def spots(asked: Sequence[Near]) -> Iterator[str]:
    """Places, as `north east`, that lie differently to the circles of some questions: inside,
    between, just outside, far away.
    """
    for leaf in asked:
        beyond = leaf.km / 110
        for north in (
            leaf.latitude,
            min(90.0, leaf.latitude + beyond),
            max(-90.0, leaf.latitude - beyond),
        ):
            yield f"{north} {leaf.longitude}"
        yield f"{-leaf.latitude} {(leaf.longitude + 360) % 360 - 180}"
    for one, other in combinations(asked, 2):
        apart = kilometres(one.latitude, one.longitude, other)
        edges = (0.999 * one.km / apart, 1 - 0.999 * other.km / apart) if apart else ()
        for part in (*edges, *(step / 16 for step in range(1, 16))):
            if 0 < part < 1:
                north, east = (
                    start + part * (end - start)
                    for start, end in zip(_point(one), _point(other), strict=True)
                )
                yield f"{north} {east}"


def _point(leaf: Near) -> tuple[float, float]:
    return leaf.latitude, leaf.longitude
