"""What one spelling of a name is, and what must hold around it in a text for it to count.

The language modules (``russian``, ``english``, ``tajik``, ``chinese``) yield forms; ``watchlists.matching`` finds them.
A module generates what can be listed (case forms, script variants). What cannot be listed, because it is open-ended,
is judged at the place of a hit by the module's edge rule, named in ``Form.edges``:

- ``word``: nothing of the same word before or after. The rule is in ``watchlists.matching.boundaries``.
- ``tajik``: as ``word`` on the left; what follows may be a chain of endings, judged by
  ``tajik.tajik_tail(rest, form_text=..., language=...)``, which returns a ``Tail`` or ``None`` to refuse the hit.
- ``chinese``: no edges in the script; ``chinese_edges.chinese_reasons(text, start, end, language=...)`` decides, and
  returns reasons or ``None`` to refuse the hit.

``rest`` and ``text`` in these calls are the *clean* text: lower case, NFC, one space for any white space, quotes as
``"``, dashes and hyphens as ``-``, middle dots as ``·``, full-width as ASCII, no soft hyphens, stress or zero-width
marks, look-alikes put right; but Tajik letters and ``ё`` as they were typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Case = Literal["any", "capital", "exact"]
Edges = Literal["word", "tajik", "chinese"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One spelling in which a listed name may stand in a text.

    ``text`` is as it would be printed, with its capitals; matching folds it as it folds the article (``ё`` as ``е``,
    the six Tajik letters as their plain neighbours, quotes, dashes, spacing, case), so none of that needs forms of its
    own. ``name`` is the listed name it comes from and ``language`` the field it is listed under. ``reasons`` are the
    steps between the two, empty for the name itself.

    ``weak`` forms count only beside their context or a full name. ``case`` says which capitals the text must have:
    ``any``; ``capital``, every word that is capitalised in ``text`` is so in the article; ``exact``, letter for letter,
    or in an article field that is all capitals. ``only_in`` are the languages of articles in which the form may count
    (empty: all; an article of unknown language passes), for names that are common words of another language.
    """

    text: str
    name: str
    language: str
    reasons: tuple[str, ...] = ()
    weak: bool = False
    case: Case = "any"
    edges: Edges = "word"
    risky: bool = False
    only_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """Endings that follow a hit and belong to it: how many characters of ``rest`` to take in, and what they are.

    Where the hit is ``doubtful``, it counts as a weak name does.
    """

    length: int
    reasons: tuple[str, ...]
    doubtful: bool = False
