select lower(keyword_name) as word
from duckdb_keywords()
where keyword_category <> 'unreserved' or keyword_name in ('asof', 'by', 'exclude', 'filter', 'first', 'last', 'nulls', 'over', 'partition', 'range', 'rows')
union
select function_name
from duckdb_functions()
where function_type in ('scalar', 'aggregate', 'table', 'window')
    and regexp_full_match(function_name, '[a-z][a-z0-9_]+')
    and not starts_with(function_name, '__')
    and not starts_with(function_name, 'pg_')
    and not starts_with(function_name, 'read_')
order by word
