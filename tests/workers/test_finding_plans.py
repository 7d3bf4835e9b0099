"""What a search asks of the store does not grow with it: an index serves each statement."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from leads.store import name_look_ups, site_findings, site_states
from leads.store.name_look_ups import LookedUpName
from tests.leads.test_page_plans import Asked, scans
from tests.workers.agency import SITE, Agency

NAME = "Quorvian Pumpen GmbH"


@pytest.fixture
def asked(agency: Agency) -> Iterator[Asked]:
    """The statements that were sent, each with its values."""
    found: Asked = []

    def hear(_c: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            found.append((statement, values[0] if many else values))

    event.listen(agency.session.store.engine, "before_cursor_execute", hear)
    yield found
    event.remove(agency.session.store.engine, "before_cursor_execute", hear)


def test_an_index_serves_each_statement(agency: Agency, asked: Asked) -> None:
    agency.run(f"company,country\n{NAME},DE\n")
    held = agency.held(NAME)
    with agency.session.store.write() as tx:
        asked.clear()
        site_findings.put(tx, [held])
        site_findings.due(tx, agency.client_id, [held.company_id])
        site_findings.taken_by_machine(tx, [SITE])
        name_look_ups.looked_up(tx, [SITE])
        name_look_ups.keep_look_ups(tx, [LookedUpName(SITE, "found", (SITE,))])
        name_look_ups.drop_old_look_ups(tx, 10)
        site_states.resting(tx, [SITE])
        sent = list(asked)
        assert sent
        assert scans(tx, sent) == []
