"""What a response of a register means where it holds no data."""

from __future__ import annotations

from typing import Any

from sources.answers import Answer, Outcome
from sources.exchange import Response
from sources.limits.statuses import usual_outcome
from sources.limits.waits import retry_after

_WORDS = {
    Outcome.NOT_ALLOWED: "does not allow the question",
    Outcome.RATE_LIMITED: "wants fewer questions",
    Outcome.QUOTA_USED_UP: "has no quota left",
}
#: The entry is not there, or no longer.
MISSING = frozenset({404, 410})


def read(response: Response, title: str) -> Any | Answer:
    """The JSON of a response; an answer that says why where there is none."""
    if response.status != 200:
        return refused(response, title)
    try:
        return response.json()
    except ValueError:
        return failed(title, f"sent {_kind(response)} instead of JSON")


def refused(response: Response, title: str) -> Answer:
    """The answer for a status other than 200."""
    if response.status == 0:
        return failed(title, f"did not answer: {response.failure}".removesuffix(": "))
    outcome = usual_outcome(response.status)
    said = _WORDS.get(outcome, "failed")
    reason = f"{title} {said} (status {response.status})"
    return Answer(outcome=outcome, reason=reason, not_before=retry_after(response))


def failed(title: str, what: str) -> Answer:
    """The answer where a register did something that nobody can use."""
    return Answer(outcome=Outcome.FAILED, reason=f"{title} {what}")


def changed(title: str, field: str) -> Answer:
    """The answer where a response lacks the field that holds everything else."""
    return failed(title, f"sent JSON without `{field}`: its format may have changed")


def no_match(title: str, erased: str = "") -> Answer:
    """The answer where a register knows no such company; `erased`: a number it has withdrawn."""
    said = "has withdrawn the entry" if erased else "knows no such company"
    numbers = (erased,) if erased else ()
    return Answer(outcome=Outcome.NO_MATCH, reason=f"{title} {said}", erased=numbers)


def _kind(response: Response) -> str:
    """What a body is, in a word."""
    begin = response.body[:200].lstrip().lower()
    if begin.startswith((b"<!doctype html", b"<html")):
        return "a page"
    return "something else" if begin else "nothing"
