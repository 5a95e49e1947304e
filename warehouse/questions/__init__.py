"""Questions an analyst asks, each a query that works as it stands: the examples of docs/sql.md."""
