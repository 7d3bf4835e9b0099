"""The tables as SQLAlchemy sees them, for the statements of the store."""

from sqlmodel import SQLModel

import leads.tables  # noqa: F401  (fills the metadata)

_TABLES = SQLModel.metadata.tables
#: Every table of a database of ours, Alembic's mark of its version included.
NAMES = frozenset(_TABLES) | {"alembic_version"}

client, campaign, app_user, user_client, icp_version = (
    _TABLES[name] for name in ("client", "campaign", "app_user", "user_client", "icp_version")
)
raw_list, list_import, column_map, record = (
    _TABLES[name] for name in ("list", "import", "column_map", "record")
)
company, company_link, judgement = (
    _TABLES[name] for name in ("company", "company_link", "judgement")
)
fact, retraction = (_TABLES[name] for name in ("fact", "retraction"))
page, page_body, crawl = (_TABLES[name] for name in ("page", "page_body", "crawl"))
verdict, relationship = (_TABLES[name] for name in ("verdict", "relationship"))
queue_entry, lease, disposition, suppression = (
    _TABLES[name] for name in ("queue_entry", "lease", "disposition", "suppression")
)
company_contact, company_key = (_TABLES[name] for name in ("company_contact", "company_key"))
task, event, failure = (_TABLES[name] for name in ("task", "event", "failure"))
pause, duty, crew, installation = (
    _TABLES[name] for name in ("pause", "duty", "crew", "installation")
)
