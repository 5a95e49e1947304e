"""What to do about a source, in a sentence for the analyst."""

from __future__ import annotations

from collections.abc import Sequence

from records import HealthState, PollResult

_SENTENCES: dict[HealthState, str] = {
    "new": "Nothing to do: its rhythm is being learnt.",
    "normal": "Nothing to do.",
    "quiet": "It brings less than half of what it usually does: look whether a section or its feed was dropped.",
    "silent": "It answers but has brought nothing new in {window}: open its front page; if there is news, "
    "`wakhan outlets check {outlet}` finds where the feed went.",
    "failing": "It answers with something unusable ({message}): run `wakhan outlets check {outlet}`.",
    "refused": "It turns us away ({message}): write to the webmaster, or set another source in its file.",
    "blocked": "It is blocked from here ({message}): add a mirror or its Telegram channel to its file.",
    "moved": "Its site moved to {moved_to}: run `wakhan outlets check {outlet}`, which offers the changed file.",
    "gone": "Its feed is gone ({message}): `wakhan outlets check {outlet}` looks for the new address.",
    "down": "It does not answer ({message}): wait, it is asked again by itself; after a week look for a new address.",
}


def advice_for(state: HealthState, polls: Sequence[PollResult], *, band_hours: float | None) -> str:
    """Return what to do about a source in this state, with what its last polls said."""
    last = polls[-1]
    message = next((poll.message for poll in reversed(polls) if poll.message), None) or "no details"
    elsewhere = next((poll.moved_to for poll in reversed(polls) if poll.moved_to), None)
    sentence = _SENTENCES[state].format(
        outlet=last.outlet_id,
        message=message.rstrip("."),
        moved_to=elsewhere or "another address",
        window=_window(band_hours),
    )
    if state in {"new", "normal", "quiet", "silent"} and not last.ok:
        sentence += f" The last poll failed ({message.rstrip('.')}); it is tried again by itself."
    if last.ok and last.trouble == "blocked":
        sentence += f" It came by way of a mirror: {message.rstrip('.')}."
    return sentence


def _window(hours: float | None) -> str:
    if hours is None:
        return "twice its longest pause"
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
