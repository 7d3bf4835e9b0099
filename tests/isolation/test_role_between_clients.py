"""Companies that two clients work, as a role that row-level security holds."""

import pytest

from tests.console.test_between_clients import *  # noqa: F403

pytestmark = pytest.mark.parametrize("database_url", ["restricted"], indirect=True)
