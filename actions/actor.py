"""Who acts, and what each role may do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a user is for."""

    ADMIN = "admin"
    MANAGER = "manager"
    SDR = "sdr"
    OPERATOR = "operator"
    #: A person of the client.
    VIEWER = "viewer"


class Right(StrEnum):
    """What an action needs; the text completes the sentence "NAME may not …"."""

    ENTER = "use Sluice"
    LOOK = "see lists, campaigns and the background work"
    VIEW = "see companies"
    REPORT = "see the figures of a campaign"
    SHARE = "share the figures of a campaign by a link"
    ANSWER = "answer hand-overs"
    WORK_QUEUE = "work the queue"
    SUPPRESS = "add to the do-not-contact list"
    MANAGE = "change lists, profiles, campaigns and duplicates"
    EXPORT = "export companies"
    OPERATE = "steer the background work"
    ADMINISTER = "change users, clients or the installation"


_BY_ROLE = {
    Role.ADMIN: frozenset(Right),
    Role.MANAGER: frozenset(Right) - {Right.OPERATE, Right.ADMINISTER},
    Role.SDR: frozenset(
        {
            Right.ENTER,
            Right.LOOK,
            Right.VIEW,
            Right.REPORT,
            Right.ANSWER,
            Right.WORK_QUEUE,
            Right.SUPPRESS,
        }
    ),
    Role.OPERATOR: frozenset({Right.ENTER, Right.LOOK, Right.OPERATE}),
    Role.VIEWER: frozenset({Right.ENTER, Right.REPORT, Right.ANSWER}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A user, token, worker or the system itself, with role and client scope."""

    name: str
    role: Role = Role.ADMIN
    #: The clients whose data the actor may see and change; None: every client.
    clients: Collection[UUID] | None = None

    def may(self, right: Right) -> bool:
        """Check whether the role includes a right."""
        return right in _BY_ROLE[self.role]

    def sees(self, client_id: UUID) -> bool:
        """Check whether a client is in the actor's scope."""
        return self.clients is None or client_id in self.clients

    def for_client(self, client_id: UUID) -> Actor:
        """The same actor, who sees one client at most."""
        return replace(self, clients=frozenset({client_id} if self.sees(client_id) else ()))


def roles_with(right: Right) -> list[Role]:
    """List the roles that include a right."""
    return [role for role in Role if right in _BY_ROLE[role]]
