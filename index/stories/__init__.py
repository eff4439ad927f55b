"""Stories: articles about one event and its developments.

Decision: how alike two articles must be hangs on how alike their surroundings are, so that one
setting fits a quiet corner of the archive and a crowded theme.
Must not know the archive, queries or pages.
"""

from index.stories.term_weights import compute_tfidf

__all__ = ["compute_tfidf"]
