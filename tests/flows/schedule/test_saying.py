"""What the parent of ``wakhan up`` says of the next digest, and what it outlives."""

import logging
from datetime import UTC, datetime

import pytest

from flows.schedule.journal import Journal
from flows.schedule.up import _Tree
from flows.settings import MailSettings, ScheduleSettings, Settings

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("slip", ["name: Anna\naddress: nobody\n", None], ids=["a slip in a file", "no folder"])
def test_a_slip_in_a_subscription_does_not_end_it(tmp_path, slip):
    readers = tmp_path / "readers"
    if slip is not None:
        readers.mkdir()
        (readers / "anna.yml").write_text(slip, encoding="utf-8")
    settings = Settings(
        data_dir=tmp_path,
        subscriptions=readers,
        mail=MailSettings(host="localhost", sender="digest@wakhan.example"),
        schedule=ScheduleSettings(prefect=False),
    )
    tree = _Tree(settings, Journal(), None)
    tree._say_digest(NOW)
    readers.mkdir(exist_ok=True)
    (readers / "anna.yml").write_text("name: Anna\naddress: anna@example.org\n", encoding="utf-8")
    tree._say_digest(NOW)
    assert tree._journal.next_digest_at == datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_a_disk_that_takes_no_journal_does_not_end_it(tmp_path, caplog):
    settings = Settings(data_dir=tmp_path / "full", schedule=ScheduleSettings(prefect=False))
    tree = _Tree(settings, Journal(), None)
    settings.data_dir.write_text("")  # no file can be made below it, whoever asks
    with caplog.at_level(logging.ERROR):
        tree._note()
    assert "the journal cannot be written" in caplog.text
