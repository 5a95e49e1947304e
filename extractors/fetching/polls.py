"""Outcomes of a poll turned into the row that health is computed from. All functions here are pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from extractors.fetching.backoff import weight_of
from extractors.fetching.diagnosis import Diagnosis, Evidence, diagnose, moved_to, site_of
from records import Fetched, FetchError, NotModified, PollResult, SourceError


def good_poll(
    answer: Fetched | NotModified,
    *,
    outlet_id: str,
    source_url: str,
    items: int,
    new_items: int,
    first: bool,
    known: Sequence[str] = (),
) -> PollResult:
    """Return the row of a poll that was read.

    ``first`` marks the first good poll of a source: all its items are new to us and none is news. ``known`` are the
    outlet's home and mirrors.
    """
    final_url = answer.final_url if isinstance(answer, Fetched) else source_url
    elsewhere = moved_to(source_url, final_url, known)
    by_mirror = elsewhere is None and site_of(final_url) != site_of(source_url)
    return PollResult(
        outlet_id=outlet_id,
        source_url=source_url,
        polled_at=answer.fetched_at,
        ok=True,
        items=items,
        new_items=new_items,
        baseline=first,
        status=answer.status if isinstance(answer, Fetched) else 304,
        trouble="blocked" if by_mirror else None,
        message=f"its own address cannot be had from here; {final_url} answered" if by_mirror else None,
        moved_to=elsewhere,
    )


def failed_poll(
    error: SourceError,
    *,
    source_url: str,
    at: datetime,
    control_ok: bool | None = None,
    mirror_ok: bool | None = None,
    elsewhere: str | None = None,
) -> PollResult:
    """Return the row of a poll that failed; ``elsewhere`` is the site a redirect led to before it failed."""
    cause = error.cause if isinstance(error, FetchError) else None
    status = error.status if isinstance(error, FetchError) else 200
    if elsewhere is not None:
        diagnosis = Diagnosis(trouble="moved", because=f"it redirects to {elsewhere}")
    elif cause is None:
        diagnosis = Diagnosis(trouble="content", because="")
    else:
        diagnosis = diagnose(Evidence(cause=cause, status=status, control_ok=control_ok, mirror_ok=mirror_ok))
    return PollResult(
        outlet_id=error.outlet_id,
        source_url=source_url,
        polled_at=at,
        ok=False,
        weight=weight_of(error),
        cause=cause,
        status=status,
        trouble=diagnosis.trouble,
        message="; ".join(filter(None, (error.problem, diagnosis.because))),
        moved_to=elsewhere,
        retry_after_seconds=error.retry_after_seconds if isinstance(error, FetchError) else None,
    )
