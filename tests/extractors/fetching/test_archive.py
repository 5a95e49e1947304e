"""What was seen is kept, found again, survives a kill, and reads back as it was fetched."""

from __future__ import annotations

import gzip
import io
import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bad_server import FEEDS, BadServer, Target, feed
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractors.fetching.archive import Archive
from extractors.fetching.cdxj import Capture, index_line, key_of, parse_index_line
from extractors.fetching.client import Answer
from extractors.fetching.fetcher import Fetcher
from extractors.fetching.policy import FetchPolicy
from extractors.fetching.replay import replay
from extractors.fetching.wire import WireError
from records import ConfigError

NOON = datetime(2026, 11, 20, 12, 0, 0, 250_000, tzinfo=UTC)


def answer_of(
    url: str = "http://press.test/news/1",
    body: bytes = b"<p>news</p>",
    *,
    status: int = 200,
    at: datetime = NOON,
    fault: WireError | None = None,
    headers: tuple[tuple[str, str], ...] = (("content-type", "text/html; charset=utf-8"),),
) -> Answer:
    head = "".join(f"{name.title()}: {value}\r\n" for name, value in headers)
    return Answer(
        url=url,
        status=status,
        headers=headers,
        payload=body,
        sent=b"GET /news/1 HTTP/1.1\r\nHost: press.test\r\n\r\n",
        received=f"HTTP/1.1 {status} X\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body,
        address="192.0.2.7",
        asked_at=at,
        seconds=0.1,
        fault=fault,
    )


