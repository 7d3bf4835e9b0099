"""The options of commands that also run on Spark."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Annotated

import typer

from leads.errors import ServiceDownError, UsageError

LOCAL, SPARK = "local", "spark"

Engine = Annotated[
    str, typer.Option("--engine", help="local, or spark for large tables.", metavar="ENGINE")
]
Master = Annotated[
    str | None,
    typer.Option("--master", help="Where Spark runs; default: its settings.", metavar="URL"),
]


@dataclass(frozen=True, slots=True)
class SparkTarget:
    """Where the result goes, and where Spark runs."""

    output: str | None
    master: str | None
    #: Replace an output that exists.
    force: bool


def runs_on_spark(engine: str, master: str | None) -> bool:
    """Check the engine; an error if it is unknown, or if Spark is not installed."""
    if engine not in (LOCAL, SPARK):
        raise UsageError(f"there is no engine named {engine!r}", f"use {LOCAL} or {SPARK}")
    if engine == LOCAL and master is not None:
        raise UsageError("--master needs Spark", f"add --engine {SPARK}")
    if engine == SPARK and (find_spec("pyspark") is None or find_spec("pyarrow") is None):
        raise ServiceDownError(
            "Spark needs the package pyspark, which is not installed",
            "install it with `pip install 'sluice[spark]'`, and a JDK 17",
        )
    return engine == SPARK
