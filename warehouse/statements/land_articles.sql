-- New articles, and newer versions of known ones. Returns exactly those: revision 0 is new.
-- An older version that comes late (a batch landed twice, a replay) changes nothing.
insert into store.articles as a by name
select
    unnest($article_id::varchar[]) as article_id,
    unnest($outlet_id::varchar[]) as outlet_id,
    unnest($url::varchar[]) as url,
    unnest($canonical_url::varchar[]) as canonical_url,
    unnest($title::varchar[]) as title,
    unnest($text::varchar[]) as text,
    unnest($byline::varchar[]) as byline,
    unnest($section::varchar[]) as section,
    unnest($published_at::timestamp[]) as published_at,
    unnest($published_raw::varchar[]) as published_raw,
    unnest($published_precision::varchar[]) as published_precision,
    unnest($date_source::varchar[]) as date_source,
    unnest($extractor::varchar[]) as extractor,
    unnest($content_hash::varchar[]) as content_hash,
    unnest($fetched_at::timestamp[]) as fetched_at,
    unnest($fetched_at::timestamp[]) as first_seen_at,
    $landed_at::timestamp as landed_at,
    0 as revision
on conflict (article_id) do update set
    url = excluded.url,
    canonical_url = excluded.canonical_url,
    title = excluded.title,
    text = excluded.text,
    byline = excluded.byline,
    section = excluded.section,
    -- A page that is redone may lose its date; the one it had is kept, all four fields together.
    published_at = coalesce(excluded.published_at, a.published_at),
    published_raw = if(excluded.published_at is null, a.published_raw, excluded.published_raw),
    published_precision = if(excluded.published_at is null, a.published_precision, excluded.published_precision),
    date_source = if(excluded.published_at is null, a.date_source, excluded.date_source),
    extractor = excluded.extractor,
    content_hash = excluded.content_hash,
    fetched_at = excluded.fetched_at,
    landed_at = excluded.landed_at,
    revision = a.revision + 1
where a.content_hash is distinct from excluded.content_hash
  and excluded.fetched_at > a.fetched_at
returning article_id, revision
