"""Time the evaluation of profiles, compare with rule engines, and write docs/bench/qualify.md.

    python -m bench.qualify_speed [COMPANIES]

A million generated companies with a fixed seed, twelve criteria. The peers run in a temporary
environment with pinned versions.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.qualify_cases import cases
from bench.qualify_facts import TODAY, make, save
from bench.qualify_page import page
from bench.qualify_runs import icp, timed
from leads.fold import fold
from leads.known import Policy
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse
from qualify.bulk.frames import Frames, frames_of
from qualify.bulk.vector import VERDICTS, evaluate_all
from qualify.decide.evaluate import evaluate
from qualify.decide.meets import meets
from qualify.profile.criteria import Matches, Terms

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).parent
PEERS = {"rule-engine": "rule-engine==5.1.0", "json-logic": "json-logic-qubit==0.9.1"}
SHARED_ROWS, STORED, SHARDS = 50_000, 100_000, 5
MANUFACTURING = Matches("industry", Terms(any_of=("manufacturing",)))


def run(what: str, *arguments: object) -> dict[str, Any]:
    """Measure one run in its own process."""
    command = [sys.executable, str(HERE / "qualify_runs.py"), what, *map(str, arguments)]
    found: dict[str, Any] = json.loads(
        subprocess.run(
            command, check=True, capture_output=True, text=True, cwd=ROOT, env=_env()
        ).stdout
    )
    print(f"{what}: {found}", file=sys.stderr)
    return found


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT}:{HERE}"}


def plain_row(facts: list[Any]) -> dict[str, Any]:
    """Reduce facts to one value or none: the best one, and the lower end of a range."""
    row: dict[str, Any] = {}
    policy = Policy(TODAY, currency="EUR")
    for name in ("country", "employees", "turnover", "founded", "status", "industry", "postcode"):
        value = fold(facts, name, policy).value
        match value:
            case MoneyRange():
                row[name] = None if value.amount.low is None else value.amount.low / 100
            case Range():
                row[name] = value.low
            case IndustryCode():
                row["manufacturing"] = {"yes": True, "no": False}.get(
                    meets(MANUFACTURING, (value,)).value
                )
            case _:
                row[name] = value
    row.setdefault("manufacturing", None)
    sides = fold(facts, "technology", policy).sides
    row["technologies"] = [
        side.value.slug
        for side in sides
        if isinstance(side.value, TechnologyUse) and side.value.uses
    ]
    row["postcode"] = row["postcode"] or ""
    row["certificates"] = [str(side.value) for side in fold(facts, "certificate", policy).sides]
    return row


def peer_answers(folder: Path, rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the answers and time of each peer."""
    python, uv = folder / "peers" / "bin" / "python", ROOT / ".venv" / "bin" / "uv"
    if not python.exists():
        subprocess.run([uv, "venv", "-q", folder / "peers"], check=True)
        subprocess.run(
            [uv, "pip", "install", "-q", "--python", python, *PEERS.values()], check=True
        )
    file = folder / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = {}
    for name in PEERS:
        done = subprocess.run(
            [python, HERE / "qualify_peers.py", name, file],
            check=True,
            capture_output=True,
            text=True,
        )
        found[name] = json.loads(done.stdout)
    return found


def beside_peers(folder: Path, frames: Frames) -> dict[str, Any]:
    """Compare all three tools: seconds, and how often unknowns become a no or an error."""
    part = frames.part(0, min(SHARED_ROWS, frames.size))
    ours = min(timed(lambda: evaluate_all(icp(), part, TODAY)) for _ in range(3))
    verdicts = [VERDICTS[one].value for one in evaluate_all(icp(), part, TODAY).verdict]
    rows = [plain_row(part.facts(number, part.columns)) for number in range(part.size)]
    table = {
        "Sluice": {
            "seconds": ours,
            "of_unknown": {"unknown": verdicts.count("unknown")},
            "wrong_fit": 0,
        }
    }
    for name, said in peer_answers(folder, rows).items():
        pairs = list(zip(verdicts, said["answers"], strict=True))
        of_unknown = [answer for verdict, answer in pairs if verdict == "unknown"]
        table[name] = {
            "seconds": said["seconds"],
            "of_unknown": {answer: of_unknown.count(answer) for answer in sorted(set(of_unknown))},
            "wrong_fit": sum(
                1 for verdict, answer in pairs if answer == "fit" and verdict != "fit"
            ),
        }
    return {"rows": part.size, "table": table}


def unknown_cases(folder: Path) -> list[dict[str, str]]:
    """Evaluate companies with one uncertain value in each tool."""
    named = cases()
    rows = [plain_row(facts) for _, facts in named]
    peers = peer_answers(folder, rows)
    assert [evaluate(icp(), facts, TODAY).verdict for _, facts in named] == [
        VERDICTS[one]
        for one in evaluate_all(icp(), frames_of([facts for _, facts in named]), TODAY).verdict
    ]
    return [
        {
            "case": case,
            "Sluice": evaluate(icp(), facts, TODAY).verdict.value,
            **{name: said["answers"][at] for name, said in peers.items()},
        }
        for at, (case, facts) in enumerate(named)
    ]


def main() -> None:
    """Measure everything and write the page."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        shards = [folder / f"shard-{number}" for number in range(SHARDS)]
        for number, shard in enumerate(shards):
            frames = make(size, seed=number + 7)
            rows = sum(len(column.company) for column in frames.columns.values())
            save(frames, shard)
        found = {
            "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
            "load": os.getloadavg()[0],
            "companies": size,
            "facts": rows,
            "evaluate": run("evaluate", shards[0]),
            "shards": run("evaluate", *shards),
            "diff": run("diff", shards[0]),
            "explain": run("explain", shards[0]),
            "store": run("store", shards[0], min(STORED, size)),
            "peers": beside_peers(folder, frames),
            "cases": unknown_cases(folder),
        }
    text = page(found)
    (ROOT / "docs" / "bench").mkdir(exist_ok=True)
    (ROOT / "docs" / "bench" / "qualify.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
