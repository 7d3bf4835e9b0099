"""Hosts that are network namespaces of this machine, each with a name and a link of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

#: Addresses that are kept for measuring (RFC 2544); each link has four of them.
_NETWORK = "198.18.0."
NETWORK = f"{_NETWORK}0/24"
#: Gives the namespace of names a name, then becomes the command.
_NAMED = 'echo "$0" > /proc/sys/kernel/hostname && exec "$@"'


class NotPermittedError(Exception):
    """This machine lets us make no network namespaces, or no links between them."""


@dataclass(frozen=True, slots=True)
class Host:
    """A network namespace, and the address at which it finds the servers."""

    name: str
    servers: str

    def start(
        self, command: Sequence[str], environment: Mapping[str, str], log: Path
    ) -> subprocess.Popen[bytes]:
        """Start a command on this host; what it prints goes to a file."""
        named = ["unshare", "--uts", "sh", "-c", _NAMED, self.name, *command]
        with log.open("ab") as output:
            return subprocess.Popen(
                ["ip", "netns", "exec", self.name, *named],
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )


@contextmanager
def made_hosts(count: int) -> Iterator[list[Host]]:
    """Make hosts, each linked to the servers' one by a pair of veth, until the block ends.

    NotPermittedError says what the machine refuses.
    """
    if not shutil.which("ip") or not shutil.which("unshare"):
        raise NotPermittedError("there is no `ip` or no `unshare`: install iproute2 and util-linux")
    with ExitStack() as stack:
        yield [stack.enter_context(_made(number)) for number in range(count)]


@contextmanager
def _made(number: int) -> Iterator[Host]:
    name = f"slh{os.getpid()}-{number}"
    near, far = (f"{_NETWORK}{4 * number + end}" for end in (1, 2))
    # The name of a link may have fifteen letters.
    link, other = f"{name}n"[-15:], f"{name}f"[-15:]
    _ip("netns", "add", name)
    try:
        _ip("link", "add", link, "type", "veth", "peer", "name", other)
        _ip("link", "set", other, "netns", name)
        _ip("addr", "add", f"{near}/30", "dev", link)
        _ip("link", "set", link, "up")
        _ip("-n", name, "addr", "add", f"{far}/30", "dev", other)
        for one in (other, "lo"):
            _ip("-n", name, "link", "set", one, "up")
        yield Host(name, near)
    finally:
        # The link goes with the namespace that has its other end.
        subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotPermittedError(f"`ip {' '.join(words)}`: {done.stderr.strip()}")
