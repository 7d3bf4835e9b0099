"""What the head of a card shows of a company's facts."""

from outreach.card import details
from tests.made_facts import fact


def test_the_card_says_how_many_pages_need_a_browser() -> None:
    looks = [fact("coverage", one, source="site:a.example") for one in ("home:1", "pages:1")]
    assert "unread pages" not in details(looks)
    unread = fact("coverage", "needs_browser:3", source="site:a.example")
    assert details([*looks, unread])["unread pages"] == ["3 (scripts fill them in a browser)"]
    walled = fact("coverage", "unread_login_wall:2", source="site:a.example")
    assert details([*looks, walled])["unread pages"] == ["2 (login wall)"]


def test_other_facts_about_coverage_are_not_shown() -> None:
    look = fact("coverage", "headers:1", source="site:a.example")
    assert details([look, fact("city", "Berlin")]) == {"city": ["Berlin"]}
