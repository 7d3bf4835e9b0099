"""The saved sites of the benches, with the NACE 2.0 divisions that were read from them by eye."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.industry_texts import OWN
from enrich.document import read
from enrich.industry.passages import passages
from enrich.page import Page, decode
from leads.lexicon.domains import registrable
from leads.lexicon.reference import read_yaml

#: The pages were saved then.
_SAVED = datetime(2015, 6, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LabelledSite:
    """A site, its texts with how much each counts, and the divisions of which any is right."""

    domain: str
    passages: Sequence[tuple[str, float]]
    divisions: tuple[str, ...]


def labelled_sites(data: Path) -> list[LabelledSite]:
    """Return the saved sites in the order of their domains."""
    divisions = read_yaml((OWN / "sites.yaml").read_bytes())
    pages: dict[str, list[Page]] = {}
    for page in _pages(data / "pages"):
        pages.setdefault(registrable(page.url) or page.url, []).append(page)
    return [
        LabelledSite(domain, [one for page in pages[domain] for one in passages(read(page))], named)
        for domain, named in sorted((one, tuple(said.split())) for one, said in divisions.items())
        if domain in pages
    ]


def _pages(folder: Path) -> Iterator[Page]:
    seen: set[str] = set()
    with (folder / "labels.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            # The first page of a site is its home page, whatever its address was.
            kind = "other" if row["url"] in seen else "home"
            seen.add(row["url"])
            html = decode((folder / "html" / row["page"]).read_bytes(), {})
            yield Page(row["url"], html, {}, 200, _SAVED, kind)
