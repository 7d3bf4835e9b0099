"""An SDR's day on pages, as a role that row-level security holds."""

import pytest

from tests.web.test_sdr_day import *  # noqa: F403

pytestmark = pytest.mark.parametrize("database_url", ["restricted"], indirect=True)
