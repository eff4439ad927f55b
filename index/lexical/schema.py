"""The Whoosh index itself: which fields an article has in it, and how they are written.

Decision: analysis is ours and happens before Whoosh, which stores ready terms; headline terms
carry a weight, so that BM25 over one field is BM25F over headline and body. The body has no field:
it is what `text` and `exact` hold and neither headline nor labels do (20 postings, not 250).
Must not know queries or scoring.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from whoosh import fields, index
from whoosh.analysis import DelimitedAttributeFilter, SpaceSeparatedTokenizer

from archive.article import Article
from index.analysis import Token, is_stopword, primary, term, tokens

TEXT, EXACT = "text", "exact"
"""Stems of everything, weighted; and everything as written, folded, with its places."""
TITLE, LABELS = "title", "labels"
"""Stems of the headline alone; and of byline, place, slug and subjects."""
BY, PLACE = "by", "place"
"""Folded words of the byline, and of where an article was filed from and is about."""
FIELDS = (TEXT, EXACT, TITLE, LABELS, BY, PLACE)
WITH_PLACES = (EXACT, BY, PLACE)
HEADLINE_WEIGHT = 2.0
PHRASE_GAP = "\x1f"
"""A term that no text holds, between headline and body: no phrase runs over it.

In `labels` its weight is where the body ends: how many tokens of `exact` stand before the labels.
"""


def _schema() -> fields.Schema:
    weighted = SpaceSeparatedTokenizer() | DelimitedAttributeFilter(
        delimiter="^", attribute="boost", default=1.0, type=float
    )
    return fields.Schema(
        **{
            name: fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True)
            if name in WITH_PLACES
            else fields.TEXT(analyzer=weighted, phrase=False)
            for name in FIELDS
        }
    )


def _stemmed(found: Iterable[Token], language: str, *, suffix: str = "") -> Iterator[str]:
    for token in found:
        if not is_stopword(token.folded, (language,)):
            yield term(token.folded, language) + suffix


def indexed_terms(article: Article) -> dict[str, str]:
    """The terms of one article for each Whoosh field, separated by spaces."""
    language = primary(article.language)
    labels = " ".join((article.by, article.located, article.slugline, *article.subjects))
    head, body, rest = (list(tokens(t)) for t in (article.headline, article.body, labels))
    weighted = _stemmed(head, language, suffix=f"^{HEADLINE_WEIGHT}")
    exact = [*_folded(head), PHRASE_GAP, *_folded(body), *_folded(rest)]
    end_of_body = f"{PHRASE_GAP}^{len(head) + 1 + len(body)}"
    terms = {
        TEXT: (*weighted, *_stemmed([*body, *rest], language)),
        EXACT: exact,
        TITLE: _stemmed(head, language),
        LABELS: (end_of_body, *_stemmed(rest, language)),
        BY: _folded(tokens(article.by)),
        PLACE: _folded_places((article.located, *article.places)),
    }
    return {field: " ".join(found) for field, found in terms.items()}


def _folded(found: Iterable[Token]) -> Iterator[str]:
    return (token.folded for token in found)


def _folded_places(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from _folded(tokens(name))
        yield PHRASE_GAP


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
