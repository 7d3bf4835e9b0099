"""Keep what the peers reached: a peer runs again only if its program, pins, rows or limit changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.peer_run import HERE, Peer


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """A file of JSON lines, one for each run of a peer."""

    file: Path
    #: Measure again what the file has.
    again: bool = False

    def of(
        self, peer: Peer, inputs: Sequence[Path], seconds: float, run: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        """Return the figures of a peer on its input files, measured now unless they are kept."""
        key = _key(peer, inputs, seconds)
        if not self.again and (known := self._kept().get(key)):
            return known
        found = run()
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps({"key": key, "figures": found}) + "\n")
        return found

    def _kept(self) -> dict[str, dict[str, Any]]:
        """Return the figures of each key, the newest if there are several."""
        if not self.file.exists():
            return {}
        lines = map(json.loads, self.file.read_text(encoding="utf-8").splitlines())
        return {line["key"]: line["figures"] for line in lines}


def _key(peer: Peer, inputs: Sequence[Path], seconds: float) -> str:
    """Return a hash of all that the figures depend on, but the machine."""
    programs = [HERE / peer.program, HERE / "reading.py"]
    told = hashlib.sha256(repr((peer, seconds)).encode())
    for file in (*programs, *inputs):
        told.update(hashlib.sha256(file.read_bytes()).digest())
    return told.hexdigest()
