"""Digests through a real SMTP server with TLS and AUTH: what is due, what arrives, and what a crash does."""

import email
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.policy import default
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from bench.post_office import PASSWORD, USER, PostOffice, open_office
from flows.demo.server import Press, start_press
from flows.mail.mailing import anything_due, due_now, send_due
from flows.settings import MailSettings, Settings
from records import ConfigError, MailError
from records.landing import Batch
from tests.warehouse.press import alert, article, entity, guess, mention, outlet, translation, watch_list
from warehouse import land, open_warehouse, sync_lists, sync_outlets
from warehouse.asking import ask
from warehouse.caring import check
from warehouse.publishing import publish

SEVEN = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)  # 07:00 in Dushanbe


@pytest.fixture(scope="module")
def tls_office(tmp_path_factory) -> Iterator[PostOffice]:
    with open_office(tmp_path_factory.mktemp("office")) as opened:
        yield opened


@pytest.fixture
def office(tls_office, monkeypatch) -> PostOffice:
    monkeypatch.setenv("WAKHAN_SMTP_PASSWORD", PASSWORD)
    tls_office.mails.clear()
    tls_office.recipients.clear()
    tls_office.answers = {}
    tls_office.on_data = lambda: None
    return tls_office


@pytest.fixture
def settings(office, tmp_path) -> Settings:
    readers = tmp_path / "readers"
    readers.mkdir()
    (readers / "anna.yml").write_text("name: Анна\naddress: anna@example.org\n", encoding="utf-8")
    (readers / "boris.yml").write_text(
        "name: Boris\naddress: boris@example.org\nlanguages: [zh]\nformat: text\nhour: 09:00\n", encoding="utf-8"
    )
    made = Settings(data_dir=tmp_path, subscriptions=readers, mail=mail_settings(office))
    with open_warehouse(made.warehouse) as opened:
        sync_outlets(opened, (outlet("asia-plus"), outlet("khovar")), now=SEVEN)
        sync_lists(opened, (watch_list(),), (entity(),), now=SEVEN)
    found(made, "first", SEVEN - timedelta(hours=3))
    return made


def mail_settings(office: PostOffice) -> MailSettings:
    return MailSettings(
        host="localhost", port=office.port, user=USER, sender="digest@wakhan.example", ca_file=office.ca_file
    )


def found(settings: Settings, slug: str, at: datetime, *, landed_at: datetime | None = None) -> str:
    """Land an article with an alert made at a moment, and return the alert's id."""
    page = article(slug, at=at, published_at=at)
    told = alert(page, at=at)
    with open_warehouse(settings.warehouse) as opened:
        land(
            opened,
            Batch(
                landed_at=landed_at or at,
                articles=(page,),
                languages=(guess(page),),
                translations=(translation(page, title=f"Exercise {slug}"),),
                mentions=(mention(page, "201-й базы"),),
                alerts=(told,),
            ),
        )
    return told.alert_id


def no_sleep(seconds: float) -> None:
    pass


def send(settings: Settings, now: datetime, only: tuple[str, ...] = ("anna",)) -> list[str]:
    return [sending.state for sending in send_due(settings, now=now, only=only, sleep=no_sleep)]


def slugs(mail: bytes) -> list[str]:
    body = email.message_from_bytes(mail, policy=default).get_body(("plain",))
    return sorted(set(re.findall(r"Exercise (\w+)\r?$", body.get_content(), re.MULTILINE)))


def states(settings: Settings) -> list[tuple[str, int]]:
    publish(settings.warehouse, settings.published)
    return [tuple(row) for row in ask(settings.published, "select state, alerts from digests order by made_at").rows]


def test_each_reader_gets_what_they_wished_at_their_hour(settings, office):
    assert send(settings, SEVEN - timedelta(minutes=1), ()) == ["sent", "sent"]  # of the day before: nothing was told
    office.mails.clear()
    assert send(settings, SEVEN, ()) == ["sent"]
    assert send(settings, SEVEN + timedelta(hours=1, minutes=59), ()) == []
    assert send(settings, SEVEN + timedelta(hours=2), ()) == ["sent"]
    anna, boris = (email.message_from_bytes(mail, policy=default) for mail in office.mails)
    assert anna["To"].addresses[0].display_name == "Анна"
    assert boris["To"].addresses[0].addr_spec == "boris@example.org"
    assert boris.get_content_type() == "text/plain"
    assert boris.get_content().startswith("No alerts from 22 Nov, 06:59")


