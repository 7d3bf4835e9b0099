"""A small provider of OpenID Connect on loopback, with real keys, that can be told to do wrong."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import Thread
from time import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "sluice-test", "a secret of the test"
Change = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class OidcServer:
    """What the provider knows, and what it says of who logs in."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    #: Signs in place of `key`, which is the one that is published.
    signer: RSAKey | None = None
    #: Who logs in.
    person: dict[str, Any] = field(default_factory=dict)
    #: Changes the claims before they are signed.
    change: Change = dict
    is_unsigned: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def answer(self, path: str, query: dict[str, str]) -> Any:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        if path == "/keys":
            return KeySet([self.key]).as_dict(private=False)
        return None

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to, with a code."""
        assert (query["client_id"], query["response_type"]) == (CLIENT, "code")
        assert query["code_challenge_method"] == "S256"
        code = token_urlsafe(16)
        self.codes[code] = query
        back = urlencode({"code": code, "state": query["state"]})
        return f"{query['redirect_uri']}?{back}"

    def token(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The tokens for a code; None: it was used, or is not this client's."""
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.codes.pop(sent.get("code", ""), None)
        made = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
        if asked is None or authorization.replace("%20", " ") != f"Basic {basic}":
            return None
        if asked["code_challenge"] != challenge or asked["redirect_uri"] != sent["redirect_uri"]:
            return None
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": int(time()),
            "exp": int(time()) + 300,
            "nonce": asked["nonce"],
        }
        return {
            "access_token": "x",
            "token_type": "Bearer",
            "id_token": self._signed(self.change(claims | self.person)),
        }

    def _signed(self, claims: dict[str, Any]) -> str:
        if not self.is_unsigned:
            return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signer or self.key)
        parts = [json.dumps(one).encode() for one in ({"alg": "none", "kid": "one"}, claims)]
        return ".".join(base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in parts) + "."


@contextmanager
def oidc_server() -> Iterator[OidcServer]:
    """Run a provider while the block runs."""
    known = OidcServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            if address.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", known.authorize(query))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self._json(known.answer(address.path, query))

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            fields = {name: values[0] for name, values in parse_qs(sent).items()}
            found = known.token(fields, self.headers.get("Authorization", ""))
            self._json(found or {"error": "invalid_grant"}, 200 if found else 400)

        def _json(self, found: Any, status: int = 200) -> None:
            body = json.dumps(found).encode()
            self.send_response(status if found is not None else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep the output of tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    known.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        thread.join(60)
        server.server_close()
