"""The SQLite database: connections, schema, rows and the store.

Responsibility: store every version of every article, and read them back unchanged.
Decision: one file per archive, so that it can be copied, backed up and queried with `sqlite3`.
Must not depend on: where articles come from or how they are indexed.
"""