def test_an_alert_is_told_once_also_when_it_landed_late(settings, office):
    send(settings, SEVEN)
    found(settings, "late", SEVEN - timedelta(minutes=10), landed_at=SEVEN + timedelta(minutes=5))
    found(settings, "next", SEVEN + timedelta(hours=5))
    for hours in (1, 24, 25, 48):
        send(settings, SEVEN + timedelta(hours=hours))
    assert [slugs(mail) for mail in office.mails] == [["first"], ["late", "next"], []]
    with open_warehouse(settings.warehouse) as opened:
        assert [done.name for done in check(opened) if done.broken] == []


def test_after_five_days_without_a_sender_one_mail_tells_all_five(settings, office):
    send(settings, SEVEN)
    for day in range(1, 6):
        found(settings, f"day{day}", SEVEN + timedelta(days=day, hours=-1))
    assert send(settings, SEVEN + timedelta(days=5, hours=4)) == ["sent"]
    assert slugs(office.mails[1]) == [f"day{day}" for day in range(1, 6)]


def test_while_the_server_is_down_mail_waits_and_is_folded_into_the_next(settings, office):
    office.answers = {"RCPT": ["450 busy"] * 6}
    assert send(settings, SEVEN) == ["waiting"]
    assert send(settings, SEVEN + timedelta(minutes=4)) == []
    assert send(settings, SEVEN + timedelta(minutes=6)) == ["waiting"]
    found(settings, "second", SEVEN + timedelta(hours=20))
    assert send(settings, SEVEN + timedelta(days=1)) == ["sent"]
    assert [slugs(mail) for mail in office.mails] == [["first", "second"]]
    assert states(settings) == [("withdrawn", 0), ("sent", 2)]


def test_a_new_reader_whose_server_is_down_for_days_is_told_everything_at_last(settings, office):
    office.answers = {"RCPT": ["450 busy"] * 15}
    for day in range(5):
        assert send(settings, SEVEN + timedelta(days=day)) == ["waiting"]
        found(settings, f"after{day}", SEVEN + timedelta(days=day, hours=1))
    assert send(settings, SEVEN + timedelta(days=5)) == ["sent"]
    assert slugs(office.mails[0]) == [*(f"after{day}" for day in range(5)), "first"]


def test_what_a_reader_refused_is_told_in_the_next(settings, office):
    office.answers = {"RCPT": ["550 5.1.1 no such user"]}
    (refused,) = send_due(settings, now=SEVEN, only=("anna",), sleep=no_sleep)
    assert (refused.state, refused.said) == ("refused", "550 5.1.1 no such user")
    assert send(settings, SEVEN + timedelta(hours=1)) == []
    assert send(settings, SEVEN + timedelta(days=1)) == ["sent"]
    assert slugs(office.mails[0]) == ["first"]
    assert states(settings) == [("refused", 0), ("sent", 1)]


def test_a_doubtful_mail_is_sent_again_under_its_id_and_not_for_ever(settings, office):
    office.answers = {"HANGUP": ["now"] * 9}
    moments = [SEVEN + timedelta(hours=3 * hour) for hour in range(7)]
    assert [send(settings, now) for now in moments] == [["doubtful"]] * 4 + [["refused"], [], []]
    assert len(office.mails) == 5
    assert len(set(office.mails)) == 1


def test_a_wrong_password_sends_nothing_loses_nothing_and_is_not_told(settings, office, monkeypatch):
    monkeypatch.setenv("WAKHAN_SMTP_PASSWORD", "falsch")
    with pytest.raises(MailError, match="WAKHAN_SMTP_PASSWORD") as caught:
        send(settings, SEVEN)
    assert "falsch" not in str(caught.value)
    monkeypatch.setenv("WAKHAN_SMTP_PASSWORD", PASSWORD)
    assert send(settings, SEVEN + timedelta(minutes=6)) == ["sent"]
    assert slugs(office.mails[0]) == ["first"]


