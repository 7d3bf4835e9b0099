"""What a search that stores nothing heeds where there is a database: suppressions and opt-outs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from actions.session import Session
from leads.settings import Settings
from leads.store import Store, Tx, suppression_names, suppressions
from leads.store.migrate import open_store, version
from outreach.contact import SuppressedSpelling
from outreach.keys import Key, KnownAs, digest, keys_of, squashed_core
from outreach.run.barred_sites import barred_by_name
from outreach.spellings import Spellings, ends
from spiders.opted_out import NOBODY, OptedOut
from workers.visiting import opted_out

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Heeded:
    """The companies and hosts that a search must not visit; none without a database."""

    opted_out: OptedOut = NOBODY
    _session: Session | None = None
    _client_id: UUID | None = None
    _secret: bytes = field(default=b"", repr=False)

    def suppressed(self, known: Mapping[One, KnownAs]) -> dict[One, str]:
        """Those that are suppressed for every client or this one, each with what says so."""
        if self._session is None:
            return {}
        keys = {
            one: {digest(key, self._secret): key for key in keys_of(each)}
            for one, each in known.items()
        }
        every = {each for some in keys.values() for each in some}
        with self._session.read() as work:
            live = suppressions.any_live(work.tx)
            found = suppressions.barred(work.tx, self._client_id, every) if live else {}
            spelled = self._spelled(work.tx, known) if live else {}
        by_key = {
            one: _says(next(key for each, key in some.items() if each in found))
            for one, some in keys.items()
            if not found.keys().isdisjoint(some)
        }
        return spelled | by_key

    def _spelled(self, tx: Tx, known: Mapping[One, KnownAs]) -> dict[One, str]:
        """Those whose name is a spelling of a suppressed one, as in stored lists."""
        forms = {one: [squashed_core(name) for name in each.names] for one, each in known.items()}
        wanted = ends(form for some in forms.values() for form in some)
        if self._client_id is None:
            return {}
        names = suppression_names.names(tx, self._client_id, None, *wanted)
        near = Spellings(names).near_each(form for some in forms.values() for form in some)
        found: dict[One, str] = {}
        for one, some in forms.items():
            if name := next(filter(None, map(near.get, some)), None):
                origins = suppression_names.origins_of_name(tx, self._client_id, None, name)
                is_own = not origins.isdisjoint((None, self._client_id))
                why = SuppressedSpelling(name if is_own else None)
                found[one] = f"suppressed, as {why}: it must not be looked up"
        return found

    def barred(self, wanted: Mapping[One, Collection[str]]) -> Mapping[One, Mapping[str, bool]]:
        """The domains that must not be looked up, and whether each may be named."""
        if self._session is None:
            return {}
        with self._session.read() as work:
            return {
                one: barred_by_name(work.tx, self._client_id, domains, self._secret)
                for one, domains in wanted.items()
            }


def _says(key: Key) -> str:
    told = {"company": "by its name", "phone": "by its phone number", "email": "by its e-mail"}
    return f"suppressed {told.get(key.kind, f'by {key.form}')}: it must not be looked up"


@contextmanager
def heeded_anywhere(settings: Settings, client: str, user: str | None) -> Iterator[Heeded]:
    """What is heeded for a client where there is a database; none is made.

    UsageError for a database of another version, NotFoundError for a client that it does not know.
    """
    if not _is_there(settings):
        yield Heeded()
        return
    with closing(open_store(settings.database_url)) as store:
        session = Session(settings=settings, store=store, user=user)
        with session.read() as work:
            client_id, hosts = work.client(client), opted_out(work.tx)
        yield Heeded(hosts, session, client_id, session.secret)


def _is_there(settings: Settings) -> bool:
    if not settings["database_url"] and not (settings.home / "sluice.db").is_file():
        return False
    with closing(Store(settings.database_url)) as store:
        return version(store) not in (None, "unknown")
