"""Documents: the files of word processors, as articles.

Responsibility: read PDF and Word documents.
Decision: a document is one article, unless it is an export of a news database.
Must not depend on: what an article's text means, or the store.
"""
