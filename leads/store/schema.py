"""The tables as SQLAlchemy sees them, for the statements of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import SQLModel

import leads.tables  # noqa: F401  (fills the metadata)

if TYPE_CHECKING:
    from sqlalchemy import Table

    from leads.store.columns import (
        clients,
        companies,
        facts,
        ledger,
        lists,
        outreach,
        pages,
        verdicts,
    )

_TABLES: Any = SQLModel.metadata.tables
#: Every table of a Sluice database, Alembic's version table included.
NAMES: frozenset[str] = frozenset(_TABLES) | {"alembic_version"}

client: Table[clients.ClientColumns] = _TABLES["client"]
campaign: Table[clients.CampaignColumns] = _TABLES["campaign"]
app_user: Table[clients.UserColumns] = _TABLES["app_user"]
user_client: Table[clients.UserClientColumns] = _TABLES["user_client"]
icp_version: Table[clients.IcpVersionColumns] = _TABLES["icp_version"]

raw_list: Table[lists.RawListColumns] = _TABLES["list"]
list_import: Table[lists.ImportColumns] = _TABLES["import"]
column_map: Table[lists.ColumnMapColumns] = _TABLES["column_map"]
record: Table[lists.RecordColumns] = _TABLES["record"]

company: Table[companies.CompanyColumns] = _TABLES["company"]
company_link: Table[companies.CompanyLinkColumns] = _TABLES["company_link"]
judgement: Table[companies.JudgementColumns] = _TABLES["judgement"]

fact: Table[facts.FactColumns] = _TABLES["fact"]
retraction: Table[facts.RetractionColumns] = _TABLES["retraction"]

page: Table[pages.PageColumns] = _TABLES["page"]
page_body: Table[pages.PageBodyColumns] = _TABLES["page_body"]
crawl: Table[pages.CrawlColumns] = _TABLES["crawl"]

verdict: Table[verdicts.VerdictColumns] = _TABLES["verdict"]
relationship: Table[verdicts.RelationshipColumns] = _TABLES["relationship"]

queue_entry: Table[outreach.QueueEntryColumns] = _TABLES["queue_entry"]
lease: Table[outreach.LeaseColumns] = _TABLES["lease"]
disposition: Table[outreach.DispositionColumns] = _TABLES["disposition"]
company_contact: Table[outreach.CompanyContactColumns] = _TABLES["company_contact"]
company_key: Table[outreach.CompanyKeyColumns] = _TABLES["company_key"]
suppression: Table[outreach.SuppressionColumns] = _TABLES["suppression"]

task: Table[ledger.TaskColumns] = _TABLES["task"]
task_watch: Table[ledger.TaskWatchColumns] = _TABLES["task_watch"]
event: Table[ledger.EventColumns] = _TABLES["event"]
failure: Table[ledger.FailureColumns] = _TABLES["failure"]
pruned_tasks: Table[ledger.PrunedTasksColumns] = _TABLES["pruned_tasks"]
pause: Table[ledger.PauseColumns] = _TABLES["pause"]
duty: Table[ledger.DutyColumns] = _TABLES["duty"]
crew: Table[ledger.CrewColumns] = _TABLES["crew"]
installation: Table[ledger.InstallationColumns] = _TABLES["installation"]
