"""Write a new scoring file to start from."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from engage.scoring import file as scoring_file
from engage.scoring.checks import remarks
from engage.scoring.new import NewFile, write
from engage.scoring.reading import scoring_of
from leads.durations import duration
from leads.errors import NotAllowedError, SluiceError, UsageError

__all__ = ["WantedScoring", "write_scoring"]

_STDOUT = "-"
_NAME = re.compile(r"[A-Za-z][\w.-]{0,99}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedScoring:
    """What the user wants in a new file."""

    name: str
    #: None: NAME.yaml.
    out: str | None
    model: str
    half_life: str
    warm: str
    hot: str


def write_scoring(wanted: WantedScoring) -> tuple[str, str | None]:
    """Write a new file that the check finds nothing wrong with: its text and its path.

    Without a path the text goes to stdout. NotAllowedError when the file exists.
    """
    if not _NAME.fullmatch(wanted.name):
        raise UsageError(
            f"{wanted.name[:60]!r} is no name of a scoring file", "write one word such as spring"
        )
    try:
        duration(wanted.half_life)
    except ValueError as error:
        raise UsageError(f"--half-life {error}", "such as 14 days") from None
    target = wanted.out or f"{wanted.name}.yaml"
    if not target.isprintable():
        raise UsageError(f"{target!r} is not a file name", "remove the line break")
    if target != _STDOUT and Path(target).exists():
        raise NotAllowedError(f"{target} exists already", "name another file with --out")

    text = write(
        NewFile(
            name=wanted.name,
            file=f"{wanted.name}.yaml" if target == _STDOUT else shlex.quote(target),
            model=wanted.model,
            half_life=wanted.half_life,
            warm=_level(wanted.warm, "--warm"),
            hot=_level(wanted.hot, "--hot"),
        )
    )
    for one in remarks(scoring_of(scoring_file.read(text, target))):
        raise UsageError(f"{one.path} {one.message}", "choose other values")
    if target == _STDOUT:
        return text, None
    try:
        Path(target).write_text(text, encoding="utf-8")
    except OSError as error:
        raise SluiceError(
            f"{target} cannot be written: {error.strerror or error}", "name another file with --out"
        ) from None
    return text, target


def _level(text: str, option: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal(0)
    if (
        not found.is_finite()
        or not Decimal("0.1") <= found <= 100
        or found != found.quantize(Decimal("0.01"))
    ):
        raise UsageError(f"{option} {text!r} is no sum of points", "write a number from 1 to 100")
    return found
