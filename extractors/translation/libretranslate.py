"""The ``libretranslate`` engine: a LibreTranslate server, usually one's own, over its HTTP interface."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractors.translation.batches import NoCache, with_cache
from extractors.translation.sentences import split_sentences
from extractors.translation.tajik import to_persian_script
from records import TranslationError

if TYPE_CHECKING:
    import httpx

    from extractors.translation.translator import SentenceCache

# How much goes into one request: public servers refuse more than 5,000 characters or fewer.
REQUEST_CHARACTERS = 4_000
# What a server offers and its version are asked again after this many seconds; a model may have been added.
OFFER_SECONDS = 600.0
# A server that was away when it was asked what it offers is taken to be so for this many seconds: it is asked once for
# each language of each article, and each time would wait for a connection.
AWAY_SECONDS = 60.0
LONGEST_WAIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LibreTranslateOptions:
    """Where the server is and how patient we are with it.

    ``api_key`` comes from the environment, never from a file. ``attempts`` counts the first one too.
    """

    url: str
    api_key: str | None = None
    timeout_seconds: float = 60.0
    attempts: int = 4


class LibreTranslator:
    """Translate with a LibreTranslate server; a busy one is waited for, one that is away is no error until asked."""

    name = "libretranslate"

    def __init__(
        self,
        options: LibreTranslateOptions,
        *,
        cache: SentenceCache | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._options = options
        self._cache: SentenceCache = cache or NoCache()
        self._sleep = sleep
        self._offer: tuple[float, dict[str, frozenset[str]], str] | None = None
        self._away_since: float | None = None

    def model_version(self, source: str, target: str) -> str | None:
        """Return the server's version and the way taken, or ``None`` when it lacks the languages or does not answer."""
        if self._away_since is not None and time.monotonic() - self._away_since < AWAY_SECONDS:
            return None
        try:
            pairs, version = self._ask_offer(source, target, attempts=1)
        except TranslationError:
            self._away_since = time.monotonic()
            return None
        self._away_since = None
        start = _start(source, target, pairs)
        if start is None:
            return None
        return f"{version} {start}-{target}" if start == source else f"{version} tg-fa letters 2 + {start}-{target}"

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """Translate texts in requests of a few thousand characters.

        Raises ``TranslationError`` when the server does not offer the languages, refuses, or stays away after all
        attempts.
        """
        pairs, _ = self._ask_offer(source, target)
        start = _start(source, target, pairs)
        if start is None:
            raise self._error("the server does not offer this pair", source, target)
        ready = [to_persian_script(text) for text in texts] if start != source else list(texts)
        pieces = [_pieces(text, start) for text in ready]
        find, keep = with_cache(
            self._cache, engine=self.name, model_version=self.model_version(source, target) or "unknown"
        )
        wanted = list(dict.fromkeys(piece for text in pieces for line in text for piece in line))
        done = {"": "", **find(wanted)}
        for batch in _batches([piece for piece in wanted if piece not in done]):
            new = dict(zip(batch, self._ask(batch, start, source, target), strict=True))
            keep(new)
            done.update(new)
        return ["\n".join(" ".join(done[piece] for piece in line) for line in text) for text in pieces]

    def _ask(self, batch: list[str], start: str, source: str, target: str) -> list[str]:
        body = {"q": batch, "source": start, "target": target, "format": "text"}
        answer = self._request("POST", "/translate", source, target, json=body | self._key())
        parts = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(parts, list) or len(parts) != len(batch):
            raise self._error("the answer does not fit the request", source, target)
        return [str(part) for part in parts]

    def _key(self) -> dict[str, str]:
        return {"api_key": self._options.api_key} if self._options.api_key else {}

    def _ask_offer(
        self, source: str, target: str, *, attempts: int | None = None
    ) -> tuple[dict[str, frozenset[str]], str]:
        if self._offer is None or time.monotonic() - self._offer[0] > OFFER_SECONDS:
            languages = self._request("GET", "/languages", source, target, attempts=attempts)
            try:
                pairs = {str(each["code"]): frozenset(map(str, each["targets"])) for each in languages}
            except (TypeError, KeyError) as error:
                raise self._error(
                    "this is no LibreTranslate server: /languages is not a list", source, target
                ) from error
            spec = self._request("GET", "/spec", source, target, attempts=attempts)
            version = spec.get("info", {}).get("version", "unknown") if isinstance(spec, dict) else "unknown"
            self._offer = time.monotonic(), pairs, f"libretranslate {version}"
        return self._offer[1], self._offer[2]

    def _request(
        self, method: str, path: str, source: str, target: str, *, attempts: int | None = None, **body: Any
    ) -> Any:
        """Ask until there is an answer: after a time-out, a 429 or a 5xx again, later each time."""
        import httpx  # noqa: PLC0415  (only where this engine is used)

        problem, attempts = "", attempts or self._options.attempts
        for attempt in range(attempts):
            try:
                response = httpx.request(
                    method, self._options.url.rstrip("/") + path, timeout=self._options.timeout_seconds, **body
                )
            except httpx.TimeoutException:
                problem, wait = f"no answer within {self._options.timeout_seconds:g} s", 2.0**attempt
            except httpx.TransportError as error:
                problem, wait = f"cannot be reached: {error}", 2.0**attempt
            else:
                if response.is_success:
                    return _json(response) or self._fail("the answer is not JSON", source, target)
                problem = f"answers {response.status_code}: {_message(response)}"
                if response.status_code != 429 and response.status_code < 500:
                    break
                wait = _retry_after(response) or 2.0**attempt
            if attempt + 1 < attempts:
                self._sleep(min(wait, LONGEST_WAIT_SECONDS))
        return self._fail(problem, source, target)

    def _fail(self, problem: str, source: str, target: str) -> Any:
        raise self._error(problem, source, target)

    def _error(self, problem: str, source: str, target: str) -> TranslationError:
        return TranslationError(f"{self._options.url} {problem}", source=source, target=target)


def _start(source: str, target: str, pairs: dict[str, frozenset[str]]) -> str | None:
    """Return the language to declare: the source, or Persian for Tajik where the server has no Tajik."""
    candidates = (source, "fa") if source == "tg" else (source,)
    return next((code for code in candidates if target in pairs.get(code, ())), None)


def _pieces(text: str, language: str) -> list[list[str]]:
    """Cut a text into lines, and lines too long for a request into sentences."""
    lines = text.split("\n")
    return [[line] if len(line) <= REQUEST_CHARACTERS else split_sentences(line, language) for line in lines]


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        if batch and sum(map(len, batch)) + len(text) > REQUEST_CHARACTERS:
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def _json(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return None


def _message(response: httpx.Response) -> str:
    content = _json(response)
    message = content.get("error") if isinstance(content, dict) else None
    return str(message or response.reason_phrase)[:200]


def _retry_after(response: httpx.Response) -> float | None:
    value = response.headers.get("retry-after", "")
    return float(value) if value.isdigit() else None
