"""Pages, exports and the JSON API over a `SearchBackend`.

The backend is a Protocol of `index.ports`; nothing here knows an engine, files or ranking.
"""
