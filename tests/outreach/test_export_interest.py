"""What an export says of a company's interest, in our words and in the client's."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from leads.interest import Interest, InterestMove
from leads.stages import Stage
from outreach.exports.company import ExportCompany
from outreach.exports.fields import FIELDS
from outreach.exports.profile import PROFILES
from outreach.exports.rows import Layout

LABELS = {"hot": "Heiss", "mql": "Marketing lead"}
DAY = datetime(2026, 11, 2, tzinfo=UTC)


def company(**shown: Any) -> ExportCompany:
    given: dict[str, Any] = {
        "engagement": 35,
        "temperature": "warm",
        "grid": "A2",
        "warm_at": None,
        "cold_at": None,
        "qualifications": (),
        "lead_stage": None,
        "reason": "a signal",
        "last_signals": (),
        "moved": InterestMove(DAY, 0, "cold", 35.0, 0.0, "+35"),
        "labels": LABELS,
    }
    return ExportCompany(
        company_id=UUID(int=1),
        name="Acme Ltd",
        stage=Stage.LEAD,
        reason="it showed interest",
        interest=Interest(**given | shown),
    )


def test_points_that_fade_make_no_changed_row_and_a_temperature_does() -> None:
    layout = Layout(PROFILES.find("plain"))

    def hashed(**shown: Any) -> str:
        return layout.hash_of(layout.cells(company(**shown)))

    assert hashed(engagement=35) == hashed(engagement=34)
    assert hashed(temperature="warm") != hashed(temperature="cold")


@pytest.mark.parametrize(
    ("field", "shown", "value"),
    [
        ("engagement", {"engagement": 0}, 0),
        ("temperature", {"temperature": "hot"}, "hot"),
        ("temperature_label", {"temperature": "hot"}, "Heiss"),
        ("temperature_label", {"temperature": "cold"}, "cold"),
        ("grid", {"grid": "B1"}, "B1"),
        ("grid", {"grid": None}, None),
        ("qualifications", {"qualifications": ("mql", "sql")}, ("mql", "sql")),
        ("qualification_labels", {"qualifications": ("mql", "sql")}, ("Marketing lead", "sql")),
        ("qualifications", {"qualifications": ()}, None),
        ("lead_stage", {"lead_stage": "mql"}, "mql"),
        ("lead_stage_label", {"lead_stage": "mql"}, "Marketing lead"),
        ("lead_stage_label", {"lead_stage": None}, None),
        ("score_reason", {}, "a signal"),
    ],
)
def test_interest_is_exported_in_our_words_and_in_the_clients(
    field: str, shown: dict[str, Any], value: object
) -> None:
    assert FIELDS[field].read(company(**shown)) == value
    assert FIELDS[field].read(replace(company(), interest=None)) is None
