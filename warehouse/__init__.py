"""The only package that imports `duckdb`: migrations, landing, reading, publishing, citing."""
