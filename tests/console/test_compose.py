"""The services of `docker-compose.yml` do what `sluice up` does, and the image holds what they
need.
"""

import re
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import make_url
from typer.main import get_command

from console.cli.main import app
from console.cli.serve import PORT
from leads.ownership import PACKAGES
from leads.settings import load_settings
from tests.console.conftest import Sluice
from workers.private_redis import KEEPS
from workers.supervise import GRACE

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if "build" in service]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
NEEDED = re.compile(r"\$\{[A-Z_]+:\?[^}]+\}")


def filled_in(value: str) -> str:
    return NEEDED.sub("0a1b2c", value)


def test_redis_keeps_what_a_redis_of_ours_keeps() -> None:
    program, *words = SERVICES["redis"]["command"]
    options = {
        name.removeprefix("--"): value for name, value in zip(words[::2], words[1::2], strict=True)
    }
    assert program == "redis-server"
    assert NEEDED.fullmatch(options.pop("requirepass"))
    assert options == KEEPS


def test_the_workers_are_as_many_as_up_starts() -> None:
    tree: Any = get_command(app)
    command = tree.get_command(tree.make_context("sluice", ["up"]), "up")
    given = {one.name: str(one.default) for one in command.params}
    wanted = ["worker", "--workers", given["count"], "--ask-workers", given["asking"]]
    assert SERVICES["worker"]["command"] == wanted


@pytest.mark.parametrize("name", ["migrate", "worker", "web"])
def test_a_service_calls_a_command_that_exists(name: str, sluice: Sluice) -> None:
    assert sluice(*SERVICES[name]["command"], "--help").out
    assert sluice(*SERVICES["worker"]["healthcheck"]["test"][2:], "--help").out


@pytest.mark.parametrize("name", OURS)
def test_a_service_gets_settings_that_exist(name: str) -> None:
    given = {key: filled_in(value) for key, value in SERVICES[name]["environment"].items()}
    settings = load_settings(given)
    database = make_url(settings.database_url)
    assert (database.get_backend_name(), database.host, database.database) == (
        "postgresql",
        "postgres",
        "sluice",
    )
    assert database.username == SERVICES["postgres"]["environment"]["POSTGRES_USER"]
    assert settings["redis_url"] == "redis://:0a1b2c@redis:6379/0"


def test_no_password_has_a_default() -> None:
    asked = [one for one in re.findall(r"\$\{[^}]*\}", TEXT) if "SLUICE_NAME" not in one]
    assert asked == NEEDED.findall(TEXT)
    values = [
        (key, value)
        for one in SERVICES.values()
        for key, value in one.get("environment", {}).items()
        if "PASS" in key or "AUTH" in key
    ]
    assert [pair for pair in values if not NEEDED.fullmatch(pair[1])] == []
    assert len(values) == 2 + len(OURS)


def test_nothing_starts_before_what_it_needs_and_nothing_is_open_to_the_outside() -> None:
    needs = {
        name: {other: one["condition"] for other, one in SERVICES[name]["depends_on"].items()}
        for name in OURS
    }
    ready = {
        "migrate": "service_completed_successfully",
        "postgres": "service_healthy",
        "redis": "service_healthy",
    }
    migrate = needs.pop("migrate")
    assert migrate == {"postgres": "service_healthy"}
    assert needs == {"worker": ready, "web": ready, "sluice": ready}
    assert SERVICES["migrate"]["restart"] == "no"
    assert {name for name, one in SERVICES.items() if "healthcheck" in one} == {
        "postgres",
        "redis",
        "worker",
    }
    assert [
        name
        for name, one in SERVICES.items()
        if "ports" in one or "network_mode" in one or "privileged" in one
    ] == ["proxy"]


def test_the_pages_believe_the_proxy_alone() -> None:
    command, front = SERVICES["web"]["command"], COMPOSE["networks"]["front"]
    named = dict(zip(command[1::2], command[2::2], strict=True))
    addresses = {
        name: SERVICES[name]["networks"]["front"]["ipv4_address"] for name in ("web", "proxy")
    }
    assert named["--proxy"] == addresses["proxy"]
    assert SERVICES["proxy"]["command"][-1] == f"{addresses['web']}:{PORT}"
    subnet = ip_network(front["ipam"]["config"][0]["subnet"])
    assert all(ip_address(one) in subnet for one in addresses.values())
    assert SERVICES["web"]["profiles"] == SERVICES["proxy"]["profiles"] == ["web"]
    assert "front" not in SERVICES["worker"].get("networks", {})


def test_what_is_kept_is_on_named_volumes() -> None:
    mounts = {
        name: [mount.split(":") for mount in one.get("volumes", [])]
        for name, one in SERVICES.items()
    }
    assert {mount[0] for some in mounts.values() for mount in some} == set(COMPOSE["volumes"])
    home = re.search(r"SLUICE_HOME=(\S+)", DOCKERFILE)
    assert home
    assert all(mounts[name] == [["home", home[1]]] for name in OURS)


def test_a_worker_has_time_to_end_its_job() -> None:
    assert float(SERVICES["worker"]["stop_grace_period"].removesuffix("s")) > GRACE


def test_images_go_by_name_alone() -> None:
    # Where they come from is the machine's setting.
    bases = re.findall(r"^(?:FROM|ARG BASE=|COPY --from=) ?(\S+)", DOCKERFILE, re.MULTILINE)
    assert [
        name for name in [*bases, *(one["image"] for one in SERVICES.values())] if "/" in name
    ] == []


def test_the_image_installs_by_hash_and_runs_as_nobody_special() -> None:
    assert "pip wheel --require-hashes" in DOCKERFILE
    downloads = [
        line
        for line in DOCKERFILE.replace("\\\n", "").splitlines()
        if re.search(r"pip (?:install|wheel)", line)
    ]
    assert [
        line for line in downloads if "--require-hashes" not in line and "--no-index" not in line
    ] == []
    *_, last = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)
    assert last not in ("root", "0")


def test_the_image_gets_every_package_and_nothing_else() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    assert set(PACKAGES) < names
    assert all((ROOT / name).exists() for name in names)
    let_through = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    assert set(let_through) == names
