"""The fields of the index, and what each holds of an article.

Decision: analysis is ours and happens before Whoosh, which is handed ready postings; headline terms
carry a weight, so that BM25 over one field is BM25F over headline and body. The body has no field:
it is what `text` and `exact` hold and neither headline nor labels do (20 postings, not 250).
Must not know queries, scoring or how postings are made.
"""

from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer

TEXT, EXACT = "text", "exact"
"""Stems of everything, weighted; and everything as written, folded, with its places."""
TITLE, LABELS = "title", "labels"
"""Stems of the headline alone; and of byline, place, slug and subjects."""
BY, PLACE = "by", "place"
"""Folded words of the byline, and of where an article was filed from and is about."""
FIELDS = (TEXT, EXACT, TITLE, LABELS, BY, PLACE)
STEMMED = (TEXT, TITLE, LABELS)
"""Without stop words; the others have every word, with its places."""
WITH_PLACES = (EXACT, BY, PLACE)
HEADLINE_WEIGHT = 2.0
PHRASE_GAP = "\x1f"
"""A term that no text holds, between headline and body: no phrase runs over it.

In `labels` its weight is where the body ends: how many tokens of `exact` stand before the labels.
"""


def whoosh_schema() -> fields.Schema:
    """The fields as Whoosh knows them; places are kept for those with phrases."""
    terms = SpaceSeparatedTokenizer()
    return fields.Schema(
        **{name: fields.TEXT(analyzer=terms, phrase=name in WITH_PLACES) for name in FIELDS}
    )
