"""Immediate alerts: grouped, held in quiet hours, told once; delivered to a real webhook on loopback."""

import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from command_line import run_wakhan

from flows.mail.notify import has_news, in_quiet_hours, notify
from flows.settings import NotifySettings, QuietHours, Settings
from records import ConfigError
from records.landing import Batch
from tests.warehouse.press import alert, article, entity, guess, mention, outlet, translation, watch_list
from warehouse import land, open_warehouse, sync_lists, sync_outlets
from warehouse.judging import alerts_named

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NIGHT = QuietHours(begin=time(22, 0), end=time(7, 0), timezone="Asia/Dushanbe")


class Chat:
    """An address that remembers what it was told, and may be out of order."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.broken = False

    def __call__(self, address: str, title: str, body: str) -> bool:  # noqa: ARG002 - what Apprise is given
        if not self.broken:
            self.told.append((title, body))
        return not self.broken


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Settings:
    monkeypatch.setenv("WAKHAN_NOTIFY_DESK", "json://127.0.0.1:1/secret-token")
    made = Settings(data_dir=tmp_path, notify=NotifySettings(urls=("WAKHAN_NOTIFY_DESK",)))
    with open_warehouse(made.warehouse) as opened:
        sync_outlets(opened, (outlet("asia-plus"),), now=NOON)
        sync_lists(opened, (watch_list(),), (entity(),), now=NOON)
    return made


def find(settings: Settings, slug: str, at: datetime, *, title: str | None = None) -> None:
    page = article(slug, at=at, published_at=at)
    with open_warehouse(settings.warehouse) as opened:
        land(
            opened,
            Batch(
                landed_at=at,
                articles=(page,),
                languages=(guess(page),),
                translations=(translation(page, title=title or f"Exercise {slug}"),),
                mentions=(mention(page, "201-й базы"),),
                alerts=(alert(page, at=at),),
            ),
        )


def told(chat: Chat) -> list[list[str]]:
    return [[line.split()[-1] for line in body.splitlines() if line.startswith("Exercise")] for _, body in chat.told]


def minutes(count: float) -> datetime:
    return NOON + timedelta(minutes=count)


def test_what_is_high_is_told_once_with_outlet_names_and_link(settings):
    chat = Chat()
    find(settings, "one", minutes(-5))
    notify(settings, now=NOON, deliver=chat)
    for later in (1, 20, 40, 90):
        notify(settings, now=minutes(later), deliver=chat)
    ((title, body),) = chat.told
    assert title == "Wakhan: 1 alert in 1 story, 1 of high priority"
    title, named, address = body.splitlines()
    assert (title, address) == ("Exercise one", "https://asia-plus.example/one")
    names, _, verdict_id = named.partition(" · ")
    assert names == "Asia-Plus: 201st Military Base"
    with open_warehouse(settings.warehouse) as warehouse:
        (alert,) = alerts_named(warehouse, [verdict_id])
    assert (alert.entity_id, alert.title_en) == ("base-201", "Exercise one")


def test_a_title_wakes_no_channel_and_hides_no_address(settings):
    chat = Chat()
    find(settings, "one", minutes(-2), title="<!channel> @everyone [Click](http://evil.example/)")
    notify(settings, now=NOON, deliver=chat)
    ((_, body),) = chat.told
    title, _, address = body.splitlines()
    assert not set("<>@[]") & set(title)
    assert "channel" in title
    assert address == "https://asia-plus.example/one"


def test_a_burst_within_the_pause_is_one_message(settings):
    chat = Chat()
    find(settings, "first", minutes(-1))
    for minute in (0, 5, 10):
        notify(settings, now=minutes(minute), deliver=chat)
        for number in range(4):
            find(settings, f"burst{minute:02}{number}", minutes(minute + number))
    notify(settings, now=minutes(15), deliver=chat)
    assert [len(slugs) for slugs in told(chat)] == [1, 8]
    assert chat.told[1][0] == "Wakhan: 12 alerts in 12 stories, 12 of high priority"
    assert chat.told[1][1].endswith("And 4 stories more in the next digest.")


def test_the_past_is_not_told_to_a_new_address_not_even_by_the_second_message(settings):
    chat = Chat()
    find(settings, "yesterday", minutes(-600))
    find(settings, "now", minutes(-2))
    notify(settings, now=NOON, deliver=chat)
    find(settings, "later", minutes(20))
    notify(settings, now=minutes(30), deliver=chat)
    assert told(chat) == [["now"], ["later"]]


def test_what_comes_at_night_is_told_in_the_morning_in_one_message(settings):
    chat = Chat()
    quiet = settings.model_copy(update={"notify": settings.notify.model_copy(update={"quiet": NIGHT})})
    find(settings, "evening", minutes(-1))
    notify(quiet, now=NOON, deliver=chat)
    for hour in (18, 20, 22, 25):  # 23:00, 01:00, 03:00 and 06:00 in Dushanbe
        find(settings, f"night{hour}", NOON + timedelta(hours=hour - 12))
        assert notify(quiet, now=NOON + timedelta(hours=hour - 12, minutes=1), deliver=chat) == ()
    notify(quiet, now=NOON + timedelta(hours=14), deliver=chat)  # 07:00
    assert [sorted(slugs) for slugs in told(chat)] == [["evening"], ["night18", "night20", "night22", "night25"]]


def test_the_first_night_of_a_new_address_is_told_in_the_morning_too(settings):
    chat = Chat()
    quiet = settings.model_copy(update={"notify": settings.notify.model_copy(update={"quiet": NIGHT})})
    find(settings, "afternoon", NOON)  # 17:00 in Dushanbe
    find(settings, "night", NOON + timedelta(hours=8))
    morning = NOON + timedelta(hours=14)
    assert has_news(quiet, now=morning)
    notify(quiet, now=morning, deliver=chat)
    assert told(chat) == [["night"]]


def test_a_message_of_a_clock_that_ran_ahead_hides_nothing_when_its_hour_comes(settings):
    chat = Chat()
    find(settings, "one", minutes(-5))
    notify(settings, now=NOON, deliver=chat)
    ahead = NOON + timedelta(days=3)
    find(settings, "ahead", ahead)
    notify(settings, now=ahead + timedelta(minutes=1), deliver=chat)
    # Set back, and nobody calls for some hours before that time is reached.
    find(settings, "between", ahead - timedelta(hours=5))
    assert has_news(settings, now=ahead + timedelta(minutes=20))
    notify(settings, now=ahead + timedelta(minutes=20), deliver=chat)
    assert told(chat) == [["one"], ["ahead"], ["between"]]


def test_what_landed_while_the_clock_ran_ahead_is_told_when_it_is_set_back(settings):
    chat = Chat()
    find(settings, "one", minutes(-5))
    notify(settings, now=NOON, deliver=chat)
    find(settings, "ahead", NOON + timedelta(days=3))
    assert has_news(settings, now=minutes(60))
    for minute in (60, 90):
        notify(settings, now=minutes(minute), deliver=chat)
    assert told(chat) == [["one"], ["ahead"]]
    assert not has_news(settings, now=minutes(120))


def test_what_an_address_did_not_take_is_told_when_it_does(settings):
    chat = Chat()
    chat.broken = True
    find(settings, "one", minutes(-5))
    assert [notice.state for notice in notify(settings, now=NOON, deliver=chat)] == ["waiting"]
    find(settings, "two", minutes(60))
    assert [notice.state for notice in notify(settings, now=minutes(120), deliver=chat)] == ["waiting"]
    chat.broken = False
    notify(settings, now=minutes(240), deliver=chat)
    notify(settings, now=minutes(280), deliver=chat)
    assert [sorted(slugs) for slugs in told(chat)] == [["one", "two"]]


@pytest.mark.parametrize(
    ("clock", "quiet"), [("21:59", False), ("22:00", True), ("03:00", True), ("06:59", True), ("07:00", False)]
)
def test_quiet_hours_begin_in_the_evening_and_end_in_the_morning(clock, quiet):
    moment = datetime.fromisoformat(f"2026-11-22T{clock}").replace(tzinfo=UTC) - timedelta(hours=5)
    assert in_quiet_hours(NIGHT, now=moment) is quiet


def test_an_address_that_is_not_in_the_environment_is_named(settings, monkeypatch):
    monkeypatch.delenv("WAKHAN_NOTIFY_DESK")
    with pytest.raises(ConfigError, match="WAKHAN_NOTIFY_DESK"):
        notify(settings, now=NOON)


@contextmanager
def open_webhook():
    """Serve a webhook on loopback; yield its port and what was posted, as (path, message)."""
    posted = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            posted.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_port, posted
        server.shutdown()


def test_a_real_webhook_gets_it_through_apprise_and_the_token_stays_out_of_the_logs(settings, monkeypatch, caplog):
    caplog.set_level("DEBUG")
    with open_webhook() as (port, posted):
        monkeypatch.setenv("WAKHAN_NOTIFY_DESK", f"json://desk:s3cretpass@127.0.0.1:{port}/hook")
        find(settings, "one", minutes(-5))
        assert [notice.state for notice in notify(settings, now=NOON)] == ["sent"]
    ((path, message),) = posted
    assert path.rstrip("/") == "/hook"
    assert message["title"].startswith("Wakhan: 1 alert")
    assert "Exercise one" in message["message"]
    assert "s3cretpass" not in caplog.text


def test_without_up_the_command_tells_and_tells_once(settings):
    file = settings.data_dir / "wakhan.yml"
    file.write_text(f"data_dir: {settings.data_dir}\nnotify: {{urls: [DESK]}}\n", encoding="utf-8")
    with open_webhook() as (port, posted):
        environment = {"DESK": f"json://127.0.0.1:{port}/hook"}
        nothing = run_wakhan("--settings", file, "notify", **environment)
        find(settings, "one", datetime.now(UTC) - timedelta(minutes=5))
        looked = run_wakhan("--settings", file, "notify", "--dry-run", **environment)
        assert not posted
        told = run_wakhan("--settings", file, "notify", **environment)
        again = run_wakhan("--settings", file, "notify", **environment)
    assert [each.returncode for each in (nothing, looked, told, again)] == [0, 0, 0, 0]
    assert (looked.stdout, told.stdout) == (
        "There is news.\n",
        "DESK: sent: Wakhan: 1 alert in 1 story, 1 of high priority\n",
    )
    assert "Nothing to tell." in nothing.stderr
    assert "Nothing to tell." in again.stderr
    assert len(posted) == 1


def test_the_command_names_the_setting_that_is_missing(tmp_path):
    file = tmp_path / "wakhan.yml"
    file.write_text(f"data_dir: {tmp_path}\n", encoding="utf-8")
    refused = run_wakhan("--settings", file, "notify")
    assert refused.returncode == 2
    assert "notify.urls" in refused.stderr
