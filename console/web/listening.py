"""The port that the pages are served on."""

from __future__ import annotations

import socket

from leads.errors import ServiceDownError


def listen(host: str, port: int) -> socket.socket:
    """Listen on a port; ServiceDownError if another program has it, or it is not allowed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise ServiceDownError(
            f"cannot listen on {host} port {port}: {error.strerror}",
            "name another port with --port, or stop the program that has it",
        ) from None
