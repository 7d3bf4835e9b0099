"""Every setting, with its default and what it means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: name, default, meaning, and whether its value is secret."""

    name: str
    default: str
    meaning: str
    secret: bool = False


SETTINGS = (
    Setting(
        "home",
        "~/.sluice",
        "folder of the database, reject files and the suppression key",
    ),
    Setting(
        "database_url", "", "PostgreSQL URL, instead of sluice.db in the home folder", secret=True
    ),
    Setting(
        "redis_url",
        "",
        "Redis URL for the rq driver; empty: inline driver, or a private Redis of `sluice up`",
        secret=True,
    ),
    Setting(
        "user",
        "",
        "user name in events and leases without --as; default: the login name",
    ),
    Setting(
        "client",
        "",
        "client whose queue `work` and `queue` mean without --client; default: default",
    ),
    Setting(
        "campaign",
        "",
        "campaign of that client that they mean without --campaign; default: its only one",
    ),
    Setting(
        "time_zone",
        "",
        "time zone of the times that users type, such as Europe/Berlin; default: the machine's",
    ),
    Setting(
        "country",
        "",
        "country of phone numbers in national form on do-not-contact lists, such as DE",
    ),
    Setting("lease_minutes", "30", "how long a prospect stays reserved for an SDR"),
    Setting(
        "call_back_grace_hours",
        "24",
        "how long a call-back belongs to the SDR who promised it, after its time",
    ),
    Setting(
        "unsubscribe_stops",
        "email",
        "what an imported unsubscribe stops: email (to that address) or all (every contact)",
    ),
    Setting(
        "call_hours",
        "workdays 9-12, 13-17",
        "when prospects are called, on their own clocks, in a campaign that does not say",
    ),
    Setting(
        "promised_accuracy",
        "98",
        "per cent of audited facts that clients are promised to be right; off: no promise",
    ),
    Setting("keep_tasks_days", "14", "how many days the ledger keeps tasks that are done"),
    Setting("keep_pages_days", "180", "how many days pages are kept that a newer visit replaced"),
    Setting(
        "page_store_mb",
        "20000",
        "size of the kept pages, compressed, from which replaced ones go sooner, in megabytes",
    ),
    Setting(
        "user_agent",
        "",
        "who crawls, as Name/1.0 (+https://a-page-about-the-crawler); without it no site is visited",
    ),
    Setting("crawl_sites_at_once", "75", "sites that one process visits at a time"),
    Setting("crawl_pages_per_site", "8", "pages that a visit fetches at most"),
    Setting("crawl_seconds_per_site", "60", "seconds that a visit may take"),
    Setting("crawl_requests_per_site", "2", "requests to one site at a time"),
    Setting(
        "crawl_requests_per_address",
        "8",
        "requests to one IP address at a time: providers serve many sites at one",
    ),
    Setting(
        "crawl_delay", "0.25", "seconds between two pages of a site that asks for no longer delay"
    ),
    Setting(
        "browser",
        "off",
        "on: pages that scripts fill are rendered in Chromium; unsandboxed: without its sandbox",
    ),
    Setting(
        "dns",
        "system",
        "name server asked for DNS records of visited domains: system, an address, or off",
    ),
    Setting("find_look_ups", "48", "names that are looked up at most to find a company's site"),
    Setting("find_visits", "4", "sites that are visited at most to find a company's site"),
    Setting(
        "fingerprints",
        "",
        "file or folder of technology rules of your own (Wappalyzer JSON), used beside ours",
    ),
    Setting("oidc_issuer", "", "address of the single sign-on provider (OpenID Connect)"),
    Setting("oidc_client_id", "", "how that provider knows this installation"),
    Setting("oidc_client_secret", "", "what proves that to the provider", secret=True),
    Setting("oidc_name", "single sign-on", "what the login page calls the provider"),
    Setting(
        "hash_key",
        "",
        "key of hashed suppressions; default: a generated file in the home folder",
        secret=True,
    ),
)
