"""A listener that nobody may reach: it counts connections and datagrams on both loopback addresses."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from time import monotonic, sleep


class Trap:
    """Counts what reaches one port by TCP and UDP."""

    def __init__(self) -> None:
        self.caught: list[str] = []
        self._open: list[socket.socket] = []
        self.port = 0
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                self._listen(family, kind, address)

    def _listen(self, family: socket.AddressFamily, kind: socket.SocketKind, address: str) -> None:
        made = socket.socket(family, kind)
        try:
            made.bind((address, self.port))
        except OSError:
            made.close()
            if family is socket.AF_INET:
                raise
            return  # A machine without IPv6.
        self.port = made.getsockname()[1]
        if kind is socket.SOCK_STREAM:
            made.listen(50)
        self._open.append(made)
        threading.Thread(target=self._count, args=(made, kind), daemon=True).start()

    def _count(self, made: socket.socket, kind: socket.SocketKind) -> None:
        with suppress(OSError):
            while True:
                if kind is socket.SOCK_DGRAM:
                    data, _ = made.recvfrom(2_000)
                    self.caught.append(f"datagram {data[:40]!r}")
                else:
                    connection, _ = made.accept()
                    with closing(connection):
                        self.caught.append("connection")

    def count(self, wanted: int) -> bool:
        """Wait until so many were caught, and forget them; False if they are fewer."""
        until = monotonic() + 5
        while len(self.caught) < wanted and monotonic() < until:
            sleep(0.01)
        came = len(self.caught)
        self.caught.clear()
        return came == wanted

    def close(self) -> None:
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@contextmanager
def set_trap() -> Iterator[Trap]:
    """A trap that works: it is tried by hand first."""
    trap = Trap()
    try:
        socket.create_connection(("127.0.0.1", trap.port), timeout=5).close()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sent:
            sent.sendto(b"tried", ("127.0.0.1", trap.port))
        assert trap.count(2)
        yield trap
    finally:
        trap.close()
