"""Values: parsing of dates, languages, ids and field names.

Responsibility: turn what sources write into one form for each kind of value.
Decision: a value that cannot be parsed is left out, and the article is still stored.
Must not depend on: files, wire text or the store.
"""
