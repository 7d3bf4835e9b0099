"""Suppressions that come from another client, as a role that row-level security holds."""

import pytest

from tests.console.test_other_clients import *  # noqa: F403

pytestmark = pytest.mark.parametrize("database_url", ["restricted"], indirect=True)
