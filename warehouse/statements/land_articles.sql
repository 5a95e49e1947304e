-- New articles, and newer versions of those whose row was removed before.
insert into store.articles by name
select
    * replace (
        list_extract($languages::varchar[][], languages) as languages,
        list_extract($dropped_names::varchar[][], dropped_names) as dropped_names
    ),
    $landed_at::timestamp as landed_at
from incoming
