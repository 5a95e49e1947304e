"""A revision is a change of what the outlet says, shown word by word; the page around it may change as it likes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reading.revisions import revision_diff, worth_a_revision
from records import Article, content_hash_of


def article(text: str, title: str = "Учения на перевале") -> Article:
    return Article(
        article_id="a",
        outlet_id="press",
        url="https://press.example/1",
        canonical_url="https://press.example/1",
        title=title,
        text=text,
        byline=None,
        section=None,
        published_at=None,
        published_raw=None,
        published_precision=None,
        date_source=None,
        extractor="selectors",
        content_hash=content_hash_of(title, text),
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        pytest.param("Погибли 12 человек.", "Погибли 15 человек.", [("12", "15")], id="a number"),
        pytest.param("Погибли двое.", "Погибли двое. Ранены трое.", [("", " Ранены трое.")], id="a sentence more"),
        pytest.param("Учения начались вчера утром.", "Учения начались утром.", [("вчера", "")], id="a word less"),
        pytest.param("两名士兵受伤。", "三名士兵受伤。", [("两", "三")], id="one Chinese character"),
        pytest.param("国防部表示遗憾。", "国防部表示强烈抗议。", [("遗憾", "强烈抗议")], id="Chinese words"),
        pytest.param("Сарҳадбонон омаданд.", "Сарҳадбонон рафтанд.", [("омаданд", "рафтанд")], id="Tajik"),
        pytest.param("Сумма 1.5 млн.", "Сумма 2.5 млн.", [("1.5", "2.5")], id="a number with a point"),
        pytest.param("Он сказал: «да».", "Он  сказал: “да”.", [], id="blanks and quotes are typesetting"),
        pytest.param("Ещё один — третий.", "Еще один – третий.", [], id="dashes and yo are typesetting"),
    ],
)
def test_a_change_is_shown_by_its_words(old: str, new: str, changes: list[tuple[str, str]]) -> None:
    found = revision_diff(article(old), article(new))
    assert [(change.old.strip(), change.new.strip()) for change in found] == [
        (a.strip(), b.strip()) for a, b in changes
    ]
    for change in found:
        assert old[change.start : change.end] == change.old
        assert new[change.new_start : change.new_end] == change.new


def test_a_changed_title_is_a_change_of_the_title() -> None:
    (change,) = revision_diff(article("Текст.", "Двое погибли"), article("Текст.", "Трое погибли"))
    assert (change.field, change.kind, change.old, change.new) == ("title", "replaced", "Двое", "Трое")


LINE = "Пограничники провели учения на перевале."


@pytest.mark.parametrize(
    ("old", "new", "worth"),
    [
        pytest.param(LINE, LINE, False, id="nothing changed"),
        pytest.param(LINE, LINE.replace("учения", "стрельбы"), True, id="one word"),
        pytest.param(f"{LINE}\nПросмотров: 120", f"{LINE}\nПросмотров: 1 204", False, id="a counter on its line"),
        pytest.param(f"{LINE} 120 просмотров", f"{LINE} 3 512 просмотров", False, id="a counter in a line"),
        pytest.param(f"{LINE}\nХондан шуд: 12", f"{LINE}\nХондан шуд: 15", False, id="a Tajik counter"),
        pytest.param(f"{LINE}\n浏览量：12", f"{LINE}\n浏览量：158", False, id="a Chinese counter"),
        pytest.param(LINE, f"{LINE}\nЧитайте также: Дорогу открыли", False, id="read also appears"),
        pytest.param(f"{LINE}\n相关阅读：旧闻", f"{LINE}\n相关阅读：新闻", False, id="a Chinese read also changes"),
        pytest.param(f"{LINE} 5 минут назад", f"{LINE} 3 часа назад", False, id="time from now"),
        pytest.param(f"{LINE} 10分钟前", f"{LINE} 3小时前", False, id="Chinese time from now"),
        pytest.param(LINE, LINE.replace(" ", "\u00a0"), False, id="blanks"),
        pytest.param("Погибли 12 человек.", "Погибли 15 человек.", True, id="a number that is news"),
        pytest.param("Это было 5 лет.", "Это было 6 лет.", True, id="a number of years"),
        pytest.param(f"{LINE}\nВторой абзац.", LINE, True, id="a paragraph less"),
    ],
)
def test_only_what_the_outlet_says_makes_a_revision(old: str, new: str, worth: bool) -> None:
    assert worth_a_revision(article(old), article(new)) is worth


WORDS = st.lists(st.sampled_from(["учения", "прошли", "12", "士", "兵", "ночью", ".", "дар", "Душанбе"]), max_size=40)


@given(old=WORDS, new=WORDS)
def test_the_changes_applied_to_the_old_text_give_the_new(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    rebuilt = before
    for change in reversed(revision_diff(article(before), article(after))):
        rebuilt = rebuilt[: change.start] + f" {change.new} " + rebuilt[change.end :]
    assert "".join(rebuilt.split()) == "".join(after.split())


def test_another_article_under_the_same_address_is_one_change() -> None:
    old, new = " ".join(f"слово{n}" for n in range(30_000)), " ".join(f"word{n}" for n in range(30_000))
    assert len(revision_diff(article(old), article(new))) == 1
