"""What trafilatura finds, and what it is told for that."""

from lxml import html
from trafilatura import external

from extractors.reading.mined import mined_lines

SHORT = "<html><body><article><p>Перевал открыт для грузовых машин.</p></article></body></html>"


def test_a_short_notice_is_not_held_against_the_stop_words_of_a_hundred_languages() -> None:
    assert mined_lines(html.document_fromstring(SHORT), title="") == ["Перевал открыт для грузовых машин."]
    assert external.JT_STOPLIST is not None
    known = set(external.JT_STOPLIST)
    assert {"это", "және", "the"} <= known
    assert len(known) < 40_000  # all there are have 154,000
