"""The technology engine: its cost beside the naive loop and a peer, and what our rules find."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bench.figures import Figures
from bench.peer_run import Peer, environment
from enrich.detecting import naive
from enrich.detecting.detector import Detector
from enrich.detecting.engine import Engine
from enrich.detecting.loaded import brought_rules, of_rules
from enrich.detecting.pack import own_pack
from enrich.detecting.rules import Hit
from enrich.detecting.surface import Surface
from leads.collection import frozen_collection

DATA = Path(os.environ.get("SLUICE_BENCH_DATA", "."))
RULES = DATA / "fingerprints" / "httparchive-wappalyzer.json"
HERE = Path(__file__).parent
HEADERS = {"server": "Apache/2.4.7 (Ubuntu)", "x-powered-by": "PHP/5.5.9"}
#: One round with `--small`; a peer alone takes half a minute.
ROUNDS = 1 if "--small" in sys.argv else 3
PEER = Peer(
    "python-wappalyzer",
    "wappalyzer_.py",
    "python-Wappalyzer 0.3.1",
    0,
    (),
    ("python-Wappalyzer==0.3.1", "setuptools<81"),
)
Page = tuple[str, str, str]


def technologies(figures: Figures) -> None:
    """Measure cost, equality, and what is found."""
    pages = _pages()
    brought = brought_rules(RULES)
    ours = own_pack().ruleset
    figures.at_least("rules of ours", len(ours.rules), "")
    figures.at_least("technologies of ours", len(ours.technologies), "", 500)
    for backend, goal in (("aho-corasick", 60), ("hyperscan", 120)):
        engine = of_rules(brought, backend).engine
        engine.prepare()
        _beside_naive(figures, engine, pages, f"{len(brought.rules):,} rules, {backend}", goal)
    _beside_peer(figures, of_rules(ours), pages)
    _found(figures, of_rules(brought), of_rules(ours), pages)


def _pages() -> list[Page]:
    folder = DATA / "pages"
    labels = map(json.loads, (folder / "labels.jsonl").read_text("utf-8").splitlines())
    return [
        (
            row["page"],
            row["url"],
            (folder / "html" / row["page"]).read_bytes().decode("utf-8", "replace"),
        )
        for row in labels
    ]


def _surface(page: Page) -> Surface:
    return Surface(page[2], page[1], HEADERS)


def _cost(work: Callable[[Page], Any], pages: Sequence[Page]) -> float:
    """CPU milliseconds a page; collections as in workers."""
    with frozen_collection():
        started = time.process_time()
        for page in pages:
            work(page)
        return 1000 * (time.process_time() - started) / len(pages)


def _beside_naive(
    figures: Figures, engine: Engine, pages: Sequence[Page], name: str, goal: float
) -> None:
    def fast(page: Page) -> tuple[Hit, ...]:
        return engine.hits(_surface(page))

    def slow(page: Page) -> tuple[Hit, ...]:
        return naive.hits(engine, _surface(page))

    different = sum(_told(fast(page)) != _told(slow(page)) for page in pages)
    rounds = [(_cost(slow, pages), _cost(fast, pages)) for _ in range(ROUNDS)]
    figures.at_most(f"{name}: pages that differ from the naive loop", different, "", 0)
    figures.at_most(f"{name}: CPU a page", statistics.median(one for _, one in rounds), "ms")
    figures.at_most(f"{name}: naive loop", statistics.median(one for one, _ in rounds), "ms")
    ratio = statistics.median(one / other for one, other in rounds)
    figures.at_least(f"{name}: naive loop to engine", ratio, "times", goal)


def _told(hits: Sequence[Hit]) -> list[tuple[object, str | None, int]]:
    return [(hit.rule, hit.version, hit.rule.confidence) for hit in hits]


def _beside_peer(figures: Figures, ours: Detector, pages: Sequence[Page]) -> None:
    ours.engine.prepare()
    python = environment(PEER, Path(tempfile.gettempdir()) / "sluice-peers")
    files = [str(DATA / "pages" / "html" / page[0]) for page in pages]
    rounds = []
    for _ in range(ROUNDS):
        mine = _cost(lambda page: ours.engine.hits(_surface(page)), pages)
        rounds.append((_peer(python, files)["ms"], mine))
    figures.at_most("our rules: CPU a page", statistics.median(one for _, one in rounds), "ms")
    theirs = statistics.median(one for one, _ in rounds)
    figures.at_most("python-Wappalyzer 0.3.1: CPU a page", theirs, "ms")
    ratio = statistics.median(one / other for one, other in rounds)
    figures.at_least("python-Wappalyzer to ours", ratio, "times", 60)


def _peer(python: Path, files: Sequence[str]) -> Mapping[str, Any]:
    program = str(HERE / "peers" / PEER.program)
    command = [str(python), "-W", "ignore", program, *files]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _found(figures: Figures, theirs: Detector, ours: Detector, pages: Sequence[Page]) -> None:
    """Compare what direct evidence of both sets of rules shows, by the categories of an ICP."""
    choice = yaml.safe_load((HERE / "evidence_technologies.yaml").read_text("utf-8"))
    judged = {*choice["right"], *choice["wrong"]}
    expected, found, wrong, every = 0, 0, 0, 0
    unjudged: set[str] = set()
    missing: dict[str, int] = {}
    for page in pages:
        surface = Surface(page[2], page[1])
        wanted, shown = _wanted(theirs, surface, choice)
        mine = {hit.rule.slug for hit in ours.engine.hits(surface) if not hit.rule.mentions}
        expected += len(wanted)
        found += len(wanted & mine)
        for slug in wanted - mine:
            missing[slug] = missing.get(slug, 0) + 1
        extra = mine - shown
        every += len(mine)
        wrong += len(extra & set(choice["wrong"]))
        unjudged |= extra - judged
    figures.at_least("ICP technologies of the public rules on these pages", expected, "")
    figures.at_least("found by our rules", found / max(expected, 1), "", 0.95)
    named = ", ".join(f"{slug} {count}" for slug, count in sorted(missing.items()))
    figures.lines.append(f"| not found, with pages | {named or 'none'} |  |")
    figures.at_most("our detections judged false, of all", wrong / max(every, 1), "", 0.01)
    figures.at_most("technologies without a judgement", len(unjudged), "", 0)
    if unjudged:
        figures.lines.append(f"| without a judgement | {', '.join(sorted(unjudged))} |  |")


def _wanted(
    theirs: Detector, surface: Surface, choice: Mapping[str, Any]
) -> tuple[set[str], set[str]]:
    """What the public rules show of an ICP's categories, and all that they show, by our slugs."""
    numbers = {f"number-{one}" for one in choice["categories"]}
    left_out, same = set(choice["left_out"]), choice["same"]
    hits = theirs.engine.hits(surface)
    wanted = {
        same.get(hit.rule.slug, hit.rule.slug)
        for hit in hits
        if not hit.rule.mentions
        and hit.rule.slug not in left_out
        and theirs.known[hit.rule.slug].categories & numbers
    }
    return wanted, {same.get(hit.rule.slug, hit.rule.slug) for hit in hits}
