"""What children of ``wakhan up`` tell their parent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a child tells its parent: that there is work (``began``), that there is none, or how it went."""

    kind: Literal["began", "idle", "done", "failed"]
    said: str = ""
