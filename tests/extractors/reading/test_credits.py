"""Who an article is credited to: people, agency, place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors.reading import read_page
from extractors.reading.credits import author_names, read_credit
from records import Credit, Fetched


def fetched(body: str) -> Fetched:
    url, seen_at = "https://press.example/1", datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    return Fetched(
        url=url,
        final_url=url,
        status=200,
        headers=(),
        body=body.encode(),
        etag=None,
        last_modified=None,
        fetched_at=seen_at,
    )


DATELINES = [
    ("ДУШАНБЕ, 22.11.2026 /АМИТ «Ховар»/. Сарҳадбонон машқ карданд.", "АМИТ «Ховар»", "Душанбе"),
    ("/АМИТ «Ховар»/. Сарҳадбонон машқ карданд.", "АМИТ «Ховар»", None),
    ("ДУШАНБЕ, 22 ноября. /ТАСС/. Пограничники провели учения.", "ТАСС", "Душанбе"),
    ("ДУШАНБЕ, 22 ноября — Sputnik. Пограничники провели учения.", "Sputnik", "Душанбе"),
    ("ДУШАНБЕ, 22 ноября 2026 – Sputnik, Иван Примеров. Учения прошли.", "Sputnik", "Душанбе"),
    ("МОСКВА, 22 ноя — РИА Новости. Пограничники провели учения.", "РИА Новости", "Москва"),
    ("Москва. 22 ноября. INTERFAX.RU - Пограничники провели учения.", "INTERFAX.RU", "Москва"),
    ("新华社杜尚别7月4日电（记者某某）边防部队举行训练。", "新华社", "杜尚别"),
    ("　　新华社北京11月17日电 记者17日获悉，训练结束。", "新华社", "北京"),
    ("中新网7月4日电 外交部发言人表示。", "中新网", None),
    ("据塔斯社莫斯科7月4日报道，训练结束。", "塔斯社", "莫斯科"),
    ("DUSHANBE, July 4 (Xinhua) -- The exercise ended.", "Xinhua", "Dushanbe"),
    ("Пограничники провели учения, сообщает ТАСС со ссылкой на ведомство.", "ТАСС", None),
    ("Сарҳадбонон машқ карданд, хабар медиҳад Asia-Plus.", "Asia-Plus", None),
]


@pytest.mark.parametrize(("text", "agency", "place"), DATELINES, ids=[case[0][:40] for case in DATELINES])
def test_a_dateline_names_agency_and_place(text: str, agency: str, place: str | None) -> None:
    credit = read_credit(article_id="a", text=text)
    assert credit is not None
    assert (credit.agency, credit.place) == (agency, place)
    assert credit.raw is not None
    assert credit.raw.strip() in text


@pytest.mark.parametrize(
    "text",
    [
        "4月24日，领导人致贺信。",
        "В Душанбе, 22 ноября — день памяти.",
        "Пограничники провели учения.",
        "Сарҳадбонон машқ карданд.",
        "",
    ],
)
def test_a_text_that_names_no_origin_has_no_credit(text: str) -> None:
    assert read_credit(article_id="a", text=text) is None


@pytest.mark.parametrize(
    ("source", "agency"),
    [
        ("来源：观察者网", "观察者网"),
        ("2026-11-22 15:51:07 来源：新华网 责任编辑：某某", "新华网"),
        ("2026-11-22 13:43　来源: 示例周刊 举报", "示例周刊"),
        ("Источник: РИА Новости", "РИА Новости"),
    ],
)
def test_a_source_line_names_the_agency_where_the_text_does_not(source: str, agency: str) -> None:
    credit = read_credit(article_id="a", text="Текст.", source=source)
    assert credit is not None
    assert credit.agency == agency


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("(责编：某一、某二)", ("某一", "某二")),
        ("编辑：某一某 某二", ("某一某", "某二")),
        ("Автор: Иван Примеров и Анна Образцова", ("Иван Примеров", "Анна Образцова")),
        ("Иван Примеров, Анна Образцова", ("Иван Примеров", "Анна Образцова")),
        ("Муаллиф: Намунаи Намунаев", ("Намунаи Намунаев",)),
        ("By John Sample and Jane Sample", ("John Sample", "Jane Sample")),
        ("某某_NF4425", ("某某",)),
        ("责任编辑：本站编辑", ()),
        ("本站记者 某一某", ("某一某",)),
        ("105092", ()),
        ("name, email@example.org", ()),
        ("Пресса", ()),
    ],
)
def test_names_are_freed_from_roles_and_numbers(raw: str, names: tuple[str, ...]) -> None:
    assert author_names([raw], sites=["Пресса"]) == names


def test_a_page_gives_its_credit_with_its_article() -> None:
    text = "ДУШАНБЕ, 22 ноября — Sputnik. " + "Пограничники провели тренировку на перевале, сообщили в управлении. " * 8
    reading = read_page(fetched(f"<title>Т</title><a rel=author>Иван Примеров</a><p>{text}</p>"))
    assert reading.article.byline == "Иван Примеров"
    assert reading.credit == Credit(
        article_id=reading.article.article_id,
        authors=("Иван Примеров",),
        agency="Sputnik",
        place="Душанбе",
        raw="ДУШАНБЕ, 22 ноября — Sputnik.",
    )
