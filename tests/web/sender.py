"""Something that sends messages and forms to inboxes."""

import json
from email.message import Message as Headers
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from leads.clock import now
from tests.console.conftest import Sluice
from workers.signing import headers

SITE = "https://www.nordwind.example"
CONSENT = "Nordwind may send me <offers> by e-mail"
DONE = (200, {"state": "accepted"})


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Sender:
    """Something that sends to an inbox, and follows no redirect."""

    def __init__(self, at: str, sluice: Sluice) -> None:
        self.at, self.sluice = at, sluice
        self._open = build_opener(ProxyHandler({}), _Stay())

    def post(self, path: str, body: bytes, named: dict[str, str]) -> tuple[int, Headers, str]:
        request = Request(self.at + path, data=body, headers=named, method="POST")
        try:
            with self._open.open(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode()

    def message(
        self, name: str, secret: str, told: Any, message_id: str, *, off: int = 0, **changed: str
    ) -> tuple[int, Any]:
        """Send a signed message; the status, and the answer."""
        body = json.dumps(told)
        signed = headers(secret, message_id, int(now().timestamp()) + off, body)
        signed |= {name.replace("_", "-"): value for name, value in changed.items()}
        status, _, text = self.post(
            f"/in/{name}", body.encode(), {"Content-Type": "application/json", **signed}
        )
        return status, json.loads(text)

    def form(self, name: str, origin: str = SITE, /, **fields: str) -> tuple[int, Headers, str]:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        named = {**kind, "Origin": origin} if origin else kind
        return self.post(f"/form/{name}", urlencode(fields).encode(), named)

    def add(self, name: str, kind: str, *options: str) -> Any:
        return self.sluice("inbox", "add", name, kind, *options, "--as", "boss", "--json").json

    def shown(self, name: str) -> Any:
        return self.sluice("inbox", "show", name, "--as", "boss", "--json").json

    def turned_away(self, name: str) -> dict[str, int]:
        rows = self.shown(name)["turned_away"]
        return {row["reason"]: row["times"] for row in rows}

    def leads(self) -> dict[str, str]:
        rows = self.sluice("lead", "list", "--as", "boss", "--json").json
        return {row["company"]: row["stage"] for row in rows}

    def signals(self, company: str) -> list[Any]:
        found = self.sluice("signal", "list", company, "--as", "boss", "--json").json
        return list(found["signals"])


def told(company: str, kind: str = "demo.requested", **more: Any) -> dict[str, Any]:
    return {"type": kind, "data": {"company": company, **more}}
