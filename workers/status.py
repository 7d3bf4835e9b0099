"""How the work stands, in the words of the business: rows, companies, sites and prospects rather
than tasks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from leads.clock import now
from leads.store import Tx
from leads.store.ledger import crews, failures, pauses
from leads.store.ledger import workload as standing
from workers.host import alive
from workers.pipeline import BY_NAME, KINDS

#: What one task of a kind is to people.
WORDS = {
    "dedupe": "clients whose records are to be compared",
    "enrich": "sites to be read",
    "qualify": "companies to be judged",
    "crawl": "sites to be visited",
    "queue": "places in queues to be set",
}
#: Work that waits longer than this while nothing moves is stuck.
PATIENCE = timedelta(minutes=15)
#: Work that waits longer than this needs somebody to do it.
NOBODY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """Rows that do not move, why, and what to do about it."""

    what: str
    rows: int
    why: str
    do: str
    client: str | None = None
    #: Somebody wanted it so: it is no fault.
    wanted: bool = False


def status(tx: Tx) -> dict[str, Any]:
    """Everything `ops status` shows."""
    at, names = now(), standing.client_names(tx)
    waiting, running, lately, oldest = (
        standing.waiting(tx),
        standing.running(tx),
        standing.speeds(tx),
        standing.oldest(tx),
    )
    given_up, held, done = (
        standing.given_up(tx),
        pauses.every(tx),
        standing.done(tx, timedelta(hours=1)),
    )
    present = [one for one in crews.present(tx) if alive(one["host"])]
    entries, why = standing.refused_entries(tx, timedelta(days=1))
    kinds = [
        {
            **_kind(kind.name, waiting, running, given_up, lately, oldest, at),
            "done_last_hour": done.get(kind.name, 0),
        }
        for kind in KINDS
    ]
    stuck = [
        *_held_up(kinds, held, waiting, names),
        *_not_moving(kinds, present, held),
        *_given_up(tx),
    ]
    return {
        "at": at,
        "prospects_an_hour": standing.new_prospects(tx, timedelta(hours=1)),
        "rows_waiting": sum(one["waiting"] for one in kinds),
        "oldest_seconds": _oldest(kinds),
        "eta_seconds": _together(kinds),
        "queues": _queues(kinds),
        "kinds": kinds,
        "clients": _clients(waiting, given_up, names),
        "hosts": _hosts(present, running, at),
        "paused": [{**one, "name": _called(one, names)} for one in held],
        "refused": {"entries": entries, "why": why},
        "stuck": [{name: getattr(one, name) for name in Stuck.__slots__} for one in stuck],
    }


def _kind(
    kind: str,
    waiting: Sequence[tuple[str, UUID | None, int]],
    running: Sequence[tuple[str, str, int]],
    given_up: Sequence[tuple[str, UUID | None, str, int]],
    lately: Mapping[str, float],
    oldest: Mapping[str, datetime],
    at: datetime,
) -> dict[str, Any]:
    waits = sum(n for name, _, n in waiting if name == kind)
    works = sum(n for name, _, n in running if name == kind)
    an_hour = round(lately.get(kind, 0))
    return {
        "kind": kind,
        "what": WORDS[kind],
        "queue": BY_NAME[kind].queue,
        "waiting": waits,
        "running": works,
        "given_up": sum(n for name, _, _, n in given_up if name == kind),
        "done_an_hour": an_hour,
        "oldest_seconds": (
            max(0, round((at - oldest[kind]).total_seconds())) if kind in oldest else None
        ),
        "eta_seconds": (
            0 if not waits + works else round((waits + works) * 3600 / an_hour) if an_hour else None
        ),
    }


def _oldest(kinds: Sequence[Mapping[str, Any]]) -> int:
    return max((one["oldest_seconds"] or 0 for one in kinds), default=0)


def _together(kinds: Sequence[Mapping[str, Any]]) -> int | None:
    """The kinds of one queue are worked on one after the other, the queues side by side; None:
    nothing moves, so nobody knows.
    """
    found = [one["eta_seconds"] for one in kinds]
    return (
        None
        if None in found
        else max((queue["eta_seconds"] for queue in _queues(kinds)), default=0)
    )


def _queues(kinds: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for name in dict.fromkeys(one["queue"] for one in kinds):
        some = [one for one in kinds if one["queue"] == name]
        etas = [one["eta_seconds"] for one in some]
        summed = {
            key: sum(one[key] for one in some)
            for key in ("waiting", "running", "given_up", "done_an_hour", "done_last_hour")
        }
        found.append(
            {
                "queue": name,
                **summed,
                "oldest_seconds": _oldest(some),
                "eta_seconds": None if None in etas else sum(etas),
            }
        )
    return found


def _clients(
    waiting: Sequence[tuple[str, UUID | None, int]],
    given_up: Sequence[tuple[str, UUID | None, str, int]],
    names: Mapping[UUID, str],
) -> list[dict[str, Any]]:
    found: dict[UUID | None, dict[str, Any]] = {}
    for _, client_id, n in waiting:
        found.setdefault(client_id, {"waiting": 0, "given_up": 0})["waiting"] += n
    for _, client_id, _, n in given_up:
        found.setdefault(client_id, {"waiting": 0, "given_up": 0})["given_up"] += n
    named = [
        {"client": names.get(client_id, "?") if client_id else "(for everyone)", **counts}
        for client_id, counts in found.items()
    ]
    return sorted(named, key=lambda one: (-one["waiting"], one["client"]))


def _hosts(
    present: Sequence[Mapping[str, Any]], running: Sequence[tuple[str, str, int]], at: datetime
) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    empty = {
        "workers": 0,
        "running": 0,
        "memory_mb": 0,
        "replaced": 0,
        "skew_seconds": 0.0,
        "silent_seconds": None,
        "version": "",
    }
    for one in present:
        row = found.setdefault(one["host"].partition(":")[0], dict(empty))
        row["workers"] += one["workers"]
        row["memory_mb"] += one["memory"]
        row["replaced"] += one["replaced"]
        row["skew_seconds"] = max(row["skew_seconds"], one["skew"], key=abs)
        row["silent_seconds"] = round((at - one["seen_at"]).total_seconds())
        row["version"] = one["version"]
    for _, host, n in running:
        found.setdefault(host.partition(":")[0], dict(empty))["running"] += n
    return [{"host": host, **row} for host, row in sorted(found.items())]


def _called(one: Mapping[str, Any], names: Mapping[UUID, str]) -> str:
    return (
        names.get(UUID(one["name"]), one["name"]) if one["thing"] == "client" else str(one["name"])
    )


def _held_up(
    kinds: Sequence[Mapping[str, Any]],
    held: Sequence[Mapping[str, Any]],
    waiting: Sequence[tuple[str, UUID | None, int]],
    names: Mapping[UUID, str],
) -> list[Stuck]:
    found = []
    for one in held:
        who = f"paused by {one['who']}" + (f": {one['reason']}" if one["reason"] else "")
        if one["thing"] == "client":
            rows = sum(n for _, client_id, n in waiting if str(client_id) == one["name"])
        elif one["thing"] == "host":
            rows = 0
        else:
            rows = sum(
                kind["waiting"]
                for kind in kinds
                if one["thing"] == "everything" or kind["queue"] == one["name"]
            )
        if rows:
            name = _called(one, names)
            option = "" if one["thing"] == "everything" else f" --{one['thing']} {name}"
            client = name if one["thing"] == "client" else None
            found.append(
                Stuck(
                    what="rows",
                    rows=rows,
                    why=who,
                    do=f"sluice ops resume{option}",
                    client=client,
                    wanted=True,
                )
            )
    return found


def _not_moving(
    kinds: Sequence[Mapping[str, Any]], present: Sequence[object], held: Sequence[Mapping[str, Any]]
) -> list[Stuck]:
    stopped = {one["name"] for one in held if one["thing"] == "queue"}
    if any(one["thing"] == "everything" for one in held):
        return []
    found = []
    for one in kinds:
        age = timedelta(seconds=one["oldest_seconds"] or 0)
        if not one["waiting"] or one["running"] or one["queue"] in stopped:
            continue
        if not present and age > NOBODY and not one["done_an_hour"]:
            found.append(
                Stuck(
                    what=one["what"],
                    rows=one["waiting"],
                    why="no worker runs",
                    do="start `sluice up` or `sluice worker`",
                )
            )
        elif age > PATIENCE and not one["done_an_hour"]:
            why = (
                "nothing has moved for ten minutes, the oldest waits for"
                f" {round(age.total_seconds() / 60):,} minutes"
            )
            found.append(
                Stuck(
                    what=one["what"],
                    rows=one["waiting"],
                    why=why,
                    do="see `sluice ops failures` and `sluice doctor`",
                )
            )
    return found


def _given_up(tx: Tx) -> list[Stuck]:
    found = []
    for group in failures.groups(tx, 20):
        if group["given_up"]:
            why = f"given up: {group['error']}"
            do = f"sluice ops requeue --error {group['fingerprint']} (or discard)"
            found.append(
                Stuck(
                    what=WORDS.get(group["kind"], group["kind"]),
                    rows=group["given_up"],
                    why=why,
                    do=do,
                )
            )
    late = standing.overdue(tx, timedelta(seconds=60))
    if late:
        why = "their lease ended over a minute ago and no sweeper found them"
        found.append(
            Stuck(
                what="rows in work", rows=late, why=why, do="start `sluice up` or `sluice worker`"
            )
        )
    return found
