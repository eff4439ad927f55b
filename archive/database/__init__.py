"""The SQLite database: connection, schema, rows and the store."""
