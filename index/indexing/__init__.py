"""Indexing: from the archive to the next generation.

Responsibility: build the index of an archive and switch to it.
Decision: generations are immutable; a new one reuses the files of the previous one where it can.
Must not depend on: search requests or pages.
"""
