"""The commands that show and steer the background work."""

from __future__ import annotations

from collections.abc import Mapping

from console.cli.lazy import Entry, Group, Leaf

OPS: Mapping[str, Entry] = {
    "ops": Group(
        "Show and steer the background work.",
        {
            "status": Leaf(
                "console.cli.ops:status", "Show what waits, runs and is stuck, and why."
            ),
            "failures": Leaf(
                "console.cli.ops:failures", "List the errors of tasks that are not done."
            ),
            "check": Leaf("console.cli.ops_check:check", "Check whether anything is stuck."),
            "watch": Leaf(
                "console.cli.ops_watch:watch", "Show the status again and again until Ctrl-C."
            ),
            "requeue": Leaf("console.cli.ops_steer:requeue", "Retry dead and quarantined tasks."),
            "discard": Leaf(
                "console.cli.ops_steer:discard", "Discard dead and quarantined tasks for good."
            ),
            "pause": Leaf(
                "console.cli.ops_steer:pause", "Start no new tasks; running ones are finished."
            ),
            "resume": Leaf("console.cli.ops_steer:resume", "End a pause."),
            "drain": Leaf(
                "console.cli.ops_steer:drain", "Pause, and wait until no task is running."
            ),
        },
    ),
}
