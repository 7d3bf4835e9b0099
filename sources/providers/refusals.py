"""What an answer without a company means, by the table of a provider's file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sources.answers import Answer, Outcome
from sources.exchange import Response
from sources.limits.statuses import usual_outcome
from sources.limits.waits import retry_after, wait_until
from sources.providers.facts import described
from sources.providers.file import ProviderFile, Rule
from sources.providers.paths import parse_path, reach
from sources.providers.readers import text_of

#: Outcomes after which a source may be asked again.
_LATER = frozenset({Outcome.RATE_LIMITED, Outcome.QUOTA_USED_UP, Outcome.FAILED})


def refusal(file: ProviderFile, response: Response, document: Any) -> Answer | None:
    """Return what a response means by the table of the file, else by its status.

    `document` is the body as JSON, None if it is none. None: it is an answer to be read.
    """
    for rule in file.errors:
        if rule.status == response.status and _fits(rule, document):
            outcome = Outcome(rule.outcome)
            wait = _wait(rule, response, document) if outcome in _LATER else None
            return Answer(outcome=outcome, reason=_reason(file, rule, document), not_before=wait)
    if response.status == 200:
        return None
    outcome = usual_outcome(response.status)
    return Answer(
        outcome=outcome,
        reason=f"{file.title} answered {response.status}, which `errors:` of its file does not explain",
        not_before=retry_after(response) if outcome in _LATER else None,
    )


def _fits(rule: Rule, document: Any) -> bool:
    if rule.path is None:
        return True
    found = reach(parse_path(rule.path), document)
    if rule.empty:
        return document is not None and found.is_empty
    return any(_same(one, rule.equals or "") for one in found.values)


def _same(raw: Any, wanted: str) -> bool:
    return (described(raw) if isinstance(raw, bool) else text_of(raw)) == wanted


def _reason(file: ProviderFile, rule: Rule, document: Any) -> str:
    said = f"{file.title} answered {rule.status}"
    if rule.path is None:
        return f"{said}: {rule.outcome}"
    found = reach(parse_path(rule.path), document).values
    return f"{said} with {rule.path} {described(found[0]) if found else 'empty'}: {rule.outcome}"


def _wait(rule: Rule, response: Response, document: Any) -> datetime | None:
    """When the source may be asked again, from the place that the rule names, else as usual."""
    found = None
    if rule.wait_header:
        found = wait_until(response.header(rule.wait_header), response)
    if found is None and rule.wait_path:
        values = reach(parse_path(rule.wait_path), document).values
        text = str(values[0]) if values and not isinstance(values[0], (dict, list)) else ""
        found = wait_until(text, response)
    return found or retry_after(response)
