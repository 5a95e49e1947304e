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
    -- Four years up to now, a little more each year.
    (date_trunc('second', now() at time zone 'UTC') - to_seconds((126144000 * pow((hash(i, 1) % 1000000) / 1e6, 1.2))::bigint))::timestamp as published_at
from range($first, $first + $articles) as r(i);

insert into store.articles
select
    article_id, outlet_id, 'https://' || outlet_id || '.example/' || i, 'https://' || outlet_id || '.example/' || i,
    array_to_string(list_transform(range(8), lambda j: ru[1 + (hash(i, j, 2) % 20000)::int]), ' ') as title,
    array_to_string(list_transform(range(120 + (hash(i, 3) % 160)::int), lambda j: ru[1 + (20000 * pow((hash(i, j) % 100000) / 1e5, 3))::int % 20000]), ' ') as text,
    null, null, published_at, published_at::varchar, 'minute', 'feed', 'selectors', md5('c' || i) || md5('d' || i),
    published_at + interval 20 minute, published_at + interval 20 minute, published_at + interval 21 minute, (hash(i, 5) % 20 = 0)::int
from made, words;

insert into store.revisions
select article_id, 1, title, text, md5(content_hash), fetched_at - interval 10 minute, fetched_at
from store.articles where revision = 1;

insert into store.languages
select article_id, lang, if(lang = 'zh', 'Hans', 'Cyrl'), 0.99, 'profiles', content_hash
from (select article_id, content_hash, ['ru', 'ru', 'tg', 'zh', 'ru', 'zh', 'en', 'ru'][1 + (hash(article_id) % 8)::int] as lang from store.articles);

insert into store.translations
select
    a.article_id, 'en', l.language, 'Title ' || a.title, a.text, 'argos', '1.9',
    if(hash(a.article_id, 9) % 50 = 0, ['Entity ' || (hash(a.article_id, 8) % 200)], []), a.content_hash, a.landed_at
from store.articles as a join store.languages as l using (article_id) where l.language in ('ru', 'zh');

insert into store.matchings
select article_id, 'security', 'v1', content_hash, landed_at from store.articles;

-- Few entities make most of the mentions, as in life. Mentions come article by article, as they land.
insert into store.mentions
select
    article_id, if(e = 3, 'base-201', 'entity-' || e), 'security', 'v1', if(j = 0, 'title', 'text'),
    j * 90, j * 90 + 12, 'имени ' || e || 'ого', 'имя ' || e, 'имени ' || e, 0.9, ['genitive case']
from (
    select i, article_id, j, (200 * pow((hash(i, j, 4) % 100000) / 1e5, 3))::int as e
    from made, range(5) as r(j)
)
order by i, j;

insert into store.alerts
select
    md5(article_id || entity_id)[:20], article_id, entity_id, 'security', priority, 0.9,
    null, if(hash(article_id, entity_id) % 10 = 0, 'backscan', 'live'), landed_at
from (
    select distinct m.article_id, m.entity_id, e.priority, a.landed_at
    from store.mentions as m join store.articles as a using (article_id) join store.entities as e using (entity_id)
    where hash(m.article_id, m.entity_id, 6) % 1000 < 165
);

-- A tenth of the articles are told in groups of about four.
insert into store.story_parts
select
    article_id, 'story-' || ($first // 10 + i // 40), if(row_number() over (partition by i // 40 order by published_at) = 1, 'first', if(hash(i, 11) % 2 = 0, 'copy', 'report')), 0.8
from made where i % 10 = 0;
