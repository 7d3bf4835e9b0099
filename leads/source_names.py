"""What sources are called where many of them are counted as one."""

from __future__ import annotations

#: The prefix of a source, and the one name of all sources with that prefix: all sites count as one
#: source, and so do all people.
TOGETHER = {"site:": "site", "user:": "user"}


def source_name(source: str) -> str:
    """`site` for every site, `user` for every person; others, such as `list:fair`, as they are."""
    for prefix, name in TOGETHER.items():
        if source.startswith(prefix):
            return name
    return source
