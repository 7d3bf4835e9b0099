"""Write a new scoring file from the template `engage/data/new_scoring.yaml`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from string import Template

from engage.signals.kinds import DATA


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """What a new file is to say."""

    name: str
    #: Where it will be, for the commands in its comments.
    file: str
    model: str
    half_life: str
    warm: Decimal
    hot: Decimal


def write(wanted: NewFile) -> str:
    """The text of a new file."""
    template = Template((DATA / "new_scoring.yaml").read_text("utf-8"))
    narrow = min(wanted.hot - wanted.warm, wanted.warm) / 2
    hysteresis = max(min(Decimal(5), narrow.quantize(Decimal("0.01"))), Decimal("0.01"))
    return template.substitute(
        name=wanted.name,
        file=wanted.file,
        model=wanted.model,
        half_life=wanted.half_life,
        warm=wanted.warm,
        hot=wanted.hot,
        hysteresis=hysteresis.normalize(),
        warm_whole=math.ceil(wanted.warm),
    )
