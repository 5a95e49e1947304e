"""Logs: one line an event, JSON that a program reads, and never a secret."""

import json
import logging

import pytest

from flows.logs import CleanLines, JsonLines, TextLines, secrets_of, set_up_logging, without_secrets
from flows.settings import Settings

PASSWORD = 'pa"ss wörd'
HOOK = "json://token-1234@chat.example.org/hook"


@pytest.fixture
def settings(monkeypatch):
    monkeypatch.setenv("WAKHAN_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setenv("MY_CHAT", HOOK)
    return Settings.model_validate({"notify": {"urls": ["MY_CHAT"]}})


def record(message, *arguments, level=logging.INFO, **more):
    made = logging.makeLogRecord(
        {"name": "flows.schedule", "levelno": level, "msg": message, "args": arguments, **more}
    )
    made.levelname = logging.getLevelName(level)
    return made


def raised(message):
    with pytest.raises(ValueError) as failure:
        int(message)
    return (failure.type, failure.value, failure.tb)


@pytest.mark.parametrize("lines", [JsonLines, TextLines], ids=["json", "text"])
@pytest.mark.parametrize(
    "event",
    [
        pytest.param(record(f"login failed with {PASSWORD}"), id="in the message"),
        pytest.param(record("login failed with %s", PASSWORD), id="in an argument"),
        pytest.param(record("told %s", HOOK), id="an address"),
        pytest.param(record("failed", exc_info=raised(f"no answer from {HOOK} for {PASSWORD}")), id="in a traceback"),
        pytest.param(record("using postgresql://wakhan:hunter2@db/prefect"), id="a password in any address"),
    ],
)
def test_no_secret_is_written(settings, lines, event):
    written = lines(secrets_of(settings)).format(event)
    assert "***" in written
    for secret in (
        PASSWORD,
        json.dumps(PASSWORD)[1:-1],
        json.dumps(PASSWORD, ensure_ascii=False)[1:-1],
        HOOK,
        "hunter2",
    ):
        assert secret not in written


def test_what_goes_to_prefects_pages_is_clean_too(settings, monkeypatch):
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    set_up_logging(settings)
    assert CleanLines().format(record("told %s", HOOK)) == "told ***"


def test_an_event_is_one_line_of_json_with_its_fields():
    line = JsonLines().format(record("collect: 4 new\narticles", job="collect", seconds=1.5, outcome="done"))
    assert "\n" not in line
    event = json.loads(line)
    assert event.pop("at").endswith("+00:00")
    assert event == {
        "level": "info",
        "logger": "flows.schedule",
        "message": "collect: 4 new\narticles",
        "job": "collect",
        "seconds": 1.5,
        "outcome": "done",
    }


def test_text_says_of_a_warning_that_it_is_one():
    assert TextLines().format(record("disk is full", level=logging.WARNING)).endswith(" warning: disk is full")
    assert TextLines().format(record("all is well")).endswith(" all is well")


def test_a_word_as_short_as_ok_is_no_secret(monkeypatch):
    monkeypatch.setenv("WAKHAN_SMTP_PASSWORD", "ok")
    assert without_secrets("all is ok", secrets_of(Settings())) == "all is ok"
