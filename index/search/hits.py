"""Hits of a page: the version that is shown, what of it matched, and what is quoted.

Responsibility: build a `Hit` from what is known of its place in the ranking.
Decision: the headline is that of the latest version and the snippet that of the version that
matches, so that a reader sees both what is known now and what was searched for.
Must not depend on: how articles are found or grouped.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.article import Article
from index.ranking.fusion import Ranking
from index.ranking.scores import NearestPassage
from index.search.highlight import Highlighter
from index.types.explanation import Explanation
from index.types.search import Hit, RetrieverMatch, Snippet
from index.types.versions import make_version


@dataclass(frozen=True, slots=True, kw_only=True)
class PageParts:
    """What is known of the places on the page, by place.

    Attributes:
        articles: In the version that answers.
        latest: In the version that is shown.
        versions: How many versions each has.
    """

    articles: Mapping[int, Article]
    latest: Mapping[int, Article]
    versions: Mapping[int, int]
    passages: Mapping[int, NearestPassage]
    lexical: Mapping[int, RetrieverMatch]
    semantic: Mapping[int, RetrieverMatch]
    explanations: Mapping[int, Explanation]


def build_hit(ranking: Ranking, place: int, page: PageParts, highlighter: Highlighter) -> Hit:
    """The hit of one place, shown in its latest version."""
    article, latest = page.articles[place], page.latest[place]
    killed = bool(ranking.candidates.killed[place])
    headline, snippet = _mark(page, place, highlighter, killed=killed)
    return Hit(
        article=latest,
        matched=make_version(article) if article != latest else None,
        version_count=page.versions[place],
        killed=killed,
        score=round(float(ranking.scores[place]), 6) if ranking.components else None,
        headline=headline,
        snippet=snippet,
        lexical=page.lexical.get(place),
        semantic=page.semantic.get(place),
        explanation=page.explanations.get(place),
    )


def _mark(
    page: PageParts, place: int, highlighter: Highlighter, *, killed: bool
) -> tuple[Snippet, Snippet]:
    """The headline of the version that is shown, and a snippet of the one that matches.

    Nothing of what was withdrawn is quoted.
    """
    article, latest, passage = page.articles[place], page.latest[place], page.passages.get(place)
    if article == latest or killed:
        span = passage.span if passage and article == latest else None
        is_lexical = place in page.lexical and article == latest
        return highlighter.mark(latest, span, lexical=is_lexical)
    former, snippet = highlighter.mark(
        article, passage.span if passage else None, lexical=place in page.lexical
    )
    headline, _ = highlighter.mark(latest, lexical=False)
    # Only its headline has the words, so that is what a reader must see.
    is_in_headline = former.marks and not snippet.marks and not headline.marks
    return headline, former if is_in_headline else snippet
