"""Signals and scoring files for tests."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from engage.score.results import Result, results
from engage.score.scores import Scores, score
from engage.scoring.checks import remarks
from engage.scoring.file import read
from engage.scoring.reading import scoring_of
from engage.scoring.scoring import Scoring
from engage.signals.table import Signal, TableBuilder

START = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SEED = Path(__file__).parents[2] / "examples" / "scoring" / "seed.yaml"


def seed() -> Scoring:
    return scoring_of(read(SEED.read_text("utf-8"), "seed.yaml"))


def scoring(rules: str, more: str = "") -> Scoring:
    """A scoring of these rules, one a line."""
    lines = "".join(f"  r{number}: {rule}\n" for number, rule in enumerate(rules.splitlines(), 1))
    return scoring_of(read(f"scoring: test\nversion: 1\n{more}\nrules:\n{lines}", "test.yaml"))


def usable(one: Scoring) -> Scoring:
    assert [remark for remark in remarks(one) if remark.level == "problem"] == []
    return one


def signal(kind: str, after: timedelta = timedelta(0), **more: Any) -> Signal:
    """A signal of acme.example, so long after the start."""
    given = {"company": "acme.example", "id": f"{kind} {after} {more}"} | more
    return Signal(kind=kind, at=START + after, **given)


def scores(signals: Iterable[Signal], by: Scoring, at: datetime) -> Scores:
    builder = TableBuilder()
    for one in signals:
        builder.add(one)
    return score(builder.table(), by, at)


def result(signals: Iterable[Signal], by: Scoring, after: timedelta = timedelta(0)) -> Result:
    """The result of the only company."""
    (only,) = results(scores(signals, by, START + after), by)
    return only