def test_a_capture_reads_back_as_it_was_fetched(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        capture = archive.write(answer_of())
        assert archive.find("http://press.test/news/1") == capture
        fetched = archive.read(capture)
    assert (fetched.url, fetched.status, fetched.body, fetched.fetched_at) == (
        "http://press.test/news/1",
        200,
        b"<p>news</p>",
        NOON,
    )
    assert fetched.header("Content-Type") == "text/html; charset=utf-8"


def test_other_tools_find_every_record_whole_and_every_digest_right(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.write(answer_of())
        archive.write(answer_of(status=304, body=b""))
        archive.write(answer_of(body=b"cut", fault=WireError("too-large", "much")))
        interim = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
        odd = answer_of()
        archive.write(
            Answer(**{name: getattr(odd, name) for name in odd.__slots__} | {"received": interim + odd.received})
        )
    (path,) = tmp_path.glob("*.warc.gz")
    kinds, truncated = [], []
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            kinds.append(record.rec_type)
            truncated.append(record.rec_headers.get_header("WARC-Truncated"))
            if record.rec_type == "response":
                assert record.http_headers.get_statuscode() == "200"
            record.content_stream().read()
    assert kinds == [
        "warcinfo",
        "response",
        "request",
        "revisit",
        "request",
        "response",
        "request",
        "response",
        "request",
    ]
    assert [one for one in truncated if one] == ["length"]


def test_the_last_good_answer_before_a_moment_is_found(tmp_path: Path) -> None:
    hours = [NOON + timedelta(hours=hour) for hour in range(4)]
    with Archive(tmp_path) as archive:
        for number, at in enumerate(hours):
            archive.write(answer_of(body=b"version %d" % number, at=at))
        archive.write(answer_of(status=304, body=b"", at=hours[3] + timedelta(minutes=1)))
        archive.write(answer_of(status=500, at=hours[3] + timedelta(minutes=2)))
        archive.write(answer_of(body=b"half", at=hours[3] + timedelta(minutes=3), fault=WireError("reset", "cut")))

        def at(moment: datetime | None) -> bytes | None:
            found = archive.find("http://press.test/news/1", moment)
            return archive.read(found).body if found else None

        assert at(None) == b"version 3"
        assert at(hours[1] + timedelta(minutes=59)) == b"version 1"
        assert at(hours[2]) == b"version 2"
        assert at(NOON - timedelta(seconds=1)) is None
        assert archive.find("http://press.test/news/10") is None


def test_a_file_ends_with_its_day_and_with_its_size(tmp_path: Path) -> None:
    now = [NOON]
    with Archive(tmp_path, max_bytes=2_000, clock=lambda: now[0]) as archive:
        for number in range(6):
            archive.write(answer_of(f"http://press.test/{number}", os.urandom(1_000)))
        now[0] += timedelta(days=1)
        archive.write(answer_of("http://press.test/next", at=now[0]))
        names = sorted(path.name for path in tmp_path.glob("*.warc.gz"))
        assert names[0] == "wakhan-20261120-00000.warc.gz"
        assert names[-1] == "wakhan-20261121-00000.warc.gz"
        assert 3 <= len(names) <= 7
        for number in range(6):
            assert archive.find(f"http://press.test/{number}") is not None
        found = archive.find("http://press.test/next")
        assert found is not None
        assert found.path.name == names[-1]


def test_an_archive_is_continued_by_the_next_run(tmp_path: Path) -> None:
    for number in range(3):
        with Archive(tmp_path, clock=lambda: NOON) as archive:
            archive.write(answer_of(f"http://press.test/{number}"))
    assert len(list(tmp_path.glob("*.warc.gz"))) == 1
    assert [fetched.url[-1] for fetched in replay(tmp_path)] == ["0", "1", "2"]


def test_two_processes_never_write_into_one_file(tmp_path: Path) -> None:
    with Archive(tmp_path, clock=lambda: NOON) as one, Archive(tmp_path, clock=lambda: NOON) as other:
        first, second = one.write(answer_of()), other.write(answer_of())
        assert first.path != second.path


def test_threads_share_an_archive(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive, ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: archive.write(answer_of(f"http://press.test/{number}")), range(200)))
        for number in range(200):
            found = archive.find(f"http://press.test/{number}")
            assert found is not None
            assert archive.read(found).url == f"http://press.test/{number}"


@pytest.mark.parametrize("lost", [1, 20, 150, 400])
def test_a_record_cut_off_by_a_kill_is_removed_and_the_rest_stays(tmp_path: Path, lost: int) -> None:
    with Archive(tmp_path, clock=lambda: NOON) as archive:
        for number in range(3):
            archive.write(answer_of(f"http://press.test/{number}"))
    (path,) = tmp_path.glob("*.warc.gz")
    os.truncate(path, path.stat().st_size - lost)
    with Archive(tmp_path, clock=lambda: NOON) as archive:
        archive.write(answer_of("http://press.test/after"))
        assert archive.find("http://press.test/after") is not None
        assert archive.find("http://press.test/0") is not None
    urls = [fetched.url.rsplit("/", 1)[1] for fetched in replay(tmp_path)]
    assert urls[:2] == ["0", "1"]
    assert urls[-1] == "after"
    with path.open("rb") as stream:
        assert all(
            record.content_stream().read() is not None for record in ArchiveIterator(stream, check_digests="raise")
        )


def test_an_index_that_was_lost_or_cut_is_made_again(tmp_path: Path) -> None:
    with Archive(tmp_path, clock=lambda: NOON) as archive:
        captures = [archive.write(answer_of(f"http://press.test/{number}")) for number in range(4)]
    (index,) = tmp_path.glob("*.cdxj")
    for kept in (0, 10, index.stat().st_size // 2):
        os.truncate(index, kept)
        with Archive(tmp_path, clock=lambda: NOON) as archive:
            archive.write(answer_of("http://press.test/new"))
            for number, capture in enumerate(captures):
                assert archive.find(f"http://press.test/{number}") == capture


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_real_kill_in_the_middle_of_writing_loses_at_most_the_last_record(tmp_path: Path) -> None:
    code = textwrap.dedent(
        f"""
        import os, sys
        from pathlib import Path
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from test_archive import answer_of
        from extractors.fetching.archive import Archive
        archive = Archive(Path({str(tmp_path)!r}))
        number = 0
        while True:
            archive.write(answer_of(f"http://press.test/{{number}}", os.urandom(50_000)))
            print(number, flush=True)
            number += 1
        """
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    for line in child.stdout:
        if int(line) >= 20:
            break
    child.kill()
    written = [int(line) for line in child.stdout.read().split()] or [20]
    child.wait()
    child.stdout.close()
    with Archive(tmp_path) as archive:
        archive.write(answer_of("http://press.test/after"))
    numbers = [fetched.url.rsplit("/", 1)[1] for fetched in replay(tmp_path)]
    assert numbers[: max(written) + 1] == [str(number) for number in range(max(written) + 1)]
    assert numbers[-1] == "after"


def test_a_folder_that_cannot_be_written_to_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        Archive(tmp_path / "file") as archive,
        pytest.raises(ConfigError, match=r"archive cannot be written.*Make room"),
    ):
        archive.write(answer_of())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://press.test/a", "https://PRESS.test/a"),
        ("http://press.test:80/a", "https://press.test:443/a"),
        ("http://press.test", "http://press.test/"),
        ("http://press.test/a#top", "http://press.test/a"),
    ],
)
def test_spellings_of_one_address_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_an_index_line_reads_back_and_one_cut_off_does_not(tmp_path: Path) -> None:
    capture = Capture(
        url="http://press.test/новости?стр=2",
        at=NOON,
        status=200,
        mime="text/html",
        digest="sha1:X",
        offset=7,
        length=9,
        path=tmp_path / "a.warc.gz",
    )
    line = index_line(capture)
    assert parse_index_line(line, tmp_path) == capture
    for cut in range(len(line)):
        assert parse_index_line(line[:cut], tmp_path) is None


