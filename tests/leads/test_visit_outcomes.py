"""Every way a visit ends is known to whoever reads it."""

import pytest

from console.web.pages.crawl_health import WORDS
from enrich.finding.lacks import lacks_of_sites
from leads.visit_outcomes import ANOTHER_TIME, CAUSE_OF, Cause, Outcome, Unvisited

#: What a person can do nothing about: the guard stops it, or another domain is looked at next.
SILENT = {Outcome.OK, Outcome.BLOCKED_ADDRESS, Outcome.REDIRECTED_AWAY}


def test_every_outcome_but_ok_has_one_cause_and_every_cause_its_words() -> None:
    assert set(CAUSE_OF) == set(Outcome) - {Outcome.OK}
    assert set(CAUSE_OF.values()) == set(Cause) == set(WORDS)


@pytest.mark.parametrize("outcome", [*Outcome, *Unvisited])
def test_a_site_that_was_not_read_says_what_helps(outcome: Outcome | Unvisited) -> None:
    told = lacks_of_sites([("acme.example", outcome, "why")])
    if outcome in SILENT:
        assert told == ()
        return
    (says,) = told
    assert "acme.example" in says
    assert says.startswith("a visit another time") == (outcome in ANOTHER_TIME)
