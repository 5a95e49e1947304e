"""Forty ways an outlet can misbehave, through the whole road: what lands, what its health row says, who else suffers.

Each case is an outlet with a server and a host name of its own; all are collected in one run, together with healthy
outlets, and once more in a second run. A page of any outlet is the same made-up article under another address.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from bad_server import FEEDS, MISBEHAVIOURS
from misbehaving_press import OutletServer, outlet_file, watch_list

from flows.ingest.once import run_once
from flows.ingest.opening import open_road
from flows.ingest.run import collect_plainly, ingest
from flows.settings import FetchSettings, Settings, TranslationSettings
from records import FetchState, OutletReport
from records.landing import Batch
from warehouse.asking import ask
from warehouse.landing import land
from warehouse.opening import open_warehouse
from warehouse.reading import fetch_states


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What must come of a case. ``landed`` counts articles; ``says`` stands in the first failure and in the advice."""

    state: str
    status: str
    landed: int
    says: str | None = None
    trouble: str | None = None


def fails(state: str, says: str, *, trouble: str, status: str = "failing") -> Expected:
    return Expected(state=state, status=status, landed=0, says=says, trouble=trouble)


def works(landed: int = 3, *, state: str = "new", status: str = "normal") -> Expected:
    return Expected(state=state, status=status, landed=landed)


CASES: dict[str, Expected] = {
    "redirect-loop": fails("failing", "in a circle", trouble="other"),
    "redirect-ping": fails("failing", "in a circle", trouble="other"),
    "redirect-to-private": fails("blocked", "not public", trouble="blocked"),
    "redirect-to-loopback": fails("blocked", "not public", trouble="blocked"),
    "redirect-to-metadata": fails("blocked", "not public", trouble="blocked"),
    "redirect-to-file": fails("failing", "only http and https", trouble="other"),
    "forbidden-by-agent": fails("refused", "refuses this client", trouble="refused"),
    "status-404": fails("gone", "no such page", trouble="gone"),
    "status-410": fails("gone", "gone for good", trouble="gone"),
    "status-451": fails("blocked", "legal reasons", trouble="blocked"),
    "status-204": fails("failing", "no page came", trouble="other"),
    "busy-seconds": fails("refused", "asked too often", trouble="refused"),
    "busy-date": fails("refused", "asked too often", trouble="refused"),
    "down-for-an-hour": fails("down", "busy or down", trouble="down"),
    "truncated-gzip": fails("failing", "ends early", trouble="other"),
    "gzip-bomb": fails("failing", "when unpacked", trouble="other"),
    "huge-page": fails("failing", "announces 100,000,000 bytes", trouble="other"),
    "endless-page": fails("failing", "more than", trouble="other"),
    "byte-by-byte": fails("down", "time allowed in all", trouble="down"),
    "head-by-byte": fails("down", "time allowed in all", trouble="down"),
    "never-answers": fails("down", "time allowed in all", trouble="down"),
    "length-too-long": fails("failing", "ends early", trouble="other"),
    "length-too-short": fails("failing", "", trouble="content"),
    "chunk-cut-off": fails("failing", "ends early", trouble="other"),
    "reset-in-body": fails("down", "connection broke", trouble="down"),
    "not-http": fails("failing", "not HTTP", trouble="other"),
    "empty-answer": fails("down", "without an answer", trouble="down"),
    "html-for-feed": fails("failing", "HTML page", trouble="content"),
    "charset-meta-wrong": fails("failing", "HTML page", trouble="content"),
    "eleven-bytes": fails("failing", "", trouble="content"),
    "no-items": fails("failing", "0 items", trouble="content"),
    "entity-bomb": fails("failing", "entit", trouble="content"),
    "external-entity": fails("failing", "entit", trouble="content"),
    "not-modified": works(),
    "redirect-fine": works(),
    "redirect-cyrillic": works(),
    "busy-briefly": works(),
    "broken-once": works(),
    "false-gzip": works(),
    "no-length": works(),
    "lying-etag": works(1),
    "changing-guids": works(),
    "charset-header-wrong": works(),
    "charset-prolog-wrong": works(),
    "bom": works(),
    "utf-16": works(),
    "nul-bytes": works(),
    "ten-thousand-items": works(30),
    "duplicate-guids": works(),
    "relative-links": works(),
    "links-off-host": works(1),
    "future-dates": works(),
    "no-dates": works(),
    # Not a path of the misbehaving server but a server of its own.
    "robots-disallow": fails("refused", "does not allow", trouble="refused"),
    "robots-500": fails("refused", "for now", trouble="refused"),
    "site-moved": works(state="moved", status="degraded"),
    "tls-wrong-host": fails("down", "Hostname mismatch", trouble="down"),
    "tls-expired": fails("down", "expired", trouble="down"),
    "tls-incomplete-chain": fails("down", "unable to get local issuer", trouble="down"),
}
HEALTHY = ("healthy-1", "healthy-2")
# Outlets are started in the order of their ids.
PREFIX = dict.fromkeys(HEALTHY, "a-")
SLOW = ("byte-by-byte", "head-by-byte", "never-answers")
AGAIN = ("not-modified", "changing-guids", "lying-etag", "a-healthy-1")
ROBOTS: dict[str, str | int] = {"robots-disallow": "User-agent: *\nDisallow: /\n", "robots-500": 500}

