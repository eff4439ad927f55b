"""The Whoosh index itself: which fields an article has in it, and how they are written.

Decision: analysis is ours and happens before Whoosh, which stores ready terms; headline terms
carry a weight, so that BM25 over one field is BM25F over headline and body.
Must not know queries or scoring.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from whoosh import fields, index
from whoosh.analysis import DelimitedAttributeFilter, SpaceSeparatedTokenizer

from archive.article import Article
from index.analysis import Token, is_stopword, primary, stem, tokens

TEXT, EXACT = "text", "exact"
HEADLINE_WEIGHT = 2.0
PHRASE_GAP = "\x1f"
"""A term that no text holds, between headline and body: no phrase runs over it."""


def _schema() -> fields.Schema:
    weighted = SpaceSeparatedTokenizer() | DelimitedAttributeFilter(
        delimiter="^", attribute="boost", default=1.0, type=float
    )
    return fields.Schema(
        **{
            TEXT: fields.TEXT(analyzer=weighted, phrase=False),
            EXACT: fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True),
        }
    )


def _stemmed(found: Iterable[Token], language: str, *, suffix: str = "") -> Iterator[str]:
    for token in found:
        if not is_stopword(token.folded, (language,)):
            yield stem(token.folded, language) + suffix


def indexed_terms(article: Article) -> dict[str, str]:
    """The terms of one article for each Whoosh field, separated by spaces."""
    language = primary(article.language)
    other = " ".join((article.by, article.located, article.slugline, *article.subjects))
    head = list(tokens(article.headline))
    rest = list(tokens(f"{article.body}\n\n{other}"))
    stemmed = [*_stemmed(head, language, suffix=f"^{HEADLINE_WEIGHT}"), *_stemmed(rest, language)]
    exact = [*(t.folded for t in head), PHRASE_GAP, *(t.folded for t in rest)]
    return {TEXT: " ".join(stemmed), EXACT: " ".join(exact)}


def write_index(folder: Path, articles: Iterable[Article]) -> None:
    """Write a new Whoosh index into an empty folder; document n is the n-th article."""
    target = index.create_in(str(folder), _schema())
    # Without compound=False each searcher that opens pays 230 ms and 300 MB at 100,000 articles.
    writer = target.writer(limitmb=256, compound=False)
    try:
        for article in articles:
            writer.add_document(**indexed_terms(article))
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)
    target.close()
