"""Editions to render, written for the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from records.digests import Completeness, DigestEdition, DigestItem, Evidence, Retelling, SourceTrouble, Trend

UNTIL = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)

BASE = Evidence(
    entity_id="base-201",
    caption="201st Military Base",
    priority="high",
    field="text",
    before="Мотострелковые подразделения ",
    surface="201-й российской военной базы",
    after=" подняты по тревоге и выдвинулись на полигон Харбмайдон, сообщила пресс-служба военного округа.",
    name="201-я российская военная база",
    reasons=("genitive case",),
    line_en="Motorized rifle units of the 201st Military Base were alerted and moved to the Kharbmaydon range.",
    short_id="3f2a91bc",
)

EXERCISE = DigestItem(
    story_id="s1",
    article_id="a1",
    alert_ids=("3f2a91bc0011aabbccdd", "0b7de4100011aabbccdd"),
    short_ids=("3f2a91bc", "0b7de410"),
    priority="high",
    outlet="Asia-Plus",
    country="TJ",
    language="ru",
    title="Российские военные начали учения на границе с Афганистаном",
    title_en="Russian troops begin exercise on the Afghan border",
    byline="Фарход Салимов",
    dated_at=UNTIL - timedelta(hours=7),
    precision="minute",
    url="https://asia-plus.example/ru/news/20261121/exercise",
    evidence=(
        BASE,
        replace(
            BASE,
            entity_id="kharbmaydon",
            caption="Kharbmaydon range",
            before="Стрельбы пройдут на полигоне ",
            surface="Харбмайдон",
            after=" до конца недели.",
            name="Харбмайдон",
            reasons=(),
            line_en=None,
            short_id="0b7de410",
        ),
    ),
    retellings=(
        Retelling(
            outlet="Sputnik Tajikistan", url="https://s.example/1", language="ru", relation="copy", lag_minutes=35
        ),
        Retelling(outlet="Khovar", url="https://k.example/1", language="tg", relation="report", lag_minutes=210),
        Retelling(outlet="Xinhua", url="https://x.example/1", language="zh", relation="report", lag_minutes=540),
    ),
    dropped_names=(),
)

POST = DigestItem(
    story_id="s2",
    article_id="a2",
    alert_ids=("77aa00110011aabbccdd",),
    short_ids=("77aa0011",),
    priority="normal",
    outlet="Khovar",
    country="TJ",
    language="tg",
    title="Дар Ишкошим дидбонгоҳи нави сарҳадӣ ба истифода дода шуд",
    title_en=None,
    byline=None,
    dated_at=UNTIL - timedelta(hours=16),
    precision="day",
    url="https://khovar.example/2026/11/post",
    evidence=(
        replace(
            BASE,
            entity_id="ishkashim",
            caption="Ishkashim",
            priority="normal",
            before="Маросими ифтитоҳи дидбонгоҳ дар ноҳияи ",
            surface="Ишкошимро",
            after=" раиси вилоят анҷом дод.",
            name="Ишкошим",
            reasons=("suffix -ро",),
            line_en=None,
            short_id="77aa0011",
        ),
    ),
    retellings=(),
    dropped_names=(),
)

DELIVERY = DigestItem(
    story_id="s3",
    article_id="a3",
    alert_ids=("c0ffee110011aabbccdd",),
    short_ids=("c0ffee11",),
    priority="high",
    outlet="China Daily (Chinese)",
    country="CN",
    language="zh",
    title="中塔两国公安部门举行联合反恐演练",
    title_en="Public security bodies of China and Tajikistan hold joint counter-terrorism drill",
    byline="王伟",
    dated_at=UNTIL - timedelta(hours=20),
    precision="minute",
    url="https://cd.example/a/202611/20/drill.html",
    evidence=(
        replace(
            BASE,
            entity_id="mps",
            caption="Ministry of Public Security of China",
            before="演练由中国",
            surface="公安部",
            after="与塔吉克斯坦内务部共同组织，在杜尚别近郊举行。",
            name="公安部",
            reasons=("beside 塔吉克斯坦",),
            short_id="c0ffee11",
            line_en="The drill near Dushanbe was organised with the Ministry of Public Security of China.",
        ),
    ),
    retellings=(),
    dropped_names=("Tajik Interior Ministry",),
)

OLD = replace(
    POST,
    story_id="s4",
    article_id="a4",
    priority="low",
    dated_at=UNTIL - timedelta(days=40),
    title_en="A road to Murghab",
)

EDITION = DigestEdition(
    reader="research desk",
    since=UNTIL - timedelta(days=1),
    until=UNTIL,
    timezone="Asia/Dushanbe",
    items=(EXERCISE, DELIVERY, POST),
    backscanned=(OLD,),
    completeness=Completeness(
        sources=34,
        troubles=(
            SourceTrouble(
                outlet="Ozodi",
                status="failing",
                since=UNTIL - timedelta(hours=3),
                message="FetchError: no answer in 20 s",
            ),
            SourceTrouble(outlet="Jumhuriyat", status="silent", since=UNTIL - timedelta(days=4), message=None),
        ),
        articles=412,
        untranslated=12,
        last_run_at=UNTIL - timedelta(minutes=6),
    ),
    trends=(
        Trend(entity_id="base-201", caption="201st Military Base", weeks=(3, 4, 2, 5, 3, 4, 6, 14), usual=3.9),
        Trend(
            entity_id="mps", caption="Ministry of Public Security of China", weeks=(2, 3, 2, 2, 4, 2, 3, 3), usual=2.7
        ),
        Trend(entity_id="ishkashim", caption="Ishkashim", weeks=(6, 5, 7, 5, 6, 4, 3, 1), usual=5.3),
    ),
)

QUIET = replace(EDITION, items=(), backscanned=(), trends=())

# A day of 3,000 alerts in a thousand stories, and a list that was changed and found as many in old articles.
_FLOODED = tuple(
    replace(
        EXERCISE,
        story_id=f"s{story}",
        alert_ids=(f"{story}a", f"{story}b", f"{story}c"),
        short_ids=(f"{story:07}a", f"{story:07}b", f"{story:07}c"),
        evidence=tuple(
            replace(
                BASE,
                entity_id=f"e{place}",
                caption=f"Name {place}",
                short_id=f"{story:07}{place}",
                before=f"Строка {place}: " + "слово " * 20,
                after=" слово" * 20,
            )
            for place in range(6)
        ),
        footnote="я" * 300 + " " + EXERCISE.url,
    )
    for story in range(1000)
)
FLOOD = replace(EDITION, items=_FLOODED, backscanned=_FLOODED)