class TestReplay:
    def test_what_was_fetched_is_what_is_replayed(self, tmp_path: Path) -> None:
        with BadServer() as server, Archive(tmp_path) as archive:
            policy = FetchPolicy(contact="desk@example.org", pacing=False, allowed_hosts=frozenset({server.host}))
            with Fetcher(policy, archive=archive) as fetcher:
                paths = [*FEEDS, "no-length", "false-gzip", "redirect-fine"]
                live = [fetcher.fetch(server.url(path), outlet=Target(url=server.url(""))) for path in paths]
        replayed = list(replay(tmp_path))
        assert [(one.url, one.final_url, one.body) for one in replayed] == [
            (one.url, one.final_url, one.body)  # type: ignore[union-attr]
            for one in live
        ]
        assert replayed[:-1] == live[:-1]  # a redirected page is dated by its last request in both

    @pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
    def test_archives_made_by_others_are_read(self, tmp_path: Path, packed: bool) -> None:
        body = feed()
        chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(body)), gzip.compress(body))
        cases = [
            (chunked, [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]),
            (
                gzip.compress(body),
                [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")],
            ),  # de-chunked already
            (body, [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]),  # both undone already
            (body, [("X-Odd", "значение")]),
        ]
        path = tmp_path / ("others.warc.gz" if packed else "others.warc")
        with path.open("wb") as out:
            writer = WARCWriter(out, gzip=packed)
            writer.write_record(writer.create_warcinfo_record("others", {"software": "other"}))
            for number, (payload, headers) in enumerate(cases):
                head = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
                url = f"https://other.test/{number}"
                writer.write_record(
                    writer.create_warc_record(url, "response", payload=io.BytesIO(payload), http_headers=head)
                )
            gone = StatusAndHeaders("404 Not Found", [], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    "https://other.test/x", "response", payload=io.BytesIO(b"no"), http_headers=gone
                )
            )
            writer.write_record(
                writer.create_warc_record(
                    "dns:other.test", "response", payload=io.BytesIO(b"x"), warc_content_type="text/dns"
                )
            )
        assert [(one.url, one.body) for one in replay(path)] == [
            (f"https://other.test/{number}", body) for number in range(len(cases))
        ]

    def test_a_file_cut_in_the_middle_is_read_up_to_there(self, tmp_path: Path) -> None:
        with Archive(tmp_path, clock=lambda: NOON) as archive:
            for number in range(3):
                archive.write(answer_of(f"http://press.test/{number}", os.urandom(5_000)))
        (path,) = tmp_path.glob("*.warc.gz")
        os.truncate(path, path.stat().st_size - 3_000)
        assert [one.url[-1] for one in replay(path)] == ["0", "1"]

    def test_a_damaged_body_is_left_out_and_the_next_is_read(self, tmp_path: Path) -> None:
        packed = (("content-type", "text/html"), ("content-encoding", "gzip"))
        with Archive(tmp_path, clock=lambda: NOON) as archive:
            archive.write(answer_of("http://press.test/0", gzip.compress(b"x" * 99)[:-10], headers=packed))
            archive.write(answer_of("http://press.test/1"))
        assert [one.url[-1] for one in replay(tmp_path)] == ["1"]

    def test_a_folder_without_archives_says_so(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match="no WARC files"):
            list(replay(tmp_path))
