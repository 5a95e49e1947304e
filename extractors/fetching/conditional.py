"""What to send so that an unchanged page is not sent again, and when not to believe the answer.

Servers exist whose ETag or Last-Modified stays while the content changes, and that then answer 304 for ever: the source
goes silent and looks healthy. So now and then the whole body is asked for; if it differs under the same validators,
they are not sent again for a month. All functions here are pure.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from records import Fetched, FetchState, NotModified

# A body in full after this many 304 in a row, or after this long: for a feed polled every half hour a 12th of the
# savings are given up, and a lying ETag costs at most six hours of news.
_FULL_AFTER_NOT_MODIFIED = 12
_FULL_AFTER = timedelta(hours=24)
# Sites are repaired; validators get another chance.
_FORGIVEN_AFTER = timedelta(days=30)


def conditional_headers(state: FetchState | None, now: datetime) -> list[tuple[bytes, bytes]]:
    """Return ``If-None-Match`` and ``If-Modified-Since`` for a URL, or nothing when the body is wanted in full."""
    if state is None or not _validators_usable(state, now):
        return []
    headers = []
    if state.etag:
        headers.append((b"If-None-Match", state.etag.encode("latin-1", "replace")))
    if state.last_modified:
        headers.append((b"If-Modified-Since", state.last_modified.encode("latin-1", "replace")))
    return headers


def _validators_usable(state: FetchState, now: datetime) -> bool:
    if state.distrusted_at is not None and now - state.distrusted_at < _FORGIVEN_AFTER:
        return False
    full_at = state.full_at or state.fetched_at
    return state.not_modified < _FULL_AFTER_NOT_MODIFIED and now - full_at < _FULL_AFTER


def next_state(answer: Fetched | NotModified, previous: FetchState | None, *, outlet_id: str) -> FetchState:
    """Return what to remember of a URL after an answer.

    Two different bodies under the same validators mark the state ``distrusted_at``. A server that renders something new
    into each answer is marked too; that costs it bandwidth and us nothing.
    """
    if isinstance(answer, NotModified):
        return FetchState(
            url=answer.url,
            outlet_id=outlet_id,
            etag=previous.etag if previous else None,
            last_modified=previous.last_modified if previous else None,
            body_hash=previous.body_hash if previous else None,
            fetched_at=answer.fetched_at,
            full_at=(previous.full_at or previous.fetched_at) if previous else None,
            not_modified=previous.not_modified + 1 if previous else 1,
            distrusted_at=previous.distrusted_at if previous else None,
        )
    body_hash = hashlib.sha256(answer.body).hexdigest()
    return FetchState(
        url=answer.url,
        outlet_id=outlet_id,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=body_hash,
        fetched_at=answer.fetched_at,
        full_at=answer.fetched_at,
        not_modified=0,
        distrusted_at=_distrusted_at(answer, body_hash, previous),
    )


def _distrusted_at(answer: Fetched, body_hash: str, previous: FetchState | None) -> datetime | None:
    if previous is None:
        return None
    same_validator = (answer.etag is not None and answer.etag == previous.etag) or (
        answer.etag is None and answer.last_modified is not None and answer.last_modified == previous.last_modified
    )
    if same_validator and previous.body_hash is not None and body_hash != previous.body_hash:
        return answer.fetched_at
    if previous.distrusted_at is not None and answer.fetched_at - previous.distrusted_at >= _FORGIVEN_AFTER:
        return None
    return previous.distrusted_at
