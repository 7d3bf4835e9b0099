"""Turn a scoring file into what the score needs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from engage.scoring.file import RuleInFile, ScoringFile, TemperatureInFile, WayInFile
from engage.scoring.scoring import (
    Floor,
    Rule,
    Scoring,
    SignalCount,
    Temperatures,
    Threshold,
    Way,
)
from engage.signals.kinds import JourneyStage, Kind, Kinds, catalogue, kinds_of
from leads.durations import duration
from leads.lexicon.reference import read_yaml

#: What points are multiplied by in the model `purchase_intent`, unless the file says otherwise.
STAGE_WEIGHTS: Mapping[JourneyStage, Decimal] = {
    "awareness": Decimal(1),
    "consideration": Decimal("1.5"),
    "decision": Decimal(2),
    "none": Decimal(1),
}
PEOPLE_WEIGHTS: Mapping[int, Decimal] = {2: Decimal("1.25"), 3: Decimal("1.5")}


def scoring_of(file: ScoringFile) -> Scoring:
    """The scoring that a file states; words that no kind has are left as they are."""
    kinds = _kinds(file)
    is_intent = file.model == "purchase_intent"
    return Scoring(
        name=file.scoring,
        version=file.version,
        model=file.model,
        half_life=duration(file.half_life),
        rules=tuple(_rule(file, name, one, kinds) for name, one in file.rules.items()),
        temperatures=_temperatures(file.temperature, kinds),
        stage_weights={**STAGE_WEIGHTS, **file.stage_weights} if is_intent else {},
        people_weights=(file.people_weights or PEOPLE_WEIGHTS) if is_intent else {},
        grades={"A": file.grades.A, "B": file.grades.B},
        disqualify_at=file.disqualify_at,
        requalify_at=file.requalify_at,
        qualifications={
            name: tuple(_way(one, kinds) for one in ways)
            for name, ways in file.qualifications.items()
        },
        labels=dict(file.labels),
        kinds=kinds,
    )


def stored(text: str) -> Scoring:
    """The scoring of a text that was checked when it was stored."""
    return scoring_of(ScoringFile.model_validate(read_yaml(text)))


def _kinds(file: ScoringFile) -> Kinds:
    own = (
        Kind(
            name=name,
            meaning=one.meaning,
            stage=one.stage,
            machine=_yes(one.machine),
            contact=_yes(one.contact),
        )
        for name, one in file.kinds.items()
    )
    return kinds_of([*catalogue().by_name.values(), *own]) if file.kinds else catalogue()


def _rule(file: ScoringFile, name: str, one: RuleInFile, kinds: Kinds) -> Rule:
    usual = (file.negative_half_life if one.points < 0 else None) or file.half_life
    least = one.when.value_at_least
    return Rule(
        name=name,
        kind=_kind(one.signal, kinds),
        points=one.points,
        half_life=duration(one.half_life or usual),
        channels=frozenset(one.when.channel),
        sources=frozenset(one.when.source),
        value_at_least=None if least is None else int(least * 100),
        per_day=one.per_day,
        suppress=one.suppress,
    )


def _temperatures(one: TemperatureInFile, kinds: Kinds) -> Temperatures:
    floors = tuple(
        Floor(_kind(floor.signal, kinds), floor.temperature, duration(floor.lasts))
        for floor in one.floors
    )
    warm, hot = (
        Threshold(float(level), float(level - one.hysteresis)) for level in (one.warm, one.hot)
    )
    return Temperatures(warm, hot, floors)


def _way(one: WayInFile, kinds: Kinds) -> Way:
    counted = None
    if one.signals:
        counted = SignalCount(
            one.signals.at_least,
            frozenset(_kind(word, kinds) for word in one.signals.of),
            duration(one.signals.within) if one.signals.within else None,
        )
    return Way(
        after=one.after,
        engagement=one.engagement,
        temperature=one.temperature,
        fit=one.fit,
        signals=counted,
        checklist={question: frozenset(replies) for question, replies in one.checklist.items()},
    )


def _kind(word: str, kinds: Kinds) -> str:
    return kinds.name_of(word) or word


def _yes(text: str) -> bool:
    return text in ("yes", "true")