# What an article means is no matter here.
UNTRANSLATED = TranslationSettings(engines=())

# So long may a page take in all: short for those that drip, enough for 20 MB on a busy machine.
TOTAL_SECONDS = 8.0
EVERYTHING = 1_000_000


@dataclass
class World:
    """The warehouse of the first run and of the second, which asked only those that behave from poll to poll."""

    settings: Settings
    servers: dict[str, OutletServer]
    tables: dict[str, list[dict[str, Any]]]
    again: dict[str, list[dict[str, Any]]]

    def of(self, table: str, outlet_id: str) -> list[dict[str, Any]]:
        """Return what a table of the first run holds of an outlet."""
        return [row for row in self.tables[table] if row["outlet_id"] == outlet_id]


QUERIES = {
    "articles": "select outlet_id, title, text, url, published_at, landed_at from store.articles",
    "health": "from outlet_health",
    "polls": "from store.polls",
    "items": "from store.feed_items",
    "failures": "from failures",
    "captures": "select a.outlet_id, c.* from store.captures as c join store.articles as a using (article_id)",
}


def tables(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for name, sql in QUERIES.items():
        answer = ask(settings.published, sql, max_rows=EVERYTHING)
        found[name] = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return found


# Sixty outlets and two runs: ten seconds on a quiet machine, and some time on one that is not.
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("misbehaving")
    outlets = folder / "outlets"
    outlets.mkdir()
    with ExitStack() as stack:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(folder / "root.pem"))
        servers = {}
        for number, case in enumerate([*HEALTHY, *CASES]):
            name = f"c{number:04}.test"
            server = OutletServer(name=name, tls=tls_of(case, name, authority), robots=ROBOTS.get(case, 404))
            servers[case] = stack.enter_context(server)
        moved_to = stack.enter_context(OutletServer(name="n0001.test"))
        servers["site-moved"].pages["site-moved"] = lambda connection, _: connection.answer(
            status="301 Moved Permanently", headers=[("Location", "http://n0001.test/fine")]
        )
        for case, server in servers.items():
            path = case if case not in HEALTHY else "fine"
            timeout = 60 if case in SLOW else 20
            (outlets / f"{PREFIX.get(case, '')}{case}.yml").write_text(
                outlet_file(server, path, timeout_seconds=timeout), encoding="utf-8"
            )
        settings = Settings(
            data_dir=folder / "data",
            outlets=outlets,
            lists=watch_list(folder),
            fetch=FetchSettings(parallel_outlets=24, total_seconds=TOTAL_SECONDS, certificates=(folder / "root.pem",)),
            translation=UNTRANSLATED,
        )
        addresses = {server.name: ("127.0.0.1", server.port) for server in (*servers.values(), moved_to)}
        # More than any outlet offers but the one with 10,000.
        run_once(settings, addresses=addresses, limit=30)
        first = tables(settings)
        wear_out(settings, "lying-etag")
        run_once(settings, addresses=addresses, outlet_ids=AGAIN)
        yield World(settings=settings, servers=servers, tables=first, again=tables(settings))


