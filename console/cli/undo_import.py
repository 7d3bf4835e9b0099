"""`sluice lists undo`."""

from __future__ import annotations

from actions.session import open_session
from actions.undo_import import undo_import
from console.cli.lists import Name
from console.cli.options import AsJson, ClientName, UserName
from console.cli.output import counted, emit, emit_json
from console.cli.work import report_work


def undo(
    name: Name, client: ClientName = "default", user: UserName = None, as_json: AsJson = False
) -> None:
    """Undo the last import of a list.

    Its records and facts no longer count. What it replaced counts again.

    Example: sluice lists undo fair-2026
    """
    with open_session(user) as session:
        done = undo_import(session, client, name)

    if as_json:
        emit_json({"list": name, "ended": done.ended, "restored": done.restored})
    else:
        emit(f"{counted(done.ended, 'record')} taken back, {done.restored:,} restored")
    report_work(done.work)
