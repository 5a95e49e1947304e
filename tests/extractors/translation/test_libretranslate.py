"""Against a server on loopback that speaks LibreTranslate's documented interface."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from extractors.translation.libretranslate import LibreTranslateOptions, LibreTranslator
from records import TranslationError


class Server(ThreadingHTTPServer):
    """Answers from ``script`` first (status, headers, seconds to wait), then as LibreTranslate does."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: list[tuple[int, dict[str, str], float]] = []
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        if self.path == "/languages":
            self._answer(200, [{"code": code, "name": code, "targets": ["en", code]} for code in ("ru", "fa", "en")])
        else:
            self._answer(200, {"info": {"version": "1.7.3"}})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append(asked)
        if self.server.script:
            status, headers, seconds = self.server.script.pop(0)
            time.sleep(seconds)
            return self._answer(status, {"error": f"script says {status}"}, headers)
        return self._answer(200, {"translatedText": [f"<{text}>" for text in asked["q"]]})

    def _answer(self, status: int, content: Any, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def translator_of(server: Server, waits: list[float] | None = None, **options: Any) -> LibreTranslator:
    waited = [] if waits is None else waits
    return LibreTranslator(LibreTranslateOptions(url=server.url, **options), sleep=waited.append)


def test_texts_are_translated_in_order_and_the_row_names_the_server_s_version(server: Server) -> None:
    translator = translator_of(server, api_key="secret")
    assert translator.translate(["один", "", "два\nтри"], source="ru", target="en") == ["<один>", "", "<два>\n<три>"]
    assert translator.model_version("ru", "en") == "libretranslate 1.7.3 ru-en"
    assert server.asked == [
        {"q": ["один", "два", "три"], "source": "ru", "target": "en", "format": "text", "api_key": "secret"}
    ]


def test_a_long_list_is_sent_in_requests_a_server_accepts(server: Server) -> None:
    texts = [f"{number} " + "слово " * 200 for number in range(10)]
    assert len(translator_of(server).translate(texts, source="ru", target="en")) == 10
    assert len(server.asked) == 4
    assert all(sum(map(len, asked["q"])) <= 4_000 for asked in server.asked)


def test_a_paragraph_too_long_for_a_request_is_sent_sentence_by_sentence(server: Server) -> None:
    sentences = ["Колонна прошла мимо посёлка без остановки." for _ in range(150)]
    [translated] = translator_of(server).translate([" ".join(sentences)], source="ru", target="en")
    assert translated == " ".join(f"<{sentence}>" for sentence in sentences)
    assert all(sum(map(len, asked["q"])) <= 4_000 for asked in server.asked)


def test_tajik_is_sent_as_persian_where_the_server_has_no_tajik(server: Server) -> None:
    translator = translator_of(server)
    assert translator.translate(["Вазир омад"], source="tg", target="en") == ["<وزیر آمد>"]
    assert translator.model_version("tg", "en") == "libretranslate 1.7.3 tg-fa letters 2 + fa-en"


def test_a_server_that_says_429_is_asked_again_when_it_said(server: Server) -> None:
    server.script = [(429, {"retry-after": "7"}, 0), (429, {}, 0), (503, {}, 0)]
    waits: list[float] = []
    assert translator_of(server, waits).translate(["да"], source="ru", target="en") == ["<да>"]
    assert waits == [7.0, 2.0, 4.0]


def test_a_server_that_never_has_time_is_given_up_with_its_own_words(server: Server) -> None:
    server.script = [(429, {"retry-after": "3600"}, 0)] * 4
    waits: list[float] = []
    with pytest.raises(TranslationError, match="429: script says 429"):
        translator_of(server, waits).translate(["да"], source="ru", target="en")
    assert waits == [60.0] * 3


def test_a_time_out_is_tried_again(server: Server) -> None:
    server.script = [(200, {}, 1.5)]
    waits: list[float] = []
    translator = translator_of(server, waits, timeout_seconds=0.5)
    assert translator.translate(["да"], source="ru", target="en") == ["<да>"]
    assert waits == [1.0]


def test_a_refusal_is_not_repeated(server: Server) -> None:
    server.script = [(403, {}, 0)]
    with pytest.raises(TranslationError, match="403"):
        translator_of(server).translate(["да"], source="ru", target="en")
    assert len(server.asked) == 1


def test_a_pair_the_server_lacks_has_no_version_and_is_refused(server: Server) -> None:
    translator = translator_of(server)
    assert translator.model_version("zh", "en") is None
    with pytest.raises(TranslationError, match="does not offer this pair"):
        translator.translate(["你好"], source="zh", target="en")


def test_a_server_that_is_away_has_no_version() -> None:
    options = LibreTranslateOptions(url="http://127.0.0.1:9", attempts=2)
    assert LibreTranslator(options, sleep=lambda _: None).model_version("ru", "en") is None
