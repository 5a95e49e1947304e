"""Only the public internet is spoken to, however an address is written."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.fetching.addresses import is_public
from extractors.fetching.content import decode_content
from extractors.fetching.pacing import HostPacer
from extractors.fetching.wire import WireError


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "224.0.0.1", "239.1.1.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "240.0.0.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "2002:7f00:1::", "2002:a00:1::1", "localhost", "", "1.2.3", "0x7f.1",
    ],
)  # fmt: skip
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "91.218.230.1", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_an_address_outside_is_public(address: str) -> None:
    assert is_public(address)


class TestContentEncoding:
    BODY = "Вестник перевала ".encode() * 200

    @pytest.mark.parametrize(
        ("packed", "encoding"),
        [
            (BODY, None),
            (BODY, "identity"),
            (gzip.compress(BODY), "gzip"),
            (gzip.compress(BODY), "X-GZIP"),
            (gzip.compress(BODY), None),
            (gzip.compress(BODY[:99]) + gzip.compress(BODY[99:]), "gzip"),
            (gzip.compress(BODY) + b"\0\0trailing", "gzip"),
            (gzip.compress(gzip.compress(BODY)), "gzip"),
            (gzip.compress(gzip.compress(BODY)), "gzip, gzip"),
            (zlib.compress(BODY), "deflate"),
            (zlib.compress(BODY)[2:-4], "deflate"),
            (zlib.compress(gzip.compress(BODY)), "gzip, deflate"),
            (brotli.compress(BODY), "br"),
            (BODY, "gzip"),
        ],
        ids=["plain", "identity", "gzip", "x-gzip", "unannounced", "two members", "trailing bytes", "twice by mistake",
             "twice", "zlib", "bare deflate", "both", "brotli", "false"],
    )  # fmt: skip
    def test_it_is_undone(self, packed: bytes, encoding: str | None) -> None:
        assert decode_content(packed, encoding, max_bytes=len(self.BODY)) == self.BODY

    @pytest.mark.parametrize(
        ("packed", "encoding"),
        [(gzip.compress(BODY), "gzip"), (zlib.compress(BODY), "deflate"), (brotli.compress(BODY), "br")],
        ids=["gzip", "deflate", "brotli"],
    )
    def test_one_byte_over_the_limit_is_too_much(self, packed: bytes, encoding: str) -> None:
        with pytest.raises(WireError, match="when unpacked") as caught:
            decode_content(packed, encoding, max_bytes=len(self.BODY) - 1)
        assert caught.value.cause == "too-large"

    @settings(deadline=None)  # a busy machine is no failure
    @given(st.integers(12, 60))
    def test_gzip_that_ends_early_is_never_taken_for_whole(self, kept: int) -> None:
        packed = gzip.compress(b"".join(bytes([number]) for number in range(256)))
        with pytest.raises(WireError, match="ends early"):
            decode_content(packed[:kept], "gzip", max_bytes=10_000)

    def test_brotli_that_ends_early_is_never_taken_for_whole(self) -> None:
        with pytest.raises(WireError, match="ends early"):
            decode_content(brotli.compress(self.BODY)[:-3], "br", max_bytes=10_000)

    def test_damage_is_said(self) -> None:
        packed = bytearray(gzip.compress(self.BODY))
        packed[15] ^= 0xFF
        with pytest.raises(WireError):
            decode_content(bytes(packed), "gzip", max_bytes=10_000)

    def test_an_encoding_nobody_asked_for_is_said(self) -> None:
        with pytest.raises(WireError, match="compress") as caught:
            decode_content(self.BODY, "compress", max_bytes=10_000)
        assert caught.value.cause == "encoding"


class TestPacer:
    def test_turns_are_spaced_per_host(self) -> None:
        now = [100.0]
        slept: list[float] = []

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            now[0] += seconds

        pacer = HostPacer(connections_per_host=2, pacing=True, wait_limit_seconds=20, clock=lambda: now[0], sleep=sleep)
        for host in ("a", "a", "b", "a"):
            with pacer.turn(host, 2.0):
                pass
        assert slept == [2.0, 2.0]
        now[0] += 10
        with pacer.turn("a", 2.0):
            pass
        assert slept == [2.0, 2.0]

    def test_a_host_on_hold_is_waited_for_shortly_and_refused_for_long(self) -> None:
        now = [0.0]
        slept: list[float] = []
        pacer = HostPacer(
            connections_per_host=1, pacing=False, wait_limit_seconds=20, clock=lambda: now[0], sleep=slept.append
        )
        pacer.hold("a", 5, "it asked")
        with pacer.turn("a", 0):
            pass
        assert slept == [5.0]
        pacer.hold("a", 300, "it asked")
        with pytest.raises(WireError, match="it asked") as caught, pacer.turn("a", 0):
            pass
        assert caught.value.retry_after_seconds == 300
        now[0] = 301
        with pacer.turn("a", 0):
            pass

    def test_a_connection_that_works_ends_the_count_of_those_that_do_not(self) -> None:
        pacer = HostPacer(connections_per_host=1, pacing=False, wait_limit_seconds=0)
        for worked in (False, False, True, False, False):
            pacer.note_connection("a", worked=worked)
        with pacer.turn("a", 0):
            pass
        pacer.note_connection("a", worked=False)
        with pytest.raises(WireError, match="three times"), pacer.turn("a", 0):
            pass
