"""A file of dispositions, read and checked: `outreach/data/dispositions.yaml`, or a client's own."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_serializer,
)

from leads.attributes import ATTRIBUTES
from leads.durations import duration, known_duration
from leads.lexicon.reference import read_yaml
from leads.yaml_model import read_model
from leads.yaml_tree import FileKind
from outreach.dispositions import DispositionRule, Dispositions

KIND = FileKind(
    name="disposition file",
    least="write `dispositions:`, `version:` and one outcome",
    example="`sluice dispositions list --yaml` prints a complete one",
)
CHANNELS = ("phone", "email", "linkedin", "post", "visit", "other")
#: Keys that mean something else at the desk.
RESERVED = {"q": "quit", "s": "skip", "p": "postpone", "t": "note", "u": "undo", "r": "release"}


def _known_attribute(text: str) -> str:
    if text not in ATTRIBUTES:
        raise ValueError(f"must be an attribute such as {', '.join(sorted(ATTRIBUTES)[:5])}")
    return text


Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Duration = Annotated[str, AfterValidator(known_duration)]
Attribute = Annotated[str, AfterValidator(_known_attribute)]
YesNo = Literal["yes", "no", "true", "false"]
Channel = Literal["phone", "email", "linkedin", "post", "visit", "other"]
Level = Literal["campaign", "client", "agency"]


class Suppress(BaseModel):
    """At which level a company is suppressed, and for how long; without `for`: until a person ends
    it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: Level
    lasts: Annotated[Duration | None, Field(alias="for")] = None

    @model_serializer
    def as_written(self) -> Any:
        """The short form where it says everything: files that were stored keep their hash."""
        return {"level": self.level, "for": self.lasts} if self.lasts else self.level


def _with_level(given: Any) -> Any:
    """A level alone is short for a mapping."""
    return {"level": given} if isinstance(given, str) else given


class Outcome(BaseModel):
    """What follows from one result of a contact."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    meaning: Annotated[str, Field(min_length=1, max_length=200)]
    key: Annotated[str, Field(pattern=r"^[a-z0-9]$")] | None = None
    reached: YesNo = "yes"
    relationship: Literal["contacted", "lead", "lost"] | None = None
    again: Duration | None = None
    promises: YesNo = "no"
    needs: tuple[Literal["when", "note"], ...] = ()
    attempts: dict[Channel, Annotated[int, Field(ge=1, le=100)]] = Field(default_factory=dict)
    then: Word | None = None
    signal: Word | None = None
    suppress: Annotated[
        Suppress | None, BeforeValidator(_with_level, json_schema_input_type=Level | Suppress)
    ] = None
    wrong: tuple[Attribute, ...] = ()
    contradicts: tuple[Attribute, ...] = ()
    chosen: YesNo = "yes"


class DispositionFile(BaseModel):
    """The dispositions of a client."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Dispositions of Sluice")

    dispositions: Annotated[str, Field(pattern=r"^[\w][\w .-]{0,99}$")]
    version: Annotated[int, Field(ge=1, le=999_999_999)]
    outcomes: Annotated[dict[Word, Outcome], Field(min_length=1, max_length=200)]

    def content_hash(self) -> str:
        """What two files that say the same have in common, whatever their comments."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def read(text: str, file: str) -> DispositionFile:
    """Read a file; UsageError with line and path at the first thing that is wrong."""
    return read_model(text, file, KIND, DispositionFile)


def stored(text: str) -> Dispositions:
    """The dispositions of a text that was checked when it was stored."""
    return dispositions_of(DispositionFile.model_validate(read_yaml(text)))


@cache
def standard() -> Dispositions:
    """The dispositions that come with the product."""
    return stored(standard_text())


def standard_text() -> str:
    """The file that comes with the product."""
    return (Path(__file__).parent / "data" / "dispositions.yaml").read_text("utf-8")


def schema() -> dict[str, Any]:
    """The JSON Schema of such files."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return dialect | DispositionFile.model_json_schema()


def dispositions_of(file: DispositionFile) -> Dispositions:
    """The rules that a file states."""
    rules = {name: _rule(name, one) for name, one in file.outcomes.items()}
    return Dispositions(file.dispositions, file.version, rules)


def _rule(name: str, one: Outcome) -> DispositionRule:
    return DispositionRule(
        name=name,
        meaning=one.meaning,
        key=one.key,
        reached=_yes(one.reached),
        relationship=one.relationship,
        again_after=duration(one.again) if one.again else None,
        promises=_yes(one.promises),
        needs=frozenset(one.needs),
        attempts={str(channel): count for channel, count in one.attempts.items()},
        then=one.then,
        signal=one.signal,
        suppresses=one.suppress.level if one.suppress else None,
        suppressed_for=_lasts(one.suppress),
        wrong=one.wrong,
        contradicts=one.contradicts,
        chosen=_yes(one.chosen),
    )


def _lasts(given: Suppress | None) -> timedelta | None:
    return duration(given.lasts) if given and given.lasts else None


def _yes(text: str) -> bool:
    return text in ("yes", "true")
