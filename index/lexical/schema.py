"""The fields of the lexical index, and what each contains of an article.

Responsibility: name the fields, and define the Whoosh schema.
Decision: text is analysed before Whoosh, which receives finished postings. Headline terms have a
weight, so that BM25 over one field is BM25F over headline and body. The body has no field of its
own: it is what `text` and `exact` contain besides headline and labels (20 postings instead of 250).
Must not depend on: queries, scoring or how postings are built.
"""

from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer

TEXT, EXACT = "text", "exact"
"""Stems of all text, weighted; and all words as written, folded, with their positions."""
TITLE, LABELS = "title", "labels"
"""Stems of the headline alone; and of byline, place, slug and subjects."""
BY, PLACE = "by", "place"
"""Folded words of the byline; and of the places that an article was filed from and is about."""
FIELDS = (TEXT, EXACT, TITLE, LABELS, BY, PLACE)
STEMMED = (TEXT, TITLE, LABELS)
"""Fields of stems, without stop words; the others have every word."""
WITH_POSITIONS = (EXACT, BY, PLACE)
HEADLINE_WEIGHT = 2.0
PHRASE_GAP = "\x1f"
"""A term that no text contains, between headline and body, so that no phrase crosses over.

In `labels` its weight is the position where the body ends: how many tokens of `exact` come before
the labels.
"""


def whoosh_schema() -> fields.Schema:
    """The fields as Whoosh knows them."""
    terms = SpaceSeparatedTokenizer()
    return fields.Schema(
        **{name: fields.TEXT(analyzer=terms, phrase=name in WITH_POSITIONS) for name in FIELDS}
    )
