-- Tables, views and macros in the order they were made.
select sql
from (
    select 1 as part, table_oid as oid, sql from duckdb_tables() where not internal
    union all
    select 2 as part, view_oid as oid, sql from duckdb_views() where not internal
    union all
    select
        3 as part,
        function_oid as oid,
        'CREATE MACRO ' || function_name || '(' || array_to_string(parameters, ', ') || ') AS '
            || if(function_type = 'table_macro', 'TABLE ', '') || macro_definition as sql
    from duckdb_functions()
    where not internal
)
order by part, oid
