"""The endpoints, one file per subject."""

from console.api.resources import (
    about,
    audits,
    clients,
    companies,
    contacts,
    duplicates,
    files,
    leads,
    lists,
    operations,
    prospects,
    queue,
    rereads,
    signals,
    sites,
    spending,
    suppressions,
)

#: In the order of the description.
RESOURCES = (
    about,
    prospects,
    queue,
    lists,
    signals,
    companies,
    duplicates,
    audits,
    sites,
    suppressions,
    contacts,
    leads,
    clients,
    files,
    spending,
    operations,
    rereads,
)
