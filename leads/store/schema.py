"""The tables for the statements of the store.

Migrations and checks use the models in `leads.tables`, whose import takes three times as long; a
test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

from leads.store.columns import (
    agency,
    api,
    audits,
    changes,
    clients,
    companies,
    desk,
    exports,
    facts,
    finding,
    handovers,
    hours,
    inboxes,
    ledger,
    lists,
    logins,
    match_index,
    outcomes,
    outreach,
    pages,
    policies,
    predictions,
    scoring,
    shared_reports,
    signals,
    spending,
    verdicts,
    webhooks,
)
from leads.store.columns.build import METADATA, table

agency_setting: Table[agency.AgencySettingColumns] = table(
    "agency_setting", agency.AgencySettingColumns
)
client: Table[clients.ClientColumns] = table("client", clients.ClientColumns)
campaign: Table[clients.CampaignColumns] = table("campaign", clients.CampaignColumns)
app_user: Table[clients.UserColumns] = table("app_user", clients.UserColumns)
user_client: Table[clients.UserClientColumns] = table("user_client", clients.UserClientColumns)
user_default: Table[clients.UserDefaultColumns] = table("user_default", clients.UserDefaultColumns)
password: Table[logins.PasswordColumns] = table("password", logins.PasswordColumns)
login_link: Table[logins.LoginLinkColumns] = table("login_link", logins.LoginLinkColumns)
web_session: Table[logins.WebSessionColumns] = table("web_session", logins.WebSessionColumns)
second_factor: Table[logins.SecondFactorColumns] = table(
    "second_factor", logins.SecondFactorColumns
)
recovery_code: Table[logins.RecoveryCodeColumns] = table(
    "recovery_code", logins.RecoveryCodeColumns
)
login_identity: Table[logins.LoginIdentityColumns] = table(
    "login_identity", logins.LoginIdentityColumns
)
inbox: Table[inboxes.InboxColumns] = table("inbox", inboxes.InboxColumns)
inbox_message: Table[inboxes.InboxMessageColumns] = table(
    "inbox_message", inboxes.InboxMessageColumns
)
inbox_refusal: Table[inboxes.InboxRefusalColumns] = table(
    "inbox_refusal", inboxes.InboxRefusalColumns
)
api_token: Table[api.ApiTokenColumns] = table("api_token", api.ApiTokenColumns)
api_answer: Table[api.ApiAnswerColumns] = table("api_answer", api.ApiAnswerColumns)
shared_report: Table[shared_reports.SharedReportColumns] = table(
    "shared_report", shared_reports.SharedReportColumns
)
icp_version: Table[clients.IcpVersionColumns] = table("icp_version", clients.IcpVersionColumns)

raw_list: Table[lists.RawListColumns] = table("list", lists.RawListColumns)
list_import: Table[lists.ImportColumns] = table("import", lists.ImportColumns)
column_map: Table[lists.ColumnMapColumns] = table("column_map", lists.ColumnMapColumns)
record: Table[lists.RecordColumns] = table("record", lists.RecordColumns)

company: Table[companies.CompanyColumns] = table("company", companies.CompanyColumns)
company_change: Table[changes.CompanyChangeColumns] = table(
    "company_change", changes.CompanyChangeColumns
)
verdict_pass: Table[changes.VerdictPassColumns] = table("verdict_pass", changes.VerdictPassColumns)
company_link: Table[companies.CompanyLinkColumns] = table(
    "company_link", companies.CompanyLinkColumns
)
judgement: Table[companies.JudgementColumns] = table("judgement", companies.JudgementColumns)
review_pair: Table[companies.ReviewPairColumns] = table("review_pair", companies.ReviewPairColumns)
match_base: Table[match_index.MatchBaseColumns] = table("match_base", match_index.MatchBaseColumns)
match_part: Table[match_index.MatchPartColumns] = table("match_part", match_index.MatchPartColumns)
match_key: Table[match_index.MatchKeyColumns] = table("match_key", match_index.MatchKeyColumns)
unsure_pair: Table[companies.UnsurePairColumns] = table("unsure_pair", companies.UnsurePairColumns)
match_model: Table[companies.MatchModelColumns] = table("match_model", companies.MatchModelColumns)

fact: Table[facts.FactColumns] = table("fact", facts.FactColumns)
retraction: Table[facts.RetractionColumns] = table("retraction", facts.RetractionColumns)

fact_audit: Table[audits.FactAuditColumns] = table("fact_audit", audits.FactAuditColumns)
fact_audit_item: Table[audits.FactAuditItemColumns] = table(
    "fact_audit_item", audits.FactAuditItemColumns
)
fact_judgement: Table[audits.FactJudgementColumns] = table(
    "fact_judgement", audits.FactJudgementColumns
)

page: Table[pages.PageColumns] = table("page", pages.PageColumns)
site: Table[pages.SiteColumns] = table("site", pages.SiteColumns)
opted_out_host: Table[pages.OptedOutHostColumns] = table(
    "opted_out_host", pages.OptedOutHostColumns
)
page_body: Table[pages.PageBodyColumns] = table("page_body", pages.PageBodyColumns)
crawl: Table[pages.CrawlColumns] = table("crawl", pages.CrawlColumns)

site_finding: Table[finding.SiteFindingColumns] = table("site_finding", finding.SiteFindingColumns)
name_look_up: Table[finding.NameLookUpColumns] = table("name_look_up", finding.NameLookUpColumns)

source_question: Table[spending.SourceQuestionColumns] = table(
    "source_question", spending.SourceQuestionColumns
)
source_question_key: Table[spending.SourceQuestionKeyColumns] = table(
    "source_question_key", spending.SourceQuestionKeyColumns
)
source_turn: Table[spending.SourceTurnColumns] = table("source_turn", spending.SourceTurnColumns)
source_rest: Table[spending.SourceRestColumns] = table("source_rest", spending.SourceRestColumns)
spending_budget: Table[spending.SpendingBudgetColumns] = table(
    "spending_budget", spending.SpendingBudgetColumns
)
spending_cap: Table[spending.SpendingCapColumns] = table(
    "spending_cap", spending.SpendingCapColumns
)
spending_line: Table[spending.SpendingLineColumns] = table(
    "spending_line", spending.SpendingLineColumns
)

verdict: Table[verdicts.VerdictColumns] = table("verdict", verdicts.VerdictColumns)
relationship: Table[verdicts.RelationshipColumns] = table(
    "relationship", verdicts.RelationshipColumns
)

queue_entry: Table[outreach.QueueEntryColumns] = table("queue_entry", outreach.QueueEntryColumns)
lease: Table[outreach.LeaseColumns] = table("lease", outreach.LeaseColumns)
company_contact: Table[outreach.CompanyContactColumns] = table(
    "company_contact", outreach.CompanyContactColumns
)
company_key: Table[outreach.CompanyKeyColumns] = table("company_key", outreach.CompanyKeyColumns)
contact: Table[outreach.ContactColumns] = table("contact", outreach.ContactColumns)
consent: Table[outreach.ConsentColumns] = table("consent", outreach.ConsentColumns)
disposition: Table[outreach.DispositionColumns] = table("disposition", outreach.DispositionColumns)
desk_action: Table[desk.DeskActionColumns] = table("desk_action", desk.DeskActionColumns)
disposition_file: Table[desk.DispositionFileColumns] = table(
    "disposition_file", desk.DispositionFileColumns
)
channel_policy: Table[policies.ChannelPolicyColumns] = table(
    "channel_policy", policies.ChannelPolicyColumns
)
fact_doubt: Table[desk.FactDoubtColumns] = table("fact_doubt", desk.FactDoubtColumns)
holiday_year: Table[hours.HolidayYearColumns] = table("holiday_year", hours.HolidayYearColumns)
suppression: Table[outreach.SuppressionColumns] = table("suppression", outreach.SuppressionColumns)

signal: Table[signals.SignalColumns] = table("signal", signals.SignalColumns)
scoring_file: Table[scoring.ScoringFileColumns] = table("scoring_file", scoring.ScoringFileColumns)
campaign_file: Table[handovers.CampaignFileColumns] = table(
    "campaign_file", handovers.CampaignFileColumns
)
lead: Table[handovers.LeadColumns] = table("lead", handovers.LeadColumns)
lead_answer: Table[handovers.LeadAnswerColumns] = table("lead_answer", handovers.LeadAnswerColumns)
handover: Table[handovers.HandoverColumns] = table("handover", handovers.HandoverColumns)
company_score: Table[scoring.CompanyScoreColumns] = table(
    "company_score", scoring.CompanyScoreColumns
)
prediction_model: Table[predictions.PredictionModelColumns] = table(
    "prediction_model", predictions.PredictionModelColumns
)
company_chance: Table[predictions.CompanyChanceColumns] = table(
    "company_chance", predictions.CompanyChanceColumns
)

outcome_import: Table[outcomes.OutcomeImportColumns] = table(
    "outcome_import", outcomes.OutcomeImportColumns
)
outcome_effect: Table[outcomes.OutcomeEffectColumns] = table(
    "outcome_effect", outcomes.OutcomeEffectColumns
)

export: Table[exports.ExportColumns] = table("export", exports.ExportColumns)
export_row: Table[exports.ExportRowColumns] = table("export_row", exports.ExportRowColumns)

webhook: Table[webhooks.WebhookColumns] = table("webhook", webhooks.WebhookColumns)
webhook_message: Table[webhooks.WebhookMessageColumns] = table(
    "webhook_message", webhooks.WebhookMessageColumns
)

task: Table[ledger.TaskColumns] = table("task", ledger.TaskColumns)
task_watch: Table[ledger.TaskWatchColumns] = table("task_watch", ledger.TaskWatchColumns)
event: Table[ledger.EventColumns] = table("event", ledger.EventColumns)
failure: Table[ledger.FailureColumns] = table("failure", ledger.FailureColumns)
pruned_tasks: Table[ledger.PrunedTasksColumns] = table("pruned_tasks", ledger.PrunedTasksColumns)
pause: Table[ledger.PauseColumns] = table("pause", ledger.PauseColumns)
duty: Table[ledger.DutyColumns] = table("duty", ledger.DutyColumns)
crew: Table[ledger.CrewColumns] = table("crew", ledger.CrewColumns)
installation: Table[ledger.InstallationColumns] = table("installation", ledger.InstallationColumns)

#: Every table by its name.
TABLES: Mapping[str, Table[Any]] = METADATA.tables
#: The names of all tables of a Sluice database, Alembic's version table included.
NAMES: frozenset[str] = frozenset(TABLES) | {"alembic_version"}
