-- A made-up press at scale, straight into the tables: $articles articles, 5 mentions and 0.8 alerts each.
-- Numbers come from hashes, so that every run makes the same press. Words are made up from syllables.

create temp table words as
select
    list(list_aggregate(list_transform(range(2 + (hash(i) % 3)::int), lambda j: syllables[1 + (hash(i * 7 + j) % len(syllables))::int]), 'string_agg', '') order by i) as ru
from range(20000) as r(i), (select ['ра', 'во', 'ен', 'на', 'ба', 'за', 'ду', 'шан', 'бе', 'по', 'ли', 'гон', 'гра', 'ни', 'ца', 'со', 'ю', 'зна', 'ми', 'ро', 'те', 'ку', 'ста'] as syllables);

insert into store.outlets
select
    'outlet-' || i, 'Outlet ' || i, ['TJ', 'RU', 'CN', 'KZ'][1 + i % 4], [['ru', 'tg'], ['ru'], ['zh'], ['ru', 'en']][1 + i % 4],
    'https://outlet-' || i || '.example/', 'Publisher ' || i,
    ['state', 'independent', 'military', 'exile'][1 + (i // 4) % 4], 'Asia/Dushanbe', timestamp '2021-01-01', null
from range(40) as r(i);

insert into store.lists values ('security', 'Security', 'desk', 'bench', null, 'v1', timestamp '2021-01-01', null);
insert into store.entities
select
    'security', if(i = 3, 'base-201', 'entity-' || i), 'Organization', 'Entity ' || i, ['high', 'normal', 'low'][1 + i % 3],
    null, null, null, null, null, null
from range(200) as r(i);
insert into store.entity_names
select 'security', if(i = 3, 'base-201', 'entity-' || i), 'имя ' || i, 'ru', 'name' from range(200) as r(i);

create temp table made as
select
    i,
    md5('a' || i)[:16] as article_id,
    'outlet-' || (hash(i) % 40) as outlet_id,
    -- Four years up to now, in the order they land: as in life, a day's articles lie together. The last day is a busy
    -- one: 3,750 articles, which make 3,000 alerts.
    date_trunc(
        'second',
        (now() at time zone 'UTC') - case
            when i < $articles - 3750 then interval 1 day + to_seconds((126057600 * (1 - i / $articles))::bigint)
            else to_seconds((86400 * ($articles - i) / 3750)::bigint)
        end
    ) as published_at
from range($articles) as r(i);

-- What some of the articles say besides: sentences of the groups that $group_of_sentence, $sentence and
-- $sentence_en give, in $percent of all articles (group by group), one to three of them in each.
create temp table named as
with sentences as (
    select group_no, list(sentence) as sentences, list(sentence_en) as sentences_en
    from (
        select
            unnest($group_of_sentence::int[]) as group_no,
            unnest($sentence::varchar[]) as sentence,
            unnest($sentence_en::varchar[]) as sentence_en
    )
    group by group_no
),
picked as (
    select
        i,
        group_no,
        list_transform(
            range(1 + (hash(i, group_no, 16) % 3)::int),
            lambda j: 1 + (hash(i, group_no, j, 14) % len(sentences))::int
        ) as places,
        list_select(sentences, places) as sentences,
        list_select(sentences_en, places) as sentences_en
    from range($articles) as r(i), sentences
    where hash(i, group_no, 15) % 100 < list_extract($percent::int[], group_no + 1)
)
select
    i,
    array_to_string(flatten(list(sentences order by group_no)), ' ') as sentences,
    array_to_string(flatten(list(sentences_en order by group_no)), ' ') as sentences_en
from picked
group by i;

insert into store.articles by name
with written as (
    select
        i,
        article_id,
        outlet_id,
        published_at,
        array_to_string(list_transform(range(8), lambda j: ru[1 + (hash(i, j, 2) % 20000)::int]), ' ') as title,
        -- Sentences of eleven words, paragraphs of four sentences.
        array_to_string(
            list_transform(
                range(120 + (hash(i, 3) % 160)::int),
                lambda j: ru[1 + (20000 * pow((hash(i, j) % 100000) / 1e5, 3))::int % 20000]
                    || if(j % 44 = 43, '.' || chr(10), if(j % 11 = 10, '. ', ' '))
            ),
            ''
        ) as text,
        ['ru', 'ru', 'tg', 'zh', 'ru', 'zh', 'en', 'ru'][1 + (hash(article_id) % 8)::int] as language
    from made, words
)
select
    article_id,
    outlet_id,
    'https://' || outlet_id || '.example/' || i as url,
    url as canonical_url,
    title,
    concat_ws(chr(10), text, sentences) as text,
    published_at,
    published_at::varchar as published_raw,
    'minute' as published_precision,
    'feed' as date_source,
    'selectors' as extractor,
    md5('c' || i) || md5('d' || i) as content_hash,
    published_at + interval 20 minute as fetched_at,
    fetched_at as first_seen_at,
    published_at as dated_at,
    published_at + interval 21 minute as landed_at,
    (hash(i, 5) % 20 = 0)::int as revision,
    language,
    if(language = 'zh', 'Hans', 'Cyrl') as script,
    0.99 as language_confidence,
    'profiles' as language_method,
    if(language in ('ru', 'zh'), 'Title ' || title, null) as title_en,
    if(language in ('ru', 'zh'), concat_ws(chr(10), sentences_en, written.text), null) as text_en,
    if(language in ('ru', 'zh'), 'argos', null) as engine,
    if(language in ('ru', 'zh'), '1.9', null) as model_version,
    if(language in ('ru', 'zh'), if(hash(i, 9) % 50 = 0, ['Entity ' || (hash(i, 8) % 200)], []), null) as dropped_names,
    if(language in ('ru', 'zh'), landed_at, null) as translated_at,
    if(i % 10 = 0, 'story-' || i // 40, null) as story_id
from written
left join named using (i);

insert into store.revisions by name
select
    article_id,
    outlet_id,
    1 as revision,
    title,
    text[:length(text) - 100] as text,
    title as title_after,
    text as text_after,
    md5(content_hash) as content_hash,
    fetched_at - interval 10 minute as fetched_at,
    fetched_at as replaced_at,
    ['entity-' || (hash(article_id, 12) % 200)] as named
from store.articles
where revision = 1;

insert into store.matchings by name
select article_id, 'security' as list_id, 'v1' as list_version, content_hash, landed_at as matched_at
from store.articles;

insert into store.captures by name
select
    'urn:uuid:' || md5('w' || article_id) as warc_record_id,
    article_id,
    url,
    fetched_at,
    md5('b' || article_id) || md5('d' || article_id) as body_sha256,
    'pages-' || strftime(fetched_at, '%Y%m%d') || '-00001.warc.gz' as warc_file
from store.articles;

insert into store.fetch_states by name
select url, outlet_id, '"' || article_id || '"' as etag, md5('b' || article_id) as body_hash, fetched_at
from store.articles;

-- Few entities make most of the mentions, as in life. Mentions come article by article, as they land.
insert into store.mentions by name
select
    article_id,
    if(e = 3, 'base-201', 'entity-' || e) as entity_id,
    'security' as list_id,
    'v1' as list_version,
    outlet_id,
    coalesce(language, 'und') as language,
    published_at as dated_at,
    if(j = 0, 'title', 'text') as field,
    j * 90 as span_start,
    j * 90 + 12 as span_end,
    'имени ' || e || 'ого' as surface,
    'имя ' || e as name,
    'имени ' || e as form,
    0.9 as score,
    ['genitive case'] as reasons
from (
    select made.i, made.article_id, made.outlet_id, made.published_at, a.language, j, (200 * pow((hash(made.i, j, 4) % 100000) / 1e5, 3))::int as e
    from made
    join store.articles as a using (article_id), range(5) as r(j)
)
order by i, j;

insert into store.alerts by name
select
    md5(article_id || entity_id)[:20] as alert_id,
    article_id,
    entity_id,
    'security' as list_id,
    priority,
    0.9 as score,
    if(hash(article_id, entity_id) % 10 = 0, 'backscan', 'live') as origin,
    landed_at as created_at,
    dated_at
from (
    select distinct m.article_id, m.entity_id, e.priority, a.landed_at, a.dated_at
    from store.mentions as m join store.articles as a using (article_id) join store.entities as e using (entity_id)
    where hash(m.article_id, m.entity_id, 6) % 1000 < 165
);

-- A tenth of the articles are told in groups of about four.
insert into store.story_parts
select
    article_id, 'story-' || i // 40, if(row_number() over (partition by i // 40 order by published_at) = 1, 'first', if(hash(i, 11) % 2 = 0, 'copy', 'report')), 0.8
from made where i % 10 = 0;