def test_a_dry_run_sends_and_writes_nothing(settings, office):
    (due,) = due_now(settings, now=SEVEN, only=("anna",))
    assert (due.state, due.subject, due.said) == ("due", "1 alert in 1 story, 1 of high priority", "anna@example.org")
    assert office.mails == []
    assert send(settings, SEVEN) == ["sent"]


def test_a_reader_nobody_knows_is_named(settings):
    with pytest.raises(ConfigError, match="There are: anna, boris"):
        send(settings, SEVEN, ("ana",))


SENDER = """
import sys
from datetime import datetime
from flows.mail.mailing import send_due
from flows.settings import Settings
send_due(Settings.model_validate_json(sys.argv[1]), now=datetime.fromisoformat(sys.argv[2]), only=("anna",))
"""


def test_killed_between_sending_and_recording_the_same_mail_goes_out_once_more(settings, office):
    killed = threading.Event()

    def kill() -> None:
        os.kill(sender.pid, signal.SIGKILL)
        killed.set()

    # The server has the whole mail, and the sender dies before it hears so.
    office.on_data = kill
    sender = subprocess.Popen([sys.executable, "-c", SENDER, settings.model_dump_json(), SEVEN.isoformat()])
    assert sender.wait(timeout=90) == -signal.SIGKILL
    assert killed.is_set()
    office.on_data = lambda: None
    assert len(office.mails) == 1
    found(settings, "meanwhile", SEVEN + timedelta(minutes=1))
    assert send(settings, SEVEN + timedelta(minutes=6)) == ["sent"]
    assert len(office.mails) == 2
    assert office.mails[0] == office.mails[1]
    assert send(settings, SEVEN + timedelta(minutes=30)) == []
    assert send(settings, SEVEN + timedelta(days=1)) == ["sent"]
    assert slugs(office.mails[2]) == ["meanwhile"]


def answer_of(press: Press, url: str) -> int:
    """Ask the press for a page as a browser would, whose name server knows the demo's hosts."""
    parts = urlsplit(url)
    connection = HTTPConnection(*press.addresses[parts.netloc], timeout=10)
    with closing(connection):
        connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
        return connection.getresponse().status


def test_the_digest_of_the_demo_arrives_whole(demo, settings, office, tmp_path):
    target = tmp_path / "demo"
    target.mkdir()
    (target / "wakhan.duckdb").write_bytes(demo.settings.warehouse.read_bytes())
    now = datetime.now(UTC) + timedelta(days=1)
    assert send(settings.model_copy(update={"data_dir": target}), now) == ["sent"]
    (sent,) = office.mails
    mail = email.message_from_bytes(sent, policy=default)
    html, text = mail.get_body(("html",)).get_content(), mail.get_body(("plain",)).get_content()
    assert len(html) < 200_000
    cids = {part["Content-ID"].strip("<>") for part in mail.walk() if part.get_content_maintype() == "image"}
    assert cids
    assert set(re.findall(r'src="cid:([^"]+)"', html)) == cids
    links = {unescape(url) for url in re.findall(r'href="([^"]+)"', html)}
    assert links >= set(re.findall(r"https?://[^\s<>]+[^\s<>.,;)”]", text))
    with start_press(today=demo.today, revision=2) as press:
        assert len(links) > 10
        assert {url: answer_of(press, url) for url in links} == dict.fromkeys(links, 200)
    kept = set(re.findall(r"Archive copy: (\S+)", text))
    assert kept
    assert all((demo.settings.archive / name).is_file() for name in kept)
    assert "Footnote: " in text
    assert re.search("[一-鿿]", text)
    assert re.search("[ҳӣқғӯҷ]", text)
    assert office.logins > 0


def test_mail_of_a_reader_who_has_left_waits_for_nobody(settings, office):
    office.answers = {"DATA": ["451 later"] * 3}
    assert send(settings, SEVEN) == ["waiting"]
    (settings.subscriptions / "anna.yml").unlink()
    (settings.subscriptions / "boris.yml").unlink()
    (settings.subscriptions / "carla.yml").write_text("name: Carla\naddress: carla@example.org\n", encoding="utf-8")
    office.answers = {}
    later = SEVEN + timedelta(hours=3)
    assert send(settings, later, ()) == ["sent"]
    assert office.recipients == ["carla@example.org"]
    assert not anything_due(settings, now=later)
    assert ("withdrawn", 0) in states(settings)
