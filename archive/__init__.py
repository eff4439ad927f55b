"""The archive: articles, the sources they come from, and the SQLite database that stores them.

Responsibility: read articles from files and store every version of them.
Decision: the SQLite database is the only source of truth; everything else is rebuilt from it.
Must not depend on: searching or showing articles.
"""
