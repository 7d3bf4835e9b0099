"""Second factors: an app that shows a new code every half minute, and codes for who loses it."""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes, token_urlsafe
from uuid import UUID

from pyotp import TOTP
from pyotp.exceptions import OTPVerificationError

from actions.session import Installation
from actions.token_text import digest
from actions.user_log import log_user
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError
from leads.store import Tx, agency, second_factors, users, web_sessions
from leads.store.second_factors import FactorRow
from leads.store.users import UserRow
from outreach.hashing import secret_of

_ISSUER = "Sluice"
#: Steps before and after the present one whose codes are taken: clocks differ.
_WINDOW = 1
_CODES, _CODE_BYTES, _GROUP = 8, 15, 4


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an app needs to show codes."""

    #: In base 32, as people type it.
    secret: str
    #: The same for an app that reads an address or its picture.
    uri: str


def needed(tx: Tx, user: UserRow) -> str:
    """What a user must show after the password: `code`, `enrol` a second factor, or nothing.

    Each login that must enrol gets a secret of its own and ends the one before.
    """
    found = second_factors.find(tx, user.id)
    if found and found.confirmed_at:
        return "code"
    if user.role not in agency.second_factor_roles(tx):
        return ""
    # Who was shown a secret and left must not know the one that another login confirms.
    second_factors.begin(tx, user.id, token_urlsafe(16))
    halves = [one for one in web_sessions.of_user(tx, user.id) if one.needs == "enrol"]
    web_sessions.end(tx, [one.token_hash for one in halves])
    return "enrol"


def begin(installation: Installation, name: str) -> None:
    """Begin to set up a user's app; NotAllowedError when the user has one."""
    with installation.store.write() as tx:
        user = _known(tx, name)
        found = second_factors.find(tx, user.id)
        if found and found.confirmed_at:
            raise NotAllowedError("you have a second factor already", "remove it first")
        second_factors.begin(tx, user.id, token_urlsafe(16))


def enrolment(installation: Installation, name: str) -> Enrolment | None:
    """What the app needs that a user is setting up; None when the user is not."""
    with installation.store.read() as tx:
        found = second_factors.find(tx, _known(tx, name).id)
    if found is None or found.confirmed_at:
        return None
    secret = secret_from(_key(installation), found.user_id, found.nonce)
    uri = TOTP(secret).provisioning_uri(name=name, issuer_name=_ISSUER)
    return Enrolment(secret, uri)


def confirm(installation: Installation, name: str, code: str) -> Sequence[str]:
    """Put a user's app in force by its first code; the recovery codes, which are shown this once."""
    with installation.store.write() as tx:
        user = _known(tx, name)
        found = second_factors.find(tx, user.id)
        if found is None or found.confirmed_at:
            raise NotAllowedError("no second factor is being set up", "begin again")
        _take_code(tx, _key(installation), found, code)
        second_factors.confirm(tx, user.id)
        log_user(tx, user.id, "second factor added", name)
        return _new_codes(tx, user)


def check(installation: Installation, name: str, code: str) -> None:
    """Use up a code of the app, or a recovery code; NotAllowedError when it is neither."""
    with installation.store.write() as tx:
        user = _known(tx, name)
        _check(tx, _key(installation), user, code)


def new_codes(installation: Installation, name: str, code: str) -> Sequence[str]:
    """Replace a user's recovery codes, by a code; they are shown this once."""
    with installation.store.write() as tx:
        user = _known(tx, name)
        _check(tx, _key(installation), user, code)
        log_user(tx, user.id, "recovery codes made", name)
        return _new_codes(tx, user)


def remove(installation: Installation, name: str, code: str) -> None:
    """Remove a user's own second factor, by a code."""
    with installation.store.write() as tx:
        user = _known(tx, name)
        if user.role in agency.second_factor_roles(tx):
            raise NotAllowedError(
                f"the role {user.role} needs a second factor", "an admin can reset it"
            )
        _check(tx, _key(installation), user, code)
        second_factors.remove(tx, user.id)
        log_user(tx, user.id, "second factor removed", name)


def secret_from(key: bytes, user_id: UUID, nonce: str) -> str:
    """The secret of an app: a stolen database does not tell it without the installation's key."""
    made = hmac.digest(key, b"second factor\0" + user_id.bytes + nonce.encode(), "sha256")
    return b32encode(made[:20]).decode()


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step whose code this is, near a time; None: of none."""
    digits = "".join(code.split())
    if len(digits) != 6 or not (digits.isascii() and digits.isdecimal()):
        return None
    try:
        return TOTP(secret).verify_and_get_timecode(digits, for_time=at, valid_window=_WINDOW)
    except OTPVerificationError:
        return None


def _check(tx: Tx, key: bytes, user: UserRow, code: str) -> None:
    found = second_factors.find(tx, user.id)
    if found is None or not found.confirmed_at:
        raise NotAllowedError("you have no second factor", "set one up first")
    text = "".join(one for one in code.casefold() if one.isalnum())
    if second_factors.use_recovery_code(tx, user.id, digest(text)):
        left = second_factors.recovery_codes_left(tx, user.id)
        log_user(tx, user.id, "recovery code used", user.name, f"{left} left")
        return
    _take_code(tx, key, found, code)


def _take_code(tx: Tx, key: bytes, row: FactorRow, code: str) -> None:
    step = step_of(secret_from(key, row.user_id, row.nonce), code, now())
    if step is None or not second_factors.take_step(tx, row.user_id, step):
        raise NotAllowedError(
            "this code is wrong, too old or was used already",
            "type the code that the app shows now; an admin can reset your second factor",
        )


def _new_codes(tx: Tx, user: UserRow) -> Sequence[str]:
    texts = [b32encode(token_bytes(_CODE_BYTES)).decode().lower() for _ in range(_CODES)]
    second_factors.set_recovery_codes(tx, user.id, [digest(one) for one in texts])
    return [_grouped(one) for one in texts]


def _grouped(text: str) -> str:
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def _known(tx: Tx, name: str) -> UserRow:
    found = users.find(tx, name)
    if found is None:
        raise NotFoundError(f"there is no user {name!r}", "see `sluice user list`")
    return found


def _key(installation: Installation) -> bytes:
    return secret_of(installation.settings)