def tls_of(case: str, name: str, authority: trustme.CA) -> ssl.SSLContext | None:
    past = datetime.now(UTC) - timedelta(days=400)
    if case == "tls-wrong-host":
        leaf = authority.issue_cert("elsewhere.test")
    elif case == "tls-expired":
        leaf = authority.issue_cert(name, not_before=past, not_after=past + timedelta(days=30))
    elif case == "tls-incomplete-chain":
        leaf = authority.create_child_ca().issue_cert(name)
    else:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with leaf.private_key_pem.tempfile() as key, leaf.cert_chain_pems[0].tempfile() as certificate:
        context.load_cert_chain(certificate, key)
    return context


def wear_out(settings: Settings, outlet_id: str) -> None:
    """Make it look as if the outlet's feed had said 304 twelve times, after which it is asked in full once."""
    with open_warehouse(settings.warehouse) as warehouse:
        (state,) = (s for s in fetch_states(warehouse, outlet_id).values() if s.url.endswith(outlet_id))
        worn = FetchState(
            url=state.url,
            outlet_id=outlet_id,
            etag=state.etag,
            last_modified=state.last_modified,
            body_hash=state.body_hash,
            fetched_at=state.fetched_at,
            full_at=state.full_at,
            not_modified=12,
        )
        land(warehouse, Batch(landed_at=datetime.now(UTC), fetch_states=(worn,)))


def test_every_misbehaviour_is_played() -> None:
    assert {*MISBEHAVIOURS, *FEEDS} - {"redirect-pong"} <= set(CASES)
    assert len(CASES) >= 40


@pytest.mark.parametrize("case", CASES)
def test_what_lands_what_the_health_row_says_and_that_nobody_was_held_up(case: str, world: World) -> None:
    expected = CASES[case]
    assert len(world.of("articles", case)) == expected.landed
    assert len(world.of("captures", case)) == expected.landed
    (health,) = world.of("health", case)
    assert (health["state"], health["status"]) == (expected.state, expected.status), health
    (poll,) = world.of("polls", case)
    assert poll["ok"] == (expected.says is None)
    assert poll["trouble"] == expected.trouble
    if expected.says is None:
        assert (health["streak"], poll["baseline"]) == (0, True)
        assert health["last_success_at"] == poll["polled_at"]
    else:
        (failure,) = world.of("failures", case)
        assert failure["step"] == "feed"
        assert expected.says in failure["message"]
        assert expected.says in health["advice"]
        assert (health["streak"], health["last_success_at"], world.of("items", case)) == (1, None, [])
    assert health["next_poll_at"] > poll["polled_at"]
    for healthy in HEALTHY:
        assert len(world.of("articles", PREFIX[healthy] + healthy)) == 3


def test_who_drips_or_hangs_holds_up_nobody(tmp_path: Path) -> None:
    outlets = tmp_path / "outlets"
    outlets.mkdir()
    reported: list[str] = []
    with ExitStack() as stack:
        servers = {
            path: stack.enter_context(OutletServer(name=f"c{number:04}.test"))
            for number, path in enumerate((*SLOW, "fine"))
        }
        for path, server in servers.items():
            file = outlets / f"{path}.yml"
            file.write_text(outlet_file(server, path, timeout_seconds=60), encoding="utf-8")

        def landed(report: OutletReport) -> None:
            reported.append(report.outlet_id)
            for server in servers.values():
                server.let_go()  # only now

        addresses = {server.name: ("127.0.0.1", server.port) for server in servers.values()}
        settings = Settings(
            data_dir=tmp_path / "data", outlets=outlets, lists=watch_list(tmp_path), translation=UNTRANSLATED
        )
        with open_road(settings, addresses=addresses) as road:
            report = ingest(road, landed=landed, collect=collect_plainly)
    assert (reported[0], set(reported[1:])) == ("fine", set(SLOW))
    assert {each.outlet_id: each.new for each in report.outlets} == {"fine": 3, **dict.fromkeys(SLOW, 0)}


