"""Distances and openings: what is refused, in which line, and with which way out."""

import pytest

from leads.errors import UsageError
from qualify.profile.icp import load_icp
from tests.made_decisions import ask
from tests.made_facts import fact


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (
            "coordinates: {within_km: 5, of: [91, 4]}",
            r"icp.yaml:3: suspect\[1\].coordinates.of: is not a place",
        ),
        ("coordinates: {within_km: 5, of: [51.9]}", "of takes two numbers"),
        ("coordinates: {within_km: 5}", "of takes two numbers"),
        ("coordinates: {within_km: 0, of: [51.9, 4.5]}", "within_km takes kilometres"),
        ("coordinates: {within_km: -3, of: [51.9, 4.5]}", "within_km takes kilometres"),
        ("coordinates: {within_km: 30000, of: [51.9, 4.5]}", "within_km takes kilometres"),
        ("coordinates: {within_km: 5, off: [51.9, 4.5]}", "did you mean of"),
        ("coordinates: [51.9, 4.5]", "within_km and of belong here"),
        ("coordinates: {within_km: 5, of: [nan, 4.5]}", "is not a place"),
        ("hiring: {}", "title and within_days belong here"),
        ("hiring: {titel: [SDR]}", "did you mean title"),
        ("hiring: {title: []}", "the words are missing"),
        ("hiring: {title: [SDR], within_days: 0}", "from 1 to 3650"),
        ("hiring: {title: [SDR], within_days: soon}", "is not a number"),
        ("within_km: 5", "did you mean coordinates"),
        ("jobs: [SDR]", "did you mean hiring"),
    ],
)
def test_what_makes_no_sense_is_refused(question: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load_icp(f"icp: x\nversion: 1\nsuspect: [{{{question}}}]", "icp.yaml")


@pytest.mark.parametrize(
    ("question", "title", "answer"),
    [
        ("hiring: [CTO]", "Director of Sales", "unknown"),
        ("hiring: [CTO]", "CTO (m/w/d)", "yes"),
        ("hiring: [sales development]", "Sales-Development Rep", "yes"),
        ("hiring: {within_days: 45}", "Cook", "yes"),
    ],
)
def test_titles_are_matched_by_whole_words(question: str, title: str, answer: str) -> None:
    assert ask(f"{{{question}}}", fact("job_opening", title)).answer == answer
