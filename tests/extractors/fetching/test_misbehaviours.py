"""Forty ways an outlet can misbehave: what comes of each, what is kept, what the health row says, who else suffers."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from bad_server import FEEDS, MISBEHAVIOURS, BadServer, Rules, Target, feed

from extractors.fetching.archive import Archive
from extractors.fetching.conditional import next_state
from extractors.fetching.fetcher import Fetcher
from extractors.fetching.health import health_of
from extractors.fetching.policy import FetchPolicy
from extractors.fetching.polls import failed_poll, good_poll
from records import FetchCause, Fetched, FetchError, HealthState, NotModified

POLICY = FetchPolicy(contact="desk@example.org", pacing=False, max_body_bytes=5_000_000)
PATIENT = Rules(timeout_seconds=20)
# These run into a limit of time, so theirs is short; for all others it is long enough for a busy machine.
SLOW = {"byte-by-byte", "head-by-byte", "never-answers"}


def by_name(host: str, port: int) -> list[str]:
    """Resolve every name to loopback, but keep addresses as they are."""
    return [host] if host[0].isdigit() else ["127.0.0.1"]


@dataclass(frozen=True)
class Bench:
    """A misbehaving server, a healthy one, and a fetcher for both with its archive."""

    bad: BadServer
    good: BadServer
    fetcher: Fetcher
    archive: Archive
    slept: list[float]

    def ask(self, path: str) -> Fetched | NotModified:
        rules = Rules(timeout_seconds=0.4) if path == "never-answers" else PATIENT
        return self.fetcher.fetch(self.bad.url(path), outlet=Target(url=self.bad.url(""), fetch=rules))

    def good_works(self) -> bool:
        return isinstance(
            self.fetcher.fetch(self.good.url("fine"), outlet=Target(url=self.good.url(""), id="good")), Fetched
        )


@pytest.fixture
def bench(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bench]:
    slow = getattr(request.node, "callspec", None) is not None and request.node.callspec.params.get("name") in SLOW
    with ExitStack() as stack:
        bad, good = stack.enter_context(BadServer()), stack.enter_context(BadServer(name="good.test"))
        archive = stack.enter_context(Archive(tmp_path))
        slept: list[float] = []
        policy = replace(POLICY, allowed_hosts=frozenset({bad.host, good.host}), total_seconds=1.0 if slow else 60.0)
        fetcher = stack.enter_context(Fetcher(policy, archive=archive, resolve=by_name, sleep=slept.append))
        yield Bench(bad, good, fetcher, archive, slept)


@dataclass(frozen=True)
class Failure:
    """What should come of a misbehaviour that brings nothing; ``kept`` is how many answers the archive then holds."""

    cause: FetchCause
    says: str
    health: HealthState
    status: int | None = None
    retryable: bool = False
    kept: int = 1
    wait: float | None = None


FAILS = {
    "redirect-loop": Failure("redirects", "in a circle", "failing"),
    "redirect-ping": Failure("redirects", "in a circle", "failing"),
    "redirect-to-private": Failure("forbidden-address", "not public", "blocked"),
    "redirect-to-loopback": Failure("forbidden-address", "not public", "blocked"),
    "redirect-to-metadata": Failure("forbidden-address", "not public", "blocked"),
    "redirect-to-file": Failure("bad-url", "only http and https", "failing"),
    "forbidden-by-agent": Failure("http", "refuses this client", "refused", status=403),
    "status-404": Failure("http", "no such page", "gone", status=404),
    "status-410": Failure("http", "gone for good", "gone", status=410),
    "status-451": Failure("http", "legal reasons", "blocked", status=451),
    "status-204": Failure("http", "no page came", "failing", status=204),
    "busy-seconds": Failure("http", "asked too often", "refused", status=429, retryable=True, wait=600),
    "busy-date": Failure("http", "asked too often", "refused", status=429, retryable=True, wait=600),
    "down-for-an-hour": Failure("http", "busy or down", "down", status=503, retryable=True, wait=3600),
    "truncated-gzip": Failure("truncated", "ends early", "failing", retryable=True, kept=2),
    "gzip-bomb": Failure("too-large", "when unpacked", "failing"),
    "huge-page": Failure("too-large", "announces 100,000,000 bytes", "failing"),
    "endless-page": Failure("too-large", "more than 5,000,000 bytes", "failing"),
    "byte-by-byte": Failure("deadline", "time allowed in all", "down", retryable=True),
    "head-by-byte": Failure("deadline", "time allowed in all", "down", retryable=True),
    "never-answers": Failure("read-timeout", "nothing came for 0.4 s", "down", retryable=True, kept=0),
    "length-too-long": Failure("truncated", "ends early", "failing", retryable=True, kept=2),
    "chunk-cut-off": Failure("truncated", "ends early", "failing", retryable=True, kept=2),
    "reset-in-body": Failure("reset", "connection broke", "down", retryable=True, kept=2),
    "not-http": Failure("malformed", "not HTTP", "failing", retryable=True, kept=2),
    "empty-answer": Failure("reset", "without an answer", "down", retryable=True, kept=0),
}
WORKS = {
    "not-modified": 1,
    "redirect-fine": 1,
    "redirect-cyrillic": 1,
    "busy-briefly": 2,
    "broken-once": 2,
    "false-gzip": 1,
    "no-length": 1,
    "lying-etag": 1,
    "changing-guids": 1,
}


def test_every_misbehaviour_of_the_server_is_tested() -> None:
    assert {*FAILS, *WORKS, "length-too-short", "redirect-pong"} == set(MISBEHAVIOURS)
    assert len({*MISBEHAVIOURS, *FEEDS}) >= 40


@pytest.mark.parametrize("name", FAILS)
def test_a_misbehaviour_fails_with_its_reason_and_holds_nobody_up(name: str, bench: Bench) -> None:
    expected = FAILS[name]
    with pytest.raises(FetchError) as caught:
        bench.ask(name)
    error = caught.value
    assert (error.cause, error.status, error.retryable) == (expected.cause, expected.status, expected.retryable)
    assert expected.says in error.problem
    if expected.wait is None:
        assert error.retry_after_seconds is None
    else:
        assert error.retry_after_seconds == pytest.approx(expected.wait, abs=2)

    assert bench.good_works()
    kept = list(bench.archive.captures(bench.bad.url(name)))
    assert len(kept) == expected.kept
    if expected.cause != "http":  # nothing that came broken is offered as the page
        assert not [
            capture for capture in kept if capture.status == 200 and name not in {"gzip-bomb", "truncated-gzip"}
        ]

    start = datetime(2026, 11, 20, tzinfo=UTC)
    polls = [failed_poll(error, source_url=error.url, at=start + timedelta(hours=hour)) for hour in range(4)]
    health = health_of(polls, every_minutes=30, now=polls[-1].polled_at)
    assert health.state == expected.health
    assert health.streak == 4
    assert timedelta(minutes=30) <= health.next_poll_at - polls[-1].polled_at <= timedelta(days=1)
    assert health.next_poll_at - polls[-1].polled_at >= timedelta(seconds=expected.wait or 0) - timedelta(seconds=2)
    assert health.advice.endswith(".")


@pytest.mark.parametrize("name", WORKS)
def test_what_can_be_lived_with_is_lived_with(name: str, bench: Bench) -> None:
    answer = bench.ask(name)
    assert isinstance(answer, Fetched)
    assert b"<rss" in answer.body
    assert len(bench.bad.paths()) == (2 if "redirect" in name else WORKS[name])
    assert bench.archive.find(answer.final_url) is not None
    poll = good_poll(answer, outlet_id="press", source_url=answer.url, items=3, new_items=3, first=True)
    health = health_of([poll], every_minutes=30, now=poll.polled_at)
    assert (health.state, health.new_items_30_days) == ("new", 0)


def test_a_body_longer_than_announced_is_cut_where_browsers_cut_it(bench: Bench) -> None:
    answer = bench.ask("length-too-short")
    assert isinstance(answer, Fetched)
    assert answer.body == feed()[:100]


@pytest.mark.parametrize("name", FEEDS)
def test_what_is_wrong_only_as_a_feed_arrives_byte_for_byte(name: str, bench: Bench) -> None:
    answer = bench.ask(name)
    assert isinstance(answer, Fetched)
    assert answer.body == FEEDS[name][0]
    capture = bench.archive.find(bench.bad.url(name))
    assert capture is not None
    assert bench.archive.read(capture) == answer


def test_a_pause_of_two_seconds_is_waited_for_and_one_of_ten_minutes_is_not(bench: Bench) -> None:
    assert isinstance(bench.ask("busy-briefly"), Fetched)
    assert sum(bench.slept) == pytest.approx(2, abs=0.5)
    with pytest.raises(FetchError):
        bench.ask("busy-seconds")
    assert max(bench.slept) < 3
    # From now on the host is left alone: no request is sent at all.
    before = len(bench.bad.requests)
    with pytest.raises(FetchError, match="left alone") as caught:
        bench.ask("fine")
    assert (caught.value.cause, caught.value.retryable) == ("held", True)
    assert caught.value.retry_after_seconds == pytest.approx(600, abs=10)
    assert len(bench.bad.requests) == before
    assert bench.good_works()


def test_a_body_that_drips_does_not_keep_another_outlet_waiting(bench: Bench) -> None:
    patient = replace(POLICY, total_seconds=60.0, allowed_hosts=frozenset({bench.bad.host, bench.good.host}))
    problems: list[FetchError] = []
    with Fetcher(patient, resolve=by_name) as fetcher:

        def drip() -> None:
            try:
                fetcher.fetch(bench.bad.url("byte-by-byte"), outlet=Target(url=bench.bad.url("")))
            except FetchError as error:
                problems.append(error)

        slow = threading.Thread(target=drip)
        slow.start()
        assert bench.bad.reached.wait(10)
        answer = fetcher.fetch(bench.good.url("fine"), outlet=Target(url=bench.good.url(""), id="good"))
        assert isinstance(answer, Fetched)
        assert slow.is_alive()
        bench.bad.release.set()
        slow.join(10)


@pytest.mark.parametrize("name", ["redirect-to-private", "redirect-to-loopback", "redirect-to-metadata"])
def test_a_redirect_inwards_is_refused_before_any_connection(name: str, bench: Bench) -> None:
    with pytest.raises(FetchError):
        bench.ask(name)
    assert [capture.status for capture in bench.archive.captures(bench.bad.url(name))] == [
        302 if "meta" not in name else 307
    ]


def test_an_etag_that_stays_while_the_feed_changes_is_found_out_and_not_sent_again(bench: Bench) -> None:
    url, target = bench.bad.url("lying-etag"), Target(url=bench.bad.url(""))
    state, answers = None, []
    for _ in range(20):
        answer = bench.fetcher.fetch(url, outlet=target, state=state)
        answers.append(answer)
        state = next_state(answer, state, outlet_id="press")
    conditional = [
        "if-none-match" in request.headers for request in bench.bad.requests if request.path == "/lying-etag"
    ]
    # Asked in full, twelve times "not modified", asked in full again: caught; from then on always in full.
    assert conditional == [False] + [True] * 12 + [False] * 7
    assert sum(isinstance(answer, Fetched) for answer in answers) == 8
    assert state is not None
    assert state.distrusted_at is not None


def test_an_honest_etag_is_trusted_for_ever(bench: Bench) -> None:
    url, target = bench.bad.url("not-modified"), Target(url=bench.bad.url(""))
    state = None
    for _ in range(30):
        answer = bench.fetcher.fetch(url, outlet=target, state=state)
        state = next_state(answer, state, outlet_id="press")
    full = [
        request
        for request in bench.bad.requests
        if request.path == "/not-modified" and "if-none-match" not in request.headers
    ]
    assert len(full) == 3  # the first, and one in thirteen to make sure
    assert state is not None
    assert state.distrusted_at is None


class TestRobots:
    def test_a_disallowed_path_is_not_asked_for(self) -> None:
        with BadServer(robots="User-agent: *\nDisallow: /private\n") as server, fetcher_for(server) as fetcher:
            target = Target(url=server.url(""))
            assert isinstance(fetcher.fetch(server.url("news"), outlet=target), Fetched)
            with pytest.raises(FetchError, match=r"robots.txt .* does not allow /private/1") as caught:
                fetcher.fetch(server.url("private/1"), outlet=target)
            assert (caught.value.cause, caught.value.retryable) == ("robots", False)
            assert server.paths() == ["/news"]

    def test_our_own_name_in_robots_txt_counts_whatever_user_agent_is_sent(self) -> None:
        with (
            BadServer(robots="User-agent: wakhan\nDisallow: /\n\nUser-agent: *\nAllow: /\n") as server,
            fetcher_for(server) as fetcher,
        ):
            masked = Target(url=server.url(""), fetch=Rules(user_agent="Mozilla/5.0"))
            with pytest.raises(FetchError, match="robots"):
                fetcher.fetch(server.url("news"), outlet=masked)
            assert server.requests[0].headers["user-agent"] == "Mozilla/5.0"
            assert server.requests[0].headers["from"] == "desk@example.org"

    def test_a_reason_in_the_outlet_file_overrides_it(self) -> None:
        with BadServer(robots="User-agent: *\nDisallow: /\n") as server, fetcher_for(server) as fetcher:
            target = Target(url=server.url(""), fetch=Rules(ignore_robots="the ministry publishes for the press"))
            assert isinstance(fetcher.fetch(server.url("news"), outlet=target), Fetched)
            assert [request.path for request in server.requests] == ["/news"]

    @pytest.mark.parametrize("status", [500, 503, 429])
    def test_a_broken_robots_txt_stops_everything_for_now_and_says_so(self, status: int) -> None:
        with BadServer(robots=status) as server, fetcher_for(server) as fetcher:
            with pytest.raises(FetchError, match="for now") as caught:
                fetcher.fetch(server.url("news"), outlet=Target(url=server.url("")))
            assert (caught.value.cause, caught.value.retryable) == ("robots-unreachable", True)
            assert server.paths() == []

    @pytest.mark.parametrize("status", [401, 403, 404, 410])
    def test_no_robots_txt_allows_everything_and_is_asked_for_once(self, status: int) -> None:
        with BadServer(robots=status) as server, fetcher_for(server) as fetcher:
            for number in range(3):
                fetcher.fetch(server.url(f"news/{number}"), outlet=Target(url=server.url("")))
            assert [request.path for request in server.requests] == ["/robots.txt", "/news/0", "/news/1", "/news/2"]

    def test_a_redirect_is_checked_against_the_robots_txt_of_where_it_leads(self) -> None:
        with BadServer(name="new.test", robots="User-agent: *\nDisallow: /\n") as there, BadServer() as here:
            here.pages["moved"] = lambda connection, _: connection.answer(
                status="301 Moved", headers=[("Location", there.url("news"))]
            )
            with fetcher_for(here, there) as fetcher, pytest.raises(FetchError, match=r"new\.test does not allow"):
                fetcher.fetch(here.url("moved"), outlet=Target(url=here.url("")))
            assert there.paths() == []


def fetcher_for(*servers: BadServer, **changes: object) -> Fetcher:
    policy = replace(POLICY, allowed_hosts=frozenset(server.host for server in servers), **changes)  # type: ignore[arg-type]
    return Fetcher(policy, resolve=by_name, sleep=lambda _: None)


class TestTLS:
    @pytest.fixture
    def authority(self) -> trustme.CA:
        return trustme.CA()

    def policy(self, authority: trustme.CA, folder: Path, *servers: BadServer) -> FetchPolicy:
        authority.cert_pem.write_to_path(str(folder / "root.pem"))
        return replace(
            POLICY, certificates=(folder / "root.pem",), allowed_hosts=frozenset(server.host for server in servers)
        )

    def fetch(self, policy: FetchPolicy, server: BadServer) -> Fetched | NotModified:
        with Fetcher(policy, resolve=by_name, sleep=lambda _: None) as fetcher:
            return fetcher.fetch(server.url("news"), outlet=Target(url=server.url("")))

    def test_a_good_certificate_is_good(self, authority: trustme.CA, tmp_path: Path) -> None:
        with BadServer(name="press.test", tls=context_of(authority.issue_cert("press.test"))) as server:
            assert isinstance(self.fetch(self.policy(authority, tmp_path, server), server), Fetched)

    @pytest.mark.parametrize("case", ["Hostname mismatch", "expired", "unable to get local issuer"])
    def test_a_certificate_that_is_not_valid_is_refused_before_anything_is_said(
        self, authority: trustme.CA, tmp_path: Path, case: str
    ) -> None:
        past = datetime.now(UTC) - timedelta(days=400)
        leaf = {
            "Hostname mismatch": authority.issue_cert("elsewhere.test"),
            "expired": authority.issue_cert("press.test", not_before=past, not_after=past + timedelta(days=30)),
            "unable to get local issuer": trustme.CA().issue_cert("press.test"),
        }[case]
        with BadServer(name="press.test", tls=context_of(leaf)) as server:
            with pytest.raises(FetchError, match=case) as caught:
                self.fetch(self.policy(authority, tmp_path, server), server)
            assert (caught.value.cause, caught.value.retryable) == ("tls-certificate", False)
            assert server.requests == []

    def test_an_incomplete_chain_is_refused_until_the_intermediate_is_at_hand(
        self, authority: trustme.CA, tmp_path: Path
    ) -> None:
        intermediate = authority.create_child_ca()
        leaf = intermediate.issue_cert("press.test")
        with BadServer(name="press.test", tls=context_of(leaf, chain=False)) as server:
            policy = self.policy(authority, tmp_path, server)
            with pytest.raises(FetchError, match="unable to get local issuer"):
                self.fetch(policy, server)
            intermediate.cert_pem.write_to_path(str(tmp_path / "intermediate.pem"))
            completed = replace(policy, certificates=(*policy.certificates, tmp_path / "intermediate.pem"))
            assert isinstance(self.fetch(completed, server), Fetched)

    def test_a_handshake_that_is_cut_is_told_apart_from_a_bad_certificate(
        self, authority: trustme.CA, tmp_path: Path
    ) -> None:
        with BadServer(name="press.test", tls=context_of(authority.issue_cert("press.test")), reset_tls=True) as server:
            with pytest.raises(FetchError, match="TLS handshake") as caught:
                self.fetch(self.policy(authority, tmp_path, server), server)
            assert (caught.value.cause, caught.value.retryable) == ("tls-reset", True)
            poll = failed_poll(caught.value, source_url="", at=datetime.now(UTC), control_ok=True)
            assert poll.trouble == "blocked"


def context_of(leaf: trustme.LeafCert, *, chain: bool = True) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if chain:
        leaf.configure_cert(context)
        return context
    with leaf.private_key_pem.tempfile() as key, leaf.cert_chain_pems[0].tempfile() as certificate:
        context.load_cert_chain(certificate, key)
    return context


def test_a_whole_site_that_moved_is_followed_and_said(tmp_path: Path) -> None:
    with BadServer(name="www.oldpress.tj") as old, BadServer(name="newpress.com") as new:
        old.pages["rss"] = lambda connection, _: connection.answer(
            status="301 Moved Permanently", headers=[("Location", new.url("rss"))]
        )
        with fetcher_for(old, new) as fetcher:
            answer = fetcher.fetch(old.url("rss"), outlet=Target(url=old.url("")))
    assert isinstance(answer, Fetched)
    assert (answer.url, answer.final_url) == (old.url("rss"), new.url("rss"))
    poll = good_poll(answer, outlet_id="press", source_url=answer.url, items=3, new_items=0, first=False)
    assert poll.moved_to == "newpress.com"
    health = health_of([poll], every_minutes=30, now=poll.polled_at)
    assert health.state == "moved"
    assert "newpress.com" in health.advice