@pytest.mark.parametrize(
    "case",
    ["charset-header-wrong", "charset-prolog-wrong", "bom", "utf-16", "nul-bytes", "false-gzip", "duplicate-guids"],
)
def test_titles_come_out_in_their_script(case: str, world: World) -> None:
    titles = {row["title"] for row in world.of("items", case)}
    assert titles == {"Учения у перевала завершены 0", "Анҷоми машқҳои сарҳадӣ 1", "边防演习结束 2"}


@pytest.mark.parametrize("case", ["future-dates", "no-dates"])
def test_an_impossible_date_is_no_date(case: str, world: World) -> None:
    assert [row["published_at"] for row in world.of("items", case)] == [None, None, None]


def test_of_ten_thousand_items_all_are_kept_and_as_many_read_as_asked_for(world: World) -> None:
    states = [row["state"] for row in world.of("items", "ten-thousand-items")]
    assert (len(states), states.count("landed")) == (10_000, 30)


def test_a_pause_that_was_asked_for_is_kept(world: World) -> None:
    for case, seconds in {"busy-seconds": 600, "busy-date": 600, "down-for-an-hour": 3600}.items():
        (health,), (poll,) = world.of("health", case), world.of("polls", case)
        assert health["next_poll_at"] - poll["polled_at"] >= timedelta(seconds=seconds - 2), case


def test_a_redirect_inwards_was_never_followed(world: World) -> None:
    assert world.servers["redirect-to-loopback"].paths() == ["/redirect-to-loopback"]


def test_where_a_site_moved_stands_in_the_advice(world: World) -> None:
    (health,) = world.of("health", "site-moved")
    assert "n0001.test" in health["advice"]


class TestASecondRun:
    @pytest.mark.parametrize("outlet_id", ["not-modified", "changing-guids", "a-healthy-1"])
    def test_brings_nothing_twice(self, world: World, outlet_id: str) -> None:
        assert [row for row in world.again["articles"] if row["outlet_id"] == outlet_id] == world.of(
            "articles", outlet_id
        )
        first, second = (poll for poll in world.again["polls"] if poll["outlet_id"] == outlet_id)
        assert (first["new_items"], second["new_items"]) == (3, 0)
        assert (first["baseline"], second["baseline"]) == (True, False)

    def test_asks_conditionally_and_takes_no_for_an_answer(self, world: World) -> None:
        asked = [r for r in world.servers["not-modified"].requests if r.path == "/not-modified"]
        assert [request.headers.get("if-none-match") for request in asked] == [None, '"one"']
        (poll,) = (p for p in world.again["polls"] if p["outlet_id"] == "not-modified" and p["status"] == 304)
        assert (poll["ok"], poll["items"]) == (True, 0)

    def test_catches_an_etag_that_stays_while_the_feed_changes(self, world: World) -> None:
        asked = [r for r in world.servers["lying-etag"].requests if r.path == "/lying-etag"]
        assert [request.headers.get("if-none-match") for request in asked] == [None, None]
        assert len([row for row in world.again["articles"] if row["outlet_id"] == "lying-etag"]) == 2
        with open_warehouse(world.settings.warehouse) as warehouse:
            states = fetch_states(warehouse, "lying-etag")
        assert [s.distrusted_at is not None for s in states.values() if s.url.endswith("lying-etag")] == [True]
