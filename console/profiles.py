"""Read a profile file and put it in force."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import UUID

from console.at_once import ask_for
from console.cli.output import note
from leads.changes import IcpChanged
from leads.errors import NotFoundError, UsageError
from leads.ids import new_id
from leads.store import Tx, campaigns, events, profiles
from leads.store.profiles import StoredIcp
from qualify.members.roll_up import Notice, of_store
from qualify.profile.icp import Icp, load_icp

LARGEST = 1_000_000


def read_icp(path: str) -> tuple[Icp, str]:
    """The profile in a file, and the file's text; NotFoundError or UsageError with file, line and
    path otherwise.
    """
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if path == "-" else _read(Path(path))
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(
            f"there is no file {path}", "an example stands in examples/worked/icp.yaml"
        ) from None
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder", "name the ICP file in it") from None
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} is not UTF-8 text (byte {error.start})", "save it as UTF-8"
        ) from None
    if len(data) > LARGEST:
        raise UsageError(
            f"{path} is larger than a megabyte", "an ICP is a short YAML file: is this one?"
        )
    return load_icp(text, path), text


def warn(warned: Notice | None) -> None:
    """Say loudly on stderr what is done otherwise than the profile says."""
    if warned:
        note(f"warning: {warned.message}")
        note(f"  {warned.hint}")


def put_in_force(
    tx: Tx,
    client_id: UUID,
    campaign: str,
    icp: Icp,
    text: str,
    who: str,
    *,
    crawl: bool | None = None,
) -> tuple[UUID, bool]:
    """Put a profile in force for a campaign, made when new, and ask for new decisions; the
    campaign's id, and whether another is in force.

    `crawl` says whether its open questions may be looked for on the companies' own sites; None
    leaves that as it is.
    """
    warn(of_store(icp.company_is))
    campaign_id = campaigns.campaign_of(tx, client_id, campaign, make=True).id
    stored = StoredIcp(new_id(), icp.name, icp.version, text)
    kept, changed = profiles.use_icp(tx, client_id, campaign_id, stored, icp.content_hash)
    if changed:
        line = events.Happened(
            verb="put in force",
            thing="icp_version",
            thing_id=kept,
            client_id=client_id,
            who=who,
            reason=f"{icp.name} version {icp.version}",
        )
        events.log(tx, [line])
    opened = crawl is not None and campaigns.set_crawl(tx, campaign_id, crawl=crawl) and crawl
    if (
        changed or opened
    ):  # What was left open is asked again when sites may be visited from now on.
        ask_for(tx, [IcpChanged(client_id, campaign_id)])
    return campaign_id, changed


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
