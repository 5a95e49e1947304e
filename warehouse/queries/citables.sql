-- What a footnote needs, of many articles named by id.
-- Their dates first: with them the join skips the other articles' columns (see edition_evidence.sql).
with wanted as (
    select article_id, dated_at
    from store.articles
    where article_id in (select unnest($article_id::varchar[]))
)
select
    a.article_id,
    a.title,
    -- A gloss is for finding one's way, not for a footnote.
    if(a.language = 'en' or a.engine = 'gloss', null, a.title_en) as title_en,
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
from wanted as w
join store.articles as a on a.article_id = w.article_id and a.dated_at = w.dated_at
left join store.outlets as o using (outlet_id)
left join store.fetch_states as s on s.url = a.url
left join (
    select article_id, arg_max(warc_file, fetched_at) as warc_file, arg_max(body_sha256, fetched_at) as body_sha256
    from store.captures
    where article_id in (select unnest($article_id::varchar[]))
    group by article_id
) as c on c.article_id = a.article_id
