"""A scoring file: points for signals, temperature, qualifications; read and checked."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from engage.scoring.scoring import Model
from engage.signals.kinds import JourneyStage
from leads.durations import known_duration
from leads.yaml_model import read_model
from leads.yaml_tree import FileKind

KIND = FileKind(
    name="scoring file",
    least="write `scoring:`, `version:` and one rule",
    example="`sluice scoring new` writes a complete one",
)
#: Bytes of a file.
LARGEST = 256_000

Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Name = Annotated[str, Field(pattern=r"^\w[\w .-]{0,99}$")]
Text = Annotated[str, Field(min_length=1, max_length=200)]
Duration = Annotated[str, AfterValidator(known_duration)]
Points = Annotated[Decimal, Field(ge=-10_000, le=10_000, decimal_places=2, allow_inf_nan=False)]
Weight = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2, allow_inf_nan=False)]
Level = Annotated[Decimal, Field(gt=0, le=100, decimal_places=2, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1, le=100_000)]
YesNo = Literal["yes", "no", "true", "false"]
Grade = Literal["A", "B", "C"]
Question = Literal["icp", "need", "will", "timeline", "budget", "authority"]
Reply = Literal["yes", "partly", "no", "unknown"]


class Strict(BaseModel):
    """A part of the file that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OwnKind(Strict):
    """A kind of signal that the catalogue lacks."""

    meaning: Text
    stage: JourneyStage = "none"
    machine: YesNo = "no"
    contact: YesNo = "no"


class Conditions(Strict):
    """What a signal must be for a rule to count it; every condition that is given must hold."""

    channel: tuple[Word, ...] = ()
    source: tuple[Name, ...] = ()
    #: In the signal's own currency.
    value_at_least: Annotated[Decimal, Field(ge=0, le=10**12, decimal_places=2)] | None = None


class RuleInFile(Strict):
    """The points of one kind of signal."""

    signal: Word
    points: Points
    when: Conditions = Conditions()
    half_life: Duration | None = None
    #: How many count of one company and day in UTC, the earliest first.
    per_day: Count | None = None
    suppress: Literal["campaign", "client", "agency"] | None = None


class FloorInFile(Strict):
    """A temperature that one signal keeps for a time, whatever the points."""

    signal: Word
    temperature: Literal["warm", "hot"]
    lasts: Duration


class TemperatureInFile(Strict):
    """From which sum of points a company is warm or hot."""

    warm: Level = Decimal(25)
    hot: Level = Decimal(60)
    #: It stays warm or hot until the sum is this much lower.
    hysteresis: Annotated[Decimal, Field(ge=0, lt=100, decimal_places=2)] = Decimal(5)
    floors: Annotated[tuple[FloorInFile, ...], Field(max_length=50)] = ()


class CountInFile(Strict):
    """How many signals of some kinds there must be, within a time."""

    at_least: Count = 1
    of: Annotated[tuple[Word, ...], Field(min_length=1, max_length=100)]
    within: Duration | None = None


class WayInFile(Strict):
    """One way to a qualification; every condition that is given must hold."""

    after: Word | None = None
    engagement: Annotated[int, Field(ge=0)] | None = None
    temperature: Literal["warm", "hot"] | None = None
    fit: Grade | None = None
    signals: CountInFile | None = None
    checklist: dict[Question, Annotated[tuple[Reply, ...], Field(min_length=1)]] = Field(
        default_factory=dict
    )


class Grades(Strict):
    """From which score of the ICP a company has a grade; below B it is C."""

    A: Annotated[int, Field(ge=0, le=100)] = 80
    B: Annotated[int, Field(ge=0, le=100)] = 40


class ScoringFile(Strict):
    """How the signals of a campaign are scored."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Scoring file of Sluice")

    scoring: Name
    version: Annotated[int, Field(ge=1, le=999_999_999)]
    model: Model = "activity_and_suitability"
    half_life: Duration = "14 days"
    #: Of rules with negative points; without it: the half-life above.
    negative_half_life: Duration | None = None
    rules: Annotated[dict[Word, RuleInFile], Field(min_length=1, max_length=200)]
    temperature: TemperatureInFile = TemperatureInFile()
    #: Of the model `purchase_intent`: what points are multiplied by.
    stage_weights: dict[JourneyStage, Weight] = Field(default_factory=dict)
    #: Of the model `purchase_intent`: the same, from so many people of the company on.
    people_weights: dict[Annotated[int, Field(ge=2, le=100)], Weight] = Field(default_factory=dict)
    grades: Grades = Grades()
    #: A company whose sum is this or less is disqualified.
    disqualify_at: Annotated[Decimal, Field(ge=-10_000, lt=0, decimal_places=2)] | None = None
    #: Above this sum it is back; without it a company stays out.
    requalify_at: Annotated[Decimal, Field(ge=-10_000, lt=0, decimal_places=2)] | None = None
    qualifications: Annotated[
        dict[Word, Annotated[tuple[WayInFile, ...], Field(min_length=1, max_length=20)]],
        Field(max_length=50),
    ] = Field(default_factory=dict)
    #: What the client's CRM calls a temperature or qualification.
    labels: dict[Word, Text] = Field(default_factory=dict)
    kinds: Annotated[dict[Word, OwnKind], Field(max_length=200)] = Field(default_factory=dict)

    def content_hash(self) -> str:
        """What two files that say the same have in common, whatever their comments."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def read(text: str, file: str) -> ScoringFile:
    """Read a file; UsageError with line and path at the first thing that is wrong."""
    return read_model(text, file, KIND, ScoringFile)


def schema() -> dict[str, Any]:
    """The JSON Schema of such files."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return dialect | ScoringFile.model_json_schema()
