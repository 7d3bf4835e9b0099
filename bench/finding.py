"""Find the sites of labelled names among decoys, served on this machine under their true names.

    python -m bench.finding [--names N] [--half dev|test] [--decoys N] [--show N]

Names, countries and true domains are those of the lists in `SLUICE_BENCH_DATA`. Pages are made by
`bench/finding_sites.py` and `bench/finding_decoys.py`. A row states name and country, and every
second one its city. The peer takes NAME.com if it answers.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.finding_companies import company, country_of
from bench.finding_decoys import DECOYS
from bench.finding_sites import Site, true_site
from enrich.finding.candidates import candidates
from enrich.finding.judge import Band
from enrich.finding.labels import labels
from enrich.finding.result import Finding
from enrich.finding.search import Bounds, Search
from enrich.finding.wanted import Wanted
from leads.lexicon.domains import company_domain
from leads.lexicon.places.countries import country_code
from spiders.limits import Limits
from workers.site_search import search

_LISTS = {
    "yc.csv": ("name", "all_locations", "domain"),
    "remoteintech.csv": ("name", "offices_text", "domain"),
    "hiring-without-whiteboards.csv": ("name", "locations", "domain"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a list with its country, where the list states one, and its true domain."""

    list: str
    name: str
    country: str
    domain: str


@dataclass(frozen=True, slots=True)
class Case:
    """One name with the sites that are served for it."""

    label: Label
    wanted: Wanted
    #: Kind of decoy by domain; the true site is `true`.
    kinds: Mapping[str, str]


def read_labels(folder: Path, half: str) -> list[Label]:
    """Read the labelled names of one half; a name belongs to a half by its hash."""
    found: dict[str, Label] = {}
    for file, (name, place, domain) in _LISTS.items():
        with (folder / "companies" / file).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                own = company_domain(row[domain] or "")
                written = row[name].strip()
                if own and written and _half(written) == half and country_of(_country(row[place])):
                    label = Label(file, written, _country(row[place]), own)
                    found.setdefault(own, label)
    return list(found.values())


def _half(name: str) -> str:
    return "test" if hashlib.sha256(name.encode()).digest()[0] % 2 else "dev"


def _country(places: str) -> str:
    last = places.split(";")[0].split("/")[0].split(",")[-1].strip()
    return country_code(last) or ""


def make_case(label: Label, decoys: int, sites: dict[str, Site], rng: random.Random) -> Case:
    """Make the true site and the decoys of a name; decoys are at domains it might have."""
    code = label.country or rng.choice(("US", "GB", "DE", "FR"))
    country = country_of(code) or country_of("GB")
    assert country is not None
    true = company(label.name, country, label.domain, rng)
    kinds = {label.domain: "true"}
    sites.setdefault(label.domain, true_site(true, rng))
    known = country.code == label.country
    wanted = Wanted(
        name=label.name,
        country=label.country if known else "",
        city=true.city if rng.random() < 0.5 else "",
    )
    likely = [one.domain for one in candidates(wanted, 8) if one.domain not in sites]
    for domain in likely[:decoys]:
        kind = rng.choice(list(DECOYS))
        kinds[domain] = kind
        sites[domain] = DECOYS[kind](true, domain, rng)
    return Case(label, wanted, kinds)


