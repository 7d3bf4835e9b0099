"""Limits of a crawl, as the settings name them."""

import pytest

from leads.errors import UsageError
from leads.settings import SETTINGS, load_settings
from spiders.limits import Limits, check_user_agent, limits_of


def test_the_settings_are_the_limits() -> None:
    assert limits_of(load_settings({})) == Limits()
    given = limits_of(
        load_settings({"SLUICE_CRAWL_SITES_AT_ONCE": "7", "SLUICE_CRAWL_DELAY": "1.5"})
    )
    assert (given.sites_at_once, given.delay) == (7, 1.5)


def test_every_setting_of_the_crawl_is_a_limit() -> None:
    names = [one.name for one in SETTINGS if one.name.startswith("crawl_")]
    assert names
    assert [name for name in names if not hasattr(Limits(), name[6:])] == []


@pytest.mark.parametrize("wrong", ["many", "", "-1", "0", "nan"])
def test_a_wrong_limit_is_refused(wrong: str) -> None:
    settings = {"SLUICE_CRAWL_SITES_AT_ONCE": wrong or "x"}
    with pytest.raises(UsageError, match="sites_at_once"):
        limits_of(load_settings(settings))


def test_nobody_crawls_without_a_name() -> None:
    with pytest.raises(UsageError, match="before you say who crawls") as caught:
        check_user_agent(load_settings({})["user_agent"])
    assert "SLUICE_USER_AGENT" in caught.value.hint
