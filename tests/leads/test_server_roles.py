"""Addresses of roles of PostgreSQL: what is shown holds no password but a new role's own."""

import pytest
from sqlalchemy import make_url

from leads.store.server_roles import address_as, without_password
from tests.console.conftest import Sluice, sluice

__all__ = ["sluice"]

OWNERS = "owners-secret"
GIVEN = [
    f"postgresql://owner:{OWNERS}@db.example:5433/sales",
    f"postgresql://owner@db.example:5433/sales?password={OWNERS}",
    f"postgresql://db.example:5433/sales?user=owner&password={OWNERS}&sslpassword={OWNERS}",
]


@pytest.mark.parametrize("url", GIVEN)
def test_no_address_holds_the_owners_password(url: str) -> None:
    place = "db.example:5433/sales"
    assert address_as(url, "app", None) == f"postgresql://app@{place}"
    assert address_as(url, "app", "p@w") == f"postgresql://app:p%40w@{place}"
    shown = without_password(url)
    assert "owner" in shown
    assert OWNERS not in shown


def test_the_rest_of_an_address_stays() -> None:
    url = "postgresql+psycopg://owner:x@/sales?host=/run/postgresql&sslmode=require"
    kept = "/sales?host=%2Frun%2Fpostgresql&sslmode=require"
    assert address_as(url, "app", None) == f"postgresql+psycopg://app@{kept}"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_role_that_exists_is_granted_again(
    database_url: str, restricted_role: str, sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = make_url(database_url)
    if not url.password:
        url = url.set(password=OWNERS)
    monkeypatch.setenv("SLUICE_DATABASE_URL", url.render_as_string(hide_password=False))
    said = sluice("db", "role", restricted_role).out
    told = sluice("db", "role", restricted_role, "--json").json
    assert make_url(told["url"]).username == restricted_role
    assert [str(url.password) in text for text in (said, *map(str, told.values()))] == [False] * (
        1 + len(told)
    )
