-- What a footnote needs of an article.
select
    a.article_id,
    a.title,
    a.title_en,
    a.engine,
    a.byline,
    coalesce(o.title, a.outlet_id) as outlet,
    o.publisher,
    coalesce(a.language, 'und') as language,
    a.published_at,
    coalesce(o.timezone, 'UTC') as timezone,
    a.canonical_url as url,
    a.fetched_at,
    c.warc_file,
    coalesce(c.body_sha256, s.body_hash) as body_sha256
from store.articles as a
left join store.outlets as o using (outlet_id)
left join store.fetch_states as s on s.url = a.url
left join (
    select article_id, arg_max(warc_file, fetched_at) as warc_file, arg_max(body_sha256, fetched_at) as body_sha256
    from store.captures
    where article_id = $article_id
    group by article_id
) as c on c.article_id = a.article_id
where a.article_id = $article_id
