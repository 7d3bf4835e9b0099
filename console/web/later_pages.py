"""Pages that are loaded when the first one of them is asked for: what nobody uses takes no memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

#: What each SDR uses all day, loaded at the start.
FIRST = ("login", "login_codes", "sso", "place", "queue", "calls", "live")
#: The other pages, by the first word of their addresses.
LATER: Mapping[str, Sequence[str]] = {
    "account": ("account",),
    "leads": ("leads",),
    "handovers": ("handovers",),
    "reports": ("shares", "reports"),
    "shared": ("shared",),
    "lists": ("lists", "imports"),
    "duplicates": ("duplicates",),
    "audits": ("audits",),
    "sources": ("sources",),
    "sites": ("found_sites",),
    "enrich": ("enriching",),
    "profile": ("profile",),
    "exports": ("exports",),
    "outcomes": ("outcomes",),
    "companies": ("companies",),
    "suppressions": ("suppressions", "suppression_files"),
    "clients": ("clients",),
    "campaigns": ("campaigns",),
    "users": ("users", "user_logins"),
    "inboxes": ("inboxes",),
    "in": ("messages_in",),
    "form": ("forms_in",),
    "operations": (
        "operations",
        "failures",
        "workers",
        "crawl_health",
        "spending",
        "rereads",
        "operation_log",
    ),
}
#: Where the API is.
API = "api"
_SEEN = "sluice_loaded"


def load(names: Sequence[str]) -> list[ModuleType]:
    """The modules of pages, each with its `router`."""
    return [import_module(f"console.web.pages.{name}") for name in names]


def every_page() -> list[ModuleType]:
    """The modules of all pages."""
    return load([*FIRST, *(name for names in LATER.values() for name in names)])


class LaterPages:
    """Answers what no loaded page answers: loads the pages of that word, and looks again."""

    def __init__(self, app: FastAPI, make_api: Callable[[], ASGIApp]) -> None:
        """`make_api` makes what answers programs."""
        self._app = app
        self._make_api = make_api
        self._unloaded = {API, *LATER}
        self._not_found = app.router.default

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        word = scope["path"].split("/", 2)[1] if scope["type"] == "http" else ""
        if scope.get(_SEEN) or (word != API and word not in LATER):
            await self._not_found(scope, receive, send)
            return
        if word in self._unloaded:
            made: Any = await run_in_threadpool(self._make, word)
            # Two may have asked at once: only here, where one runs at a time, it is added.
            if word in self._unloaded:
                self._unloaded.discard(word)
                self._add(word, made)
        scope[_SEEN] = True
        await self._app.router(scope, receive, send)

    def _make(self, word: str) -> Any:
        return self._make_api() if word == API else load(LATER[word])

    def _add(self, word: str, made: Any) -> None:
        if word == API:
            self._app.mount("/api/v1", made)
            return
        for module in made:
            self._app.include_router(module.router)
