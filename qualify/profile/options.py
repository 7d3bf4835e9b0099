"""What every criterion may carry beside its question: `id`, `if_unknown`, `max_age`,
`min_confidence`, `scope`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from leads.facts import Scope
from leads.yaml_mistakes import did_you_mean, mistake
from leads.yaml_tree import Mapping, Node, Scalar
from qualify.profile.criteria import IfUnknown

KEYS = ("id", "if_unknown", "max_age", "min_confidence", "scope")

_ID = re.compile(r"[A-Za-z0-9][\w.:-]{0,63}", re.ASCII)
_AGE = re.compile(r"(\d{1,4})\s*(?:(d|days?)|(m|months?)|(y|years?))?", re.IGNORECASE | re.ASCII)
_SHARE = re.compile(r"0|1|0?\.\d{1,4}|1\.0{1,4}|(\d{1,3})\s?%", re.ASCII)

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Options:
    """How a criterion is to be answered; members of a group begin with those of the group."""

    if_unknown: IfUnknown = IfUnknown.WAIT
    max_age_days: int | None = None
    min_confidence: float = 0.0
    scope: Scope | None = None


def read_options(node: Mapping, inherited: Options) -> Options:
    """The options of one criterion, those not given taken from `inherited`; what is done when
    unknown is never inherited.
    """
    unknown, age, share, scope = (
        node.get(key) for key in ("if_unknown", "max_age", "min_confidence", "scope")
    )
    return Options(
        if_unknown=IfUnknown.WAIT if unknown is None else choice(unknown, IfUnknown),
        max_age_days=inherited.max_age_days if age is None else _days(age),
        min_confidence=inherited.min_confidence if share is None else _share(share),
        scope=inherited.scope if scope is None else choice(scope, Scope),
    )


def read_id(node: Mapping) -> str:
    """The criterion's own id, empty when it has none."""
    given = node.get("id")
    if given is None:
        return ""
    if not isinstance(given, Scalar) or not _ID.fullmatch(given.text):
        raise mistake(
            given,
            "an id is one word of at most 64 letters, digits, dots and dashes",
            "such as id: sector",
        )
    return given.text


def choice(node: Node, choices: type[_Choice]) -> _Choice:
    """One of a few words."""
    text = node.text if isinstance(node, Scalar) else ""
    if text not in list(choices):
        listed = ", ".join(choices)
        raise mistake(
            node, f"{text or 'nothing'} is not one of {listed}{did_you_mean(text, choices)}"
        )
    return choices(text)


def _days(node: Node) -> int:
    match = _AGE.fullmatch(node.text) if isinstance(node, Scalar) else None
    number = int(match[1]) if match else 0
    if not match or not number:
        raise mistake(node, "is not an age", "write for instance 540 days, 18 months or 2 years")
    # A month counts 31 days and a year 366, so that "2 years" never ends a day early.
    return number * (366 if match[4] else 31 if match[3] else 1)


def _share(node: Node) -> float:
    match = _SHARE.fullmatch(node.text) if isinstance(node, Scalar) else None
    share = 2.0 if not match else int(match[1]) / 100 if match[1] else float(match[0])
    if share > 1:
        raise mistake(node, "is not a number from 0 to 1", "write for instance 0.7")
    return share
