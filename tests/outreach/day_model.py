"""What must not be contacted in the town, worked out apart from the product."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from leads.store.agency import DAYS
from tests.outreach.day_rows import Rows
from tests.outreach.day_town import ROWS, ref_of

Key = tuple[str, str]


@dataclass(frozen=True)
class Barred:
    """One suppression: for whom it counts, and what it names."""

    level: str
    client_id: UUID | None
    campaign_id: UUID | None
    keys: frozenset[Key]
    until: datetime | None = None
    #: Who suppressed it with a disposition, and may undo that; an erasure is nobody's.
    done_by: str | None = None
    lasts: bool = False

    def counts_for(self, client_id: UUID, campaign_id: UUID, at: datetime) -> bool:
        """Whether a campaign must heed it at that moment."""
        if self.until is not None and self.until <= at:
            return False
        if self.level in ("law", "agency"):
            return True
        if self.client_id != client_id:
            return False
        return self.level == "client" or self.campaign_id == campaign_id


@dataclass
class DayModel:
    """The suppressions that are in force, by their id."""

    barred: dict[UUID, Barred] = field(default_factory=dict)

    def why_not(self, rows: Rows, campaign_id: UUID, company_id: UUID, at: datetime) -> str | None:
        """Why a campaign must not contact a company; None when nothing says so."""
        client_id = rows.tables["campaign"][campaign_id]["client_id"]
        keys = keys_of(rows, rows.survivor(company_id))
        for request_id, one in self.barred.items():
            if one.keys & keys and one.counts_for(client_id, campaign_id, at):
                return f"suppressed by {request_id}: {one}"
        return None


def worked_elsewhere(rows: Rows, company_id: UUID, at: datetime) -> str | None:
    """Who else works a company for another client, or did so lately; None when nobody does."""
    client_id, mine = rows.tables["company"][company_id]["client_id"], points_of(rows, company_id)
    entries = rows.tables["queue_entry"]
    work = [
        (entries[row["queue_entry_id"]], row) for row in rows.live_leases() if row["until"] > at
    ]
    since = at - timedelta(days=DAYS)
    work += [
        (row, row) for row in rows["disposition"] if row["at"] > since and not row["undone_at"]
    ]
    for of, row in work:
        theirs = points_of(rows, rows.survivor(of["company_id"]))
        if of["client_id"] != client_id and mine & theirs:
            return f"{row['user']} works it for another client: {dict(row)}"
    return None


def points_of(rows: Rows, company_id: UUID) -> frozenset[Key]:
    """The ways to reach a company: two clients that know the same one mean the same company."""
    return frozenset(key for key in keys_of(rows, company_id) if key[0] != "company")


def keys_of(rows: Rows, company_id: UUID) -> frozenset[Key]:
    """The keys of everything that the lists say of a company now."""
    refs = {ref_of(one["raw"]) for one in rows.records_of(company_id)}
    return frozenset(key for ref in refs for key in ROWS[ref].keys)
