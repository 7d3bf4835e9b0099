"""What the tests of the separation of clients get."""

from tests.api.conftest import program
from tests.console.conftest import database, queued, sluice
from tests.outreach.conftest import world
from tests.web.conftest import address, log_in

__all__ = ["address", "database", "log_in", "program", "queued", "sluice", "world"]
