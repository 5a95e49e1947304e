select comment
from duckdb_functions()
where not internal and schema_name = 'main'
order by function_name