def serve(sites: Mapping[str, Site]) -> ThreadingHTTPServer:
    """Serve the sites by their host names; the caller shuts the server down."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            host = self.headers["Host"].partition(":")[0].removeprefix("www.")
            body = sites.get(host, {}).get(self.path)
            self.send_response(200 if body is not None else 404)
            data = (body or "not found").encode()
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def peer(case: Case, sites: Mapping[str, Site]) -> str | None:
    """Take NAME.com if it answers."""
    for one in labels(case.label.name)[:1]:
        if f"{one.text}.com" in sites:
            return f"{one.text}.com"
    return None


def run(arguments: argparse.Namespace, folder: Path) -> None:
    """Run the bench and print its table."""
    rng = random.Random(arguments.seed)
    chosen = read_labels(folder, arguments.half)
    rng.shuffle(chosen)
    chosen = chosen[: arguments.names]
    sites: dict[str, Site] = {}
    cases = [make_case(one, arguments.decoys, sites, rng) for one in chosen]
    server = serve(sites)
    began, cpu = time.monotonic(), time.process_time()
    try:
        allowed = {(host, 80): ("127.0.0.1", server.server_port) for host in sites}
        found = search(
            [Search(one.wanted, Bounds()) for one in cases],
            limits=Limits(delay=0, sites_at_once=30),
            user_agent="Sluice-bench/1.0 (+https://sluice.example/crawler)",
            allowed=allowed,
            pages=Bounds().pages,
        )
    finally:
        server.shutdown()
    took, cpu = time.monotonic() - began, time.process_time() - cpu
    print_table(cases, found, sites, arguments)
    print(f"{took:.0f} s, {1000 * cpu / len(cases):.0f} ms CPU a name with the server's")


def print_table(
    cases: Sequence[Case],
    found: Sequence[Finding],
    sites: Mapping[str, Site],
    arguments: argparse.Namespace,
) -> None:
    """Print precision, coverage and what the wrong ones were."""
    pairs = list(zip(cases, found, strict=True))
    reach = [one for one in cases if _is_candidate(one)]
    print(
        f"{len(cases)} names ({arguments.half} half), {len(sites)} sites,"
        f" up to {arguments.decoys} decoys a name"
    )
    print(f"  among the candidates   {len(reach) / len(cases):.3f}")
    _print_band("accepted", Band.ACCEPT, pairs)
    _print_band("for review", Band.REVIEW, pairs)
    print(f"  requests a name        {sum(one.fetches for one in found) / len(found):.2f}")
    _print_peer(cases, sites)
    wrong = Counter(
        case.kinds.get(one.domain or "", "another name's")
        for case, one in pairs
        if one.band is Band.ACCEPT and one.domain != case.label.domain
    )
    print(f"  wrong, by kind         {dict(wrong)}")
    missed = Counter(
        _why(case, one) for case, one in pairs if one.band is not Band.ACCEPT and case in reach
    )
    print(f"  not taken, by reason   {dict(missed.most_common(12))}")
    for line in _shown(pairs, reach, arguments.show):
        print(line)


def _is_candidate(case: Case) -> bool:
    return case.label.domain in {one.domain for one in candidates(case.wanted, Bounds().look_ups)}


def _print_band(title: str, band: Band, pairs: Sequence[tuple[Case, Finding]]) -> None:
    some = [(case, one) for case, one in pairs if one.band is band]
    right = sum(case.label.domain == one.domain for case, one in some)
    print(f"  {title:22} {len(some) / len(pairs):.3f}, right {right / max(len(some), 1):.3f}")


def _print_peer(cases: Sequence[Case], sites: Mapping[str, Site]) -> None:
    naive = [(case, domain) for case in cases if (domain := peer(case, sites))]
    right = sum(case.label.domain == domain for case, domain in naive)
    share = right / max(len(naive), 1)
    print(f"  peer NAME.com          {len(naive) / len(cases):.3f}, right {share:.3f}")


def _why(case: Case, one: Finding) -> str:
    own = next((each for each in one.looked if each.domain == case.label.domain), None)
    if own is None:
        return "not visited"
    if own.judgement is None:
        return own.outcome
    against = [
        reason.mark
        for reason in own.judgement.reasons
        if reason.weight < 0 and reason.mark not in ("prior", "candidate")
    ]
    return " ".join(sorted(against)) or f"too little ({own.judgement.odds:+.0f})"


def _shown(
    pairs: Sequence[tuple[Case, Finding]], reach: Sequence[Case], most: int
) -> Iterator[str]:
    odd = [
        (case, one)
        for case, one in pairs
        if (one.band is Band.ACCEPT and one.domain != case.label.domain)
    ]
    odd += [(case, one) for case, one in pairs if one.band is not Band.ACCEPT and case in reach]
    for case, one in odd[:most]:
        yield f"\n{case.wanted} true {case.label.domain} -> {one.band} {one.domain} {one.odds}"
        for each in one.looked:
            kind = case.kinds.get(each.domain, "?")
            reasons = (
                [(r.mark, r.weight, r.quote[:60]) for r in each.judgement.reasons]
                if each.judgement
                else each.reason
            )
            odds = each.judgement.odds if each.judgement else each.outcome
            yield f"   {each.domain} ({kind}): {odds} {reasons}"


def main() -> None:
    """Run the bench from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--names", type=int, default=600)
    parser.add_argument("--half", choices=("dev", "test"), default="test")
    parser.add_argument("--decoys", type=int, default=2)
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--show", type=int, default=0)
    folder = os.environ.get("SLUICE_BENCH_DATA", "")
    if not folder:
        parser.exit(2, "set the folder of the real lists: SLUICE_BENCH_DATA=…\n")
    run(parser.parse_args(), Path(folder))


if __name__ == "__main__":
    main()
