"""A small made-up press, as records: what the warehouse tests land."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from records import (
    Alert,
    Article,
    FeedItem,
    FetchState,
    LanguageGuess,
    Mention,
    OutletReport,
    StepFailure,
    Translation,
    alert_id_of,
    article_id_of,
    content_hash_of,
)
from records.landing import Batch, EntityNameRow, EntityRow, ItemOutcome, ListRow, Matching, OutletRow

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def article(
    slug: str,
    *,
    outlet_id: str = "asia-plus",
    title: str = "Учения на полигоне Харбмайдон",
    text: str = "Военные 201-й базы прибыли на полигон Харбмайдон.",
    at: datetime = NOON,
    published_at: datetime | None = NOON,
    byline: str | None = None,
) -> Article:
    url = f"https://{outlet_id}.example/{slug}"
    return Article(
        article_id=article_id_of(url),
        outlet_id=outlet_id,
        url=url,
        canonical_url=url,
        title=title,
        text=text,
        byline=byline,
        section=None,
        published_at=published_at,
        published_raw=None if published_at is None else published_at.isoformat(),
        published_precision=None if published_at is None else "minute",
        date_source=None if published_at is None else "feed",
        extractor="selectors",
        content_hash=content_hash_of(title, text),
        fetched_at=at,
    )


def item(slug: str, *, outlet_id: str = "asia-plus", position: int = 0) -> FeedItem:
    url = f"https://{outlet_id}.example/{slug}"
    return FeedItem(
        outlet_id=outlet_id, guid=url, url=url, title=slug, summary="", published_at=NOON, position=position
    )


def state(url: str, *, outlet_id: str = "asia-plus", etag: str | None = '"1"', at: datetime = NOON) -> FetchState:
    return FetchState(url=url, outlet_id=outlet_id, etag=etag, last_modified=None, body_hash="00", fetched_at=at)


def guess(of: Article, language: str = "ru", *quoted: str) -> LanguageGuess:
    return LanguageGuess(
        article_id=of.article_id,
        language=language,
        script="Cyrl",
        confidence=0.99,
        method="profiles",
        languages=(language, *quoted),
    )


def translation(of: Article, *, title: str = "Exercise at Kharbmaydon", dropped: tuple[str, ...] = ()) -> Translation:
    return Translation(
        article_id=of.article_id,
        source="ru",
        target="en",
        title=title,
        text="Servicemen of the 201st base came to the Kharbmaydon range.",
        engine="argos",
        model_version="1.9",
        dropped_names=dropped,
    )


def mention(
    of: Article, surface: str, *, entity_id: str = "base-201", list_id: str = "security", version: str = "v1"
) -> Mention:
    start = of.text.index(surface)
    return Mention(
        article_id=of.article_id,
        entity_id=entity_id,
        list_id=list_id,
        list_version=version,
        field="text",
        start=start,
        end=start + len(surface),
        surface=surface,
        name="201-я база",
        form=surface,
        score=0.9,
        reasons=("genitive case",),
    )


def alert(
    of: Article,
    *,
    entity_id: str = "base-201",
    list_id: str = "security",
    at: datetime = NOON,
    story: str | None = None,
) -> Alert:
    return Alert(
        alert_id=alert_id_of(of.article_id, entity_id),
        article_id=of.article_id,
        entity_id=entity_id,
        list_id=list_id,
        priority="high",
        score=0.9,
        story_id=story,
        origin="live",
        created_at=at,
    )


def failure(run_id: str = "run-1", *, outlet_id: str = "asia-plus", at: datetime = NOON) -> StepFailure:
    return StepFailure(
        run_id=run_id,
        outlet_id=outlet_id,
        step="fetch",
        url=f"https://{outlet_id}.example/",
        kind="temporary",
        error="FetchError",
        message="no answer in 20 s",
        at=at,
    )


def report(run_id: str = "run-1", *, outlet_id: str = "asia-plus") -> OutletReport:
    return OutletReport(
        run_id=run_id,
        outlet_id=outlet_id,
        items=2,
        fetched=1,
        unchanged=0,
        articles=1,
        new=1,
        revised=0,
        mentions=1,
        alerts=1,
        failures=(failure(run_id, outlet_id=outlet_id),),
        broken=(),
    )


def matching(of: Article, *, list_id: str = "security", version: str = "v1") -> Matching:
    return Matching(article_id=of.article_id, list_id=list_id, list_version=version)


def landed_item(slug: str, *, outlet_id: str = "asia-plus") -> ItemOutcome:
    url = f"https://{outlet_id}.example/{slug}"
    return ItemOutcome(outlet_id=outlet_id, url=url, state="landed", article_id=article_id_of(url))


def outlet(outlet_id: str = "asia-plus", *, languages: tuple[str, ...] = ("ru", "tg")) -> OutletRow:
    return OutletRow(
        outlet_id=outlet_id,
        title=outlet_id.title(),
        country="TJ",
        languages=languages,
        url=f"https://{outlet_id}.example/",
        publisher="Asia-Plus Media",
        publisher_kind="independent",
        timezone="Asia/Dushanbe",
    )


def watch_list(list_id: str = "security", version: str = "v1") -> ListRow:
    return ListRow(list_id=list_id, title="Security", owner="desk", purpose="bases", review_by=None, version=version)


def entity(
    entity_id: str = "base-201", *, caption: str = "201st Military Base", list_id: str = "security"
) -> EntityRow:
    return EntityRow(
        entity_id=entity_id,
        list_id=list_id,
        schema="Organization",
        caption=caption,
        priority="high",
        notes=None,
        source=None,
        wikidata=None,
        added=None,
        retired=None,
        names=(
            EntityNameRow(name="201-я военная база", language="ru", kind="name"),
            EntityNameRow(name="201-я база", language="ru", kind="weak"),
        ),
    )


def whole_batch(slug: str = "exercise", *, text: str | None = None, at: datetime = NOON) -> Batch:
    """Return a batch with one of everything a page can bring."""
    page = article(slug, at=at) if text is None else article(slug, text=text, at=at)
    mentions = tuple(mention(page, "201-й базы") for _ in range(1) if "201-й базы" in page.text)
    return Batch(
        landed_at=at + timedelta(seconds=5),
        articles=(page,),
        languages=(guess(page),),
        translations=(translation(page),),
        matchings=(matching(page),),
        mentions=mentions,
        alerts=tuple(alert(page) for _ in mentions),
        items=(item(slug),),
        outcomes=(landed_item(slug),),
        fetch_states=(state(page.url, at=at),),
        reports=(report(),),
    )
