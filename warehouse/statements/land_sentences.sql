insert into store.sentence_translations by name
with incoming as (
    select
        unnest($source::varchar[]) as source,
        unnest($translation::varchar[]) as translation
)
select
    source,
    translation,
    $engine as engine,
    $model_version as model_version,
    $made_at::timestamp as made_at
from incoming
anti join (
    select source
    from store.sentence_translations
    where engine = $engine and model_version = $model_version
) using (source)
