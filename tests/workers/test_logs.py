"""A line of log says what happened, to which trace, and nothing secret."""

import json

import pytest

from workers.logs import logger, redact


def test_a_line_is_json_with_its_time_and_trace(capsys: pytest.CaptureFixture[str]) -> None:
    logger(as_json=True)("done", kind="crawl", tasks=3, trace_id="abc", error=None)
    line = json.loads(capsys.readouterr().err)
    assert line.pop("at").endswith("Z")
    assert line == {"event": "done", "kind": "crawl", "tasks": 3, "trace_id": "abc"}


def test_a_line_is_text_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    logger(as_json=False)("done", kind="crawl")
    assert "event='done' kind='crawl'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        pytest.param(
            {"error": "erika@firma.example: no"},
            {"error": "***@firma.example: no"},
            id="an address in a text",
        ),
        pytest.param(
            {"url": "redis://:geheim@host/0"},
            {"url": "redis://:***@host/0"},
            id="a password in an address",
        ),
        pytest.param(
            {"api_key": "x", "Authorization": ["y"]},
            {"api_key": "***", "Authorization": "***"},
            id="secret by its name",
        ),
        pytest.param(
            {"a": {"b": [{"password": 1, "c": "token=x"}]}},
            {"a": {"b": [{"password": "***", "c": "token=***"}]}},
            id="however deep",
        ),
        pytest.param({"a": ValueError("secret: x")}, {"a": "secret: ***"}, id="an exception"),
        pytest.param(
            {"n": 3, "f": 0.5, "b": True, "z": None},
            {"n": 3, "f": 0.5, "b": True, "z": None},
            id="numbers stay numbers",
        ),
    ],
)
def test_nothing_secret_is_logged(line: dict[str, object], masked: dict[str, object]) -> None:
    assert redact(None, "info", line) == masked
