"""Criteria: the questions a profile asks about a company, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from leads.facts import Scope
from leads.values import Range


class Section(StrEnum):
    """The section of a criterion, which decides what its answer does."""

    SUSPECT = "suspect"
    PROSPECT = "prospect"
    MUST_NOT = "must_not"
    SCORE = "score"


#: Sections whose criteria must all be yes.
REQUIRED = (Section.SUSPECT, Section.PROSPECT)


class IfUnknown(StrEnum):
    """What to do when the answer to a criterion is unknown."""

    WAIT = "wait"
    ASK = "ask"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class Terms:
    """Words a value is compared with; each part that is not empty must hold."""

    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    #: Only for free text.
    starts_with: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    #: Whole words or phrases inside a longer text: `sdr` in "SDR (m/f/d)", but `cto` not in
    #: "director".
    phrases: tuple[str, ...] = ()

    def parts(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each part by its name."""
        yield "any_of", self.any_of
        yield "all_of", self.all_of
        yield "none_of", self.none_of
        yield "starts_with", self.starts_with
        yield "contains", self.contains
        yield "phrases", self.phrases

    def every(self) -> tuple[str, ...]:
        """All words, each once, in the order written."""
        return tuple(dict.fromkeys(word for _, words in self.parts() for word in words))


@dataclass(frozen=True, slots=True)
class Matches:
    """Whether a text, a country, a status or the industries are among the terms."""

    attribute: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class Within:
    """Whether a number lies within bounds; money in minor units of `currency`."""

    attribute: str
    wanted: Range
    #: The bounds as a person says them: `more than 5,000,000 EUR`.
    said: str
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Uses:
    """Which technologies or categories a company runs; `none_of` holds what it must not run."""

    terms: Terms
    attribute: str = "technology"


@dataclass(frozen=True, slots=True)
class Near:
    """Whether a company's coordinates lie within some kilometres of a point, over the ground."""

    #: Degrees north and east.
    latitude: float
    longitude: float
    km: float
    attribute: str = "latitude"


class Joined(StrEnum):
    """How the answers of a group make one."""

    ANY = "any"
    ALL = "all"
    NOT = "not"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Group:
    """Several criteria as one; `n` is how many must be yes for `at_least`."""

    joined: Joined
    members: tuple[Criterion, ...]
    n: int = 0


Leaf = Matches | Within | Uses | Near
Test = Leaf | Group


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question with how it is to be answered; a member of a group has no id of its own unless
    it was given one.
    """

    id: str
    test: Test
    if_unknown: IfUnknown = IfUnknown.WAIT
    max_age_days: int | None = None
    min_confidence: float = 0.0
    scope: Scope | None = None
    #: What a yes adds to the score, in the score section only.
    points: int = 0

    def leaves(self) -> Iterator[tuple[Criterion, Leaf]]:
        """The criteria inside its groups that ask a question themselves, with the question; itself
        when it is no group.
        """
        if isinstance(self.test, Group):
            for member in self.test.members:
                yield from member.leaves()
        else:
            yield self, self.test

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes it asks about, each once, in the order written."""
        return tuple(dict.fromkeys(name for _, leaf in self.leaves() for name in asked_about(leaf)))


def asked_about(leaf: Leaf) -> tuple[str, ...]:
    """The attributes that one question asks about."""
    return spread(leaf.attribute)


def spread(attribute: str) -> tuple[str, ...]:
    """An attribute with the one that makes it whole: half a coordinate says nothing."""
    return ("latitude", "longitude") if attribute == "latitude" else (attribute,)
