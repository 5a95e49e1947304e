select t.source, t.translation
from store.sentence_translations as t
join (select distinct unnest($source::varchar[]) as source) as wanted using (source)
where t.engine = $engine and t.model_version = $model_version
