"""The rows of the database: one file per family, all of them in one metadata.

Every row that belongs to a client carries `client_id`, and foreign keys between such rows include
it, so that a reference across clients cannot be stored.
"""

from leads.tables.agency import AgencySetting
from leads.tables.api import ApiAnswer, ApiToken
from leads.tables.audits import FactAudit, FactAuditItem, FactJudgement
from leads.tables.changes import CompanyChange, VerdictPass
from leads.tables.clients import Campaign, Client, IcpVersion, User, UserClient, UserDefault
from leads.tables.companies import (
    Company,
    CompanyLink,
    Judgement,
    MatchModel,
    ReviewPair,
    UnsurePair,
)
from leads.tables.contacts import Consent, Contact
from leads.tables.desk import DeskAction, DispositionFile, FactDoubt
from leads.tables.exports import Export, ExportRow
from leads.tables.facts import Fact, Retraction
from leads.tables.finding import NameLookUp, SiteFinding
from leads.tables.handovers import CampaignFile, Handover, Lead, LeadAnswer
from leads.tables.hours import HolidayYear
from leads.tables.inboxes import Inbox, InboxMessage, InboxRefusal
from leads.tables.ledger import Crew, Duty, Event, Failure, Installation, Pause, Task, TaskWatch
from leads.tables.lists import ColumnMap, Import, RawList, Record
from leads.tables.logins import (
    LoginIdentity,
    LoginLink,
    Password,
    RecoveryCode,
    SecondFactor,
    WebSession,
)
from leads.tables.match_index import MatchBase, MatchKey, MatchPart
from leads.tables.outcomes import OutcomeEffect, OutcomeImport
from leads.tables.outreach import Disposition, Lease, QueueEntry
from leads.tables.pages import Crawl, OptedOutHost, Page, PageBody, Site
from leads.tables.policies import ChannelPolicy
from leads.tables.predictions import CompanyChance, PredictionModel
from leads.tables.pruned_tasks import PrunedTasks
from leads.tables.scoring import CompanyScore, ScoringFile
from leads.tables.shared_reports import SharedReport
from leads.tables.signals import Signal
from leads.tables.spending import (
    SourceQuestion,
    SourceQuestionKey,
    SourceRest,
    SourceTurn,
    SpendingBudget,
    SpendingCap,
    SpendingLine,
)
from leads.tables.suppressions import CompanyContact, CompanyKey, Suppression
from leads.tables.verdicts import Relationship, Verdict
from leads.tables.webhooks import Webhook, WebhookMessage

__all__ = [
    "AgencySetting",
    "ApiAnswer",
    "ApiToken",
    "Campaign",
    "CampaignFile",
    "ChannelPolicy",
    "Client",
    "ColumnMap",
    "Company",
    "CompanyChance",
    "CompanyChange",
    "CompanyContact",
    "CompanyKey",
    "CompanyLink",
    "CompanyScore",
    "Consent",
    "Contact",
    "Crawl",
    "Crew",
    "DeskAction",
    "Disposition",
    "DispositionFile",
    "Duty",
    "Event",
    "Export",
    "ExportRow",
    "Fact",
    "FactAudit",
    "FactAuditItem",
    "FactDoubt",
    "FactJudgement",
    "Failure",
    "Handover",
    "HolidayYear",
    "IcpVersion",
    "Import",
    "Inbox",
    "InboxMessage",
    "InboxRefusal",
    "Installation",
    "Judgement",
    "Lead",
    "LeadAnswer",
    "Lease",
    "LoginIdentity",
    "LoginLink",
    "MatchBase",
    "MatchKey",
    "MatchModel",
    "MatchPart",
    "NameLookUp",
    "OptedOutHost",
    "OutcomeEffect",
    "OutcomeImport",
    "Page",
    "PageBody",
    "Password",
    "Pause",
    "PredictionModel",
    "PrunedTasks",
    "QueueEntry",
    "RawList",
    "Record",
    "RecoveryCode",
    "Relationship",
    "Retraction",
    "ReviewPair",
    "ScoringFile",
    "SecondFactor",
    "SharedReport",
    "Signal",
    "Site",
    "SiteFinding",
    "SourceQuestion",
    "SourceQuestionKey",
    "SourceRest",
    "SourceTurn",
    "SpendingBudget",
    "SpendingCap",
    "SpendingLine",
    "Suppression",
    "Task",
    "TaskWatch",
    "UnsurePair",
    "User",
    "UserClient",
    "UserDefault",
    "Verdict",
    "VerdictPass",
    "WebSession",
    "Webhook",
    "WebhookMessage",
]
