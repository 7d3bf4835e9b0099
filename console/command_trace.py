"""The trace of the command that runs: everything the command causes carries it."""

from contextvars import ContextVar

TRACE: ContextVar[str] = ContextVar("TRACE", default="")
