"""Stories: clusters of articles about one event and its developments.

Responsibility: cluster articles into stories, give the stories ids, and build their timelines.
Decision: how similar two articles of a story must be depends on how similar their neighbours are,
so that one setting fits both a quiet topic and a crowded one.
Must not depend on: the archive's files, queries or pages.
"""

from index.stories.term_weights import compute_tfidf

__all__ = ["compute_tfidf"]
