"""The pages of the demo, with a login for each role."""

import json
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from console.cli.demo_serve import serve_demo
from leads.errors import ServiceDownError
from leads.settings import load_settings
from leads.store.clients import make_client
from leads.store.migrate import open_store
from tests.web.browser import Browser

CALL = """
from pathlib import Path
from console.cli.demo_serve import serve_demo
serve_demo(Path({!r}), {}, as_json=True)
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The folder of a demo that holds its client alone."""
    settings = load_settings({"SLUICE_HOME": str(tmp_path)})
    store = open_store(settings.database_url)
    with store.write() as tx:
        make_client(tx, "town")
    store.close()
    return tmp_path


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])


def test_each_role_logs_in_and_ctrl_c_ends_it(town: Path) -> None:
    call = [sys.executable, "-c", CALL.format(str(town), free_port())]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        told = json.loads(server.stdout.readline())
        for one in told["logins"]:
            browser = Browser(told["url"])
            page = browser.post("/login", {"name": one["user"], "password": one["password"]})
            assert (page.status, one["user"] in page.text) in {(200, True), (404, True)}
            assert "town" in browser.get("/place").text
        server.send_signal(signal.SIGINT)
        server.wait(60)
    assert [one["role"] for one in told["logins"]] == ["admin", "manager", "sdr", "operator"]


def test_a_port_that_is_taken_is_named(town: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(ServiceDownError, match=f"cannot listen on 127.0.0.1 port {port}"):
            serve_demo(town, port, as_json=True)
