"""Places of the world: their names, countries and coordinates.

Responsibility: find what a place name can mean, and decide what a dateline's place means.
Decision: one small gazetteer in memory, loaded when it is first needed; what is derived from it is
stored in the index, never in the archive.
Must not depend on: files that are ingested, the store, or the index.
"""
