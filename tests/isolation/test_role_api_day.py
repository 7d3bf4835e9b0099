"""A program's day, as a role that row-level security holds."""

import pytest

from tests.api.test_day import *  # noqa: F403

pytestmark = pytest.mark.parametrize("database_url", ["restricted"], indirect=True)
