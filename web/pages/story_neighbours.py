"""Picks the articles of a story that stand next to one of them in time.

Decision: a box beside an article stays short; the story's own page has them all.
Must not know how stories are made.
"""

from archive.article import Article

_SHOWN = 8


def window(articles: tuple[Article, ...], uri: str) -> tuple[Article, ...]:
    """The nearest others of a story around the article `uri`, in the order given."""
    places = [place for place, article in enumerate(articles) if article.uri == uri]
    centre = places[0] if places else len(articles)
    last_start = max(0, len(articles) - _SHOWN - 1)
    start = min(max(0, centre - _SHOWN // 2), last_start)
    around = articles[start : start + _SHOWN + 1]
    return tuple(article for article in around if article.uri != uri)[:_SHOWN]
