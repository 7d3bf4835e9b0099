"""The code flow of OpenID Connect, with PKCE; needs the extra `oidc`."""

from __future__ import annotations

from time import monotonic
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from actions.sso import Attempt, Claims, SignOn
from leads.clock import now
from leads.errors import NotAllowedError, ServiceDownError

#: Signatures by a key that only the provider has: none, and none by a shared secret.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
#: Seconds for an answer, and that clocks may differ.
_PATIENCE, _LEEWAY = 10, 60
#: Seconds for which the provider's description is kept.
_DESCRIBED_FOR = 300.0
_LARGEST = 1024 * 1024


class OidcProvider:
    """One provider: its keys are read with each login, its description every few minutes."""

    def __init__(self, sign_on: SignOn) -> None:
        """Ask nothing yet."""
        self._sign_on = sign_on
        self._kept: dict[str, Any] = {}
        self._kept_until = 0.0

    def address(self, attempt: Attempt) -> str:
        """Where the browser goes to log in."""
        with self._client(attempt) as client:
            described = self._described(client)
            url, _ = client.create_authorization_url(
                _text(described, "authorization_endpoint"),
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
            return str(url)

    def claims(self, attempt: Attempt, code: str) -> Claims:
        """Who logged in there, by the code that the browser brought back."""
        with self._client(attempt) as client:
            described = self._described(client)
            token = self._token(client, described, attempt, code)
            keys = self._json(client, _text(described, "jwks_uri"))
        return self._checked(token, keys, attempt)

    def _client(self, attempt: Attempt) -> Any:
        own = self._sign_on
        client = OAuth2Session(
            own.client_id,
            own.client_secret,
            scope="openid email",
            redirect_uri=attempt.back_to,
            code_challenge_method="S256",
            default_timeout=_PATIENCE,
        )
        # Neither proxies nor passwords of the machine's user take part.
        client.trust_env = False
        return client

    def _described(self, client: Any) -> dict[str, Any]:
        if monotonic() < self._kept_until:
            return self._kept
        place = self._sign_on.issuer.rstrip("/") + "/.well-known/openid-configuration"
        found = self._json(client, place)
        if found.get("issuer") != self._sign_on.issuer:
            raise _down("it says that it is another provider")
        self._kept, self._kept_until = found, monotonic() + _DESCRIBED_FOR
        return found

    def _json(self, client: Any, url: str) -> dict[str, Any]:
        try:
            answer = client.get(url, withhold_token=True, allow_redirects=False)
            if answer.status_code != 200 or len(answer.content) > _LARGEST:
                raise _down(f"status {answer.status_code}")
            found = answer.json()
        except (RequestException, ValueError) as error:
            raise _down(type(error).__name__) from None
        if not isinstance(found, dict):
            raise _down("no JSON object")
        return found

    def _token(
        self, client: Any, described: dict[str, Any], attempt: Attempt, code: str
    ) -> dict[str, Any]:
        try:
            found: dict[str, Any] = client.fetch_token(
                _text(described, "token_endpoint"),
                grant_type="authorization_code",
                code=code,
                code_verifier=attempt.verifier,
                allow_redirects=False,
            )
        except AuthlibBaseError as error:
            raise _refused(f"the provider refused the code ({error.error})") from None
        except (RequestException, ValueError) as error:
            raise _down(type(error).__name__) from None
        return found

    def _checked(self, token: dict[str, Any], keys: dict[str, Any], attempt: Attempt) -> Claims:
        own = self._sign_on
        options = {
            "iss": {"essential": True, "value": own.issuer},
            "aud": {"essential": True, "value": own.client_id},
        }
        said = {
            "nonce": attempt.nonce,
            "client_id": own.client_id,
            "access_token": token.get("access_token"),
        }
        try:
            key_set = KeySet.import_key_set(keys)  # type: ignore[arg-type]
            read = jwt.decode(str(token.get("id_token", "")), key_set, algorithms=_ALGORITHMS)
            claims = CodeIDToken(read.claims, read.header, options, said)
            claims.validate(now=int(now().timestamp()), leeway=_LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise _refused(f"its token is not valid ({type(error).__name__})") from None
        return _claims(own.issuer, dict(claims))


def _claims(issuer: str, found: dict[str, Any]) -> Claims:
    email = found.get("email")
    is_verified = found.get("email_verified") is True and isinstance(email, str)
    amr = found.get("amr") or []
    return Claims(
        issuer=issuer,
        subject=str(found["sub"]),
        email=str(email).strip().casefold() if is_verified else None,
        is_multi_factor="mfa" in amr,
    )


def _text(described: dict[str, Any], name: str) -> str:
    found = described.get(name)
    if not isinstance(found, str):
        raise _down(f"it states no {name}")
    return found


def _refused(why: str) -> NotAllowedError:
    return NotAllowedError(f"the login by single sign-on failed: {why}", "log in again")


def _down(why: str) -> ServiceDownError:
    return ServiceDownError(f"the single sign-on provider does not answer as it should: {why}")
