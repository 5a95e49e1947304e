select v.view_name, v.comment, c.column_name, c.data_type, c.comment
from duckdb_views() as v
join duckdb_columns() as c on c.table_name = v.view_name and c.schema_name = v.schema_name
where not v.internal and v.schema_name = 'main'
-- Most questions begin with articles.
order by v.view_name <> 'articles', v.view_oid, c.column_index
