"""Which sources can answer which question; the table is `qualify/data/sources.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from leads.attributes import CUSTOM
from leads.facts import Scope
from qualify.profile.criteria import Criterion, Leaf
from qualify.words.phrases import noun


@cache
def answerers() -> dict[str, Any]:
    """`only_pages`, `only_lists` and `of_groups` by attribute, `most_sure` by kind of source,
    `certificates` as a list.
    """
    text = (Path(__file__).parent.parent / "data" / "sources.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader builds text only.
    return table


def doubts(criterion: Criterion, leaf: Leaf) -> Iterator[tuple[str, str]]:
    """List why a question may never be answered, as level (`warning`, `note`) and message."""
    name, table = leaf.attribute, answerers()
    if name.startswith(CUSTOM):
        yield (
            "warning",
            f"only a list with the column {name.removeprefix(CUSTOM)!r} can answer it, or a person",
        )
        return
    surest = float(table["most_sure"]["lists" if name in table["only_lists"] else "pages"])
    if criterion.min_confidence > surest:
        yield (
            "warning",
            (
                f"no source of a {noun(name)} has a confidence above {surest:g}, so only a person"
                " can answer it"
            ),
        )
    if criterion.scope is Scope.GROUP and name not in table["of_groups"]:
        yield (
            "warning",
            (
                f"no source states the {noun(name)} of a whole group; leave scope out, or let a"
                " person answer"
            ),
        )
    elif name in table["only_pages"]:
        yield (
            "warning",
            "only a company's own pages can answer it: it stays unknown without a crawl",
        )
    elif name in table["only_lists"]:
        yield "note", f"only a list can state the {noun(name)}: pages are not read for it"
