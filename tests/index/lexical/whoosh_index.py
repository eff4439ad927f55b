"""The same index made by Whoosh's own writer, document by document.

Decision: it shares only text analysis with the code that it is compared with.
Must not depend on: runs, merging or arrays.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh import fields, index
from whoosh.analysis import DelimitedAttributeFilter, SpaceSeparatedTokenizer

from archive.article import Article
from index.lexical.schema import (
    BY,
    EXACT,
    FIELDS,
    HEADLINE_WEIGHT,
    LABELS,
    PHRASE_GAP,
    PLACE,
    TEXT,
    TITLE,
    WITH_POSITIONS,
)
from index.text.analysis import is_stopword, normalize_language, to_term
from index.text.tokens import tokenize

Posting = tuple[int, float, int, tuple[int, ...]]
"""Row, weight, occurrences and positions."""


def write_index(folder: Path, articles: Iterable[Article]) -> None:
    """Index articles in order."""
    weighted = SpaceSeparatedTokenizer() | DelimitedAttributeFilter(
        delimiter="^", attribute="boost", default=1.0, type=float
    )
    schema = fields.Schema(
        **{
            name: fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True)
            if name in WITH_POSITIONS
            else fields.TEXT(analyzer=weighted, phrase=False)
            for name in FIELDS
        }
    )
    made = index.create_in(str(folder), schema)
    writer = made.writer(compound=False)
    for article in articles:
        writer.add_document(**{name: " ".join(found) for name, found in _terms(article)})
    writer.commit(merge=False)
    made.close()


def _terms(article: Article) -> Iterator[tuple[str, Iterable[str]]]:
    labels = " ".join((article.by, article.located, article.slugline, *article.subjects))
    language = normalize_language(article.language)
    head, body, rest = (
        _folded(text, language) for text in (article.headline, article.body, labels)
    )

    def stemmed(words: list[str], suffix: str = "") -> list[str]:
        return [to_term(w, language) + suffix for w in words if not is_stopword(w, (language,))]

    yield TEXT, (*stemmed(head, f"^{HEADLINE_WEIGHT}"), *stemmed(body), *stemmed(rest))
    yield EXACT, (*head, PHRASE_GAP, *body, *rest)
    yield TITLE, stemmed(head)
    yield LABELS, (f"{PHRASE_GAP}^{len(head) + 1 + len(body)}", *stemmed(rest))
    yield BY, _folded(article.by, language)
    names = (article.located, *article.places)
    yield PLACE, [word for name in names for word in (*_folded(name, language), PHRASE_GAP)]


def _folded(text: str, language: str) -> list[str]:
    return [token.folded for token in tokenize(text, language)]


def read_postings(folder: Path) -> dict[tuple[str, str], list[Posting]]:
    """Every posting of an index by field and term, read by Whoosh."""
    opened = index.open_dir(str(folder), readonly=True)
    with opened.reader() as reader:
        found = {
            (name, text.decode()): list(_read(reader, name, text))
            for name in FIELDS
            for text, _ in (reader.iter_field(name) if reader.doc_count_all() else ())
        }
    opened.close()
    return found


def _read(reader: Any, name: str, text: bytes) -> Iterator[Posting]:
    compile_pattern = reader.postings(name, text)
    while compile_pattern.is_active():
        places = tuple(compile_pattern.value_as("positions")) if name in WITH_POSITIONS else ()
        yield (
            compile_pattern.id(),
            compile_pattern.weight(),
            compile_pattern.value_as("frequency"),
            places,
        )
        compile_pattern.next()


def read_statistics(folder: Path) -> list[object]:
    """The statistics of terms, documents and fields, read by Whoosh."""
    opened = index.open_dir(str(folder), readonly=True)
    with opened.reader() as reader:
        rows = range(reader.doc_count_all())
        found: list[object] = [len(rows)]
        for name in FIELDS if rows else ():
            found.append((name, reader.field_length(name)))
            found.append([reader.doc_field_length(row, name) for row in rows])
            for text, info in reader.iter_field(name):
                least, most = info.min_length(), info.max_length()
                ends = (info.min_id(), info.max_id(), info.max_weight())
                found.append((text, info.weight(), info.doc_frequency(), least, most, *ends))
    opened.close()
    return found
