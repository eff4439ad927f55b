"""How we show it: pages, the JSON API and the presenters, over a `SearchBackend`.

Asks the index through its Protocol; knows no engine, no files and no ranking.
"""
