"""Search by words: Dateline, tantivy, SQLite FTS5 and bm25s, each asked for its best ten.

Decision: each as its own documentation has it, with English stems; answers are uris, best first.
Must not know what is measured.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import bm25s
import numpy as np
import snowballstemmer
import tantivy

from archive.article import Article
from index.arrays.string_table import StringTable
from index.lexical.engine import WhooshEngine
from index.local.field_filters import DocValueFilters
from index.local.generation import OpenGeneration
from index.local.snapshot import LocalSnapshot
from index.ports import SearchBackend
from index.search.engine import SearchEngine
from index.storage.doc_values import UNDATED, DocValues, DocValuesBuilder, open_doc_values
from index.storage.generation import Manifest
from index.storage.layout import COLUMNS, FORMAT, LEXICAL, STORIES
from index.storage.segments import Segment
from index.stories.store import open_story_store, write_story_store
from index.text.analysis import analyzer_languages
from index.types.search import SearchRequest
from scripts.bench.queries import KINDS, BenchQuery, Kind, Searcher, written

BEST = 10
LATER = timedelta(days=37)
"""Between an article and itself when it comes again in an archive that is made larger."""
Articles = Callable[[], Iterable[Article]]


class Contender(Searcher, Protocol):
    """Something that answers queries of some kinds."""

    kinds: tuple[Kind, ...]


class Dateline:
    """This project's own, by words alone; all that matches is counted and ordered."""

    name = "Dateline"
    kinds = KINDS

    def __init__(self, engine: SearchBackend) -> None:
        self._engine = engine

    def ask(self, query: BenchQuery) -> list[str]:
        """Uris of the best ten."""
        return list(self._engine.rank(_request(query)))


class DatelineWords:
    """The same over words that were indexed without an archive, several times over if told."""

    name = "Dateline"
    kinds = KINDS

    def __init__(self, articles: Articles, folder: Path, *, times: int = 1) -> None:
        """`times` more than one: as many segments, each of the same articles of later days."""
        for part in ("once", COLUMNS, LEXICAL, STORIES):
            (folder / part).mkdir()
        builder, whole = DocValuesBuilder(), DocValuesBuilder()

        def noted() -> Iterator[Article]:
            for article in articles():
                builder.add(article)
                yield article

        engine = WhooshEngine()
        engine.build(folder / LEXICAL, noted())
        builder.write(folder / "once")
        once = open_doc_values(folder / "once")
        for turn in range(times):
            whole.take(_again(once, turn), np.arange(len(once)))
        whole.write(folder / COLUMNS)
        self._engine = SearchEngine(folder, _FixedIndex(_opened(folder, engine, times)))

    def ask(self, query: BenchQuery) -> list[str]:
        """Uris of the best ten."""
        return list(self._engine.rank(_request(query)))


class _FixedIndex:
    """An index that never changes."""

    def __init__(self, generation: OpenGeneration) -> None:
        self._snapshot = LocalSnapshot(generation)

    def snapshot(self) -> LocalSnapshot:
        return self._snapshot


def _opened(folder: Path, engine: WhooshEngine, times: int) -> OpenGeneration:
    """A generation of `times` equal segments, each article a story of its own."""
    doc_values = open_doc_values(folder / COLUMNS)
    write_story_store(
        folder / STORIES, np.arange(len(doc_values), dtype=np.int32), doc_values, None
    )
    stories = open_story_store(folder / STORIES)
    languages = analyzer_languages(doc_values.language_names)
    manifest = Manifest(format=FORMAT, engine=engine.name, sequence=0, rows=len(doc_values))
    return OpenGeneration(
        manifest=manifest,
        doc_values=doc_values,
        lexical=engine.open([Segment(folder / LEXICAL)] * times, languages),
        semantic=None,
        stories=stories,
        filters=DocValueFilters(doc_values, stories),
        languages=languages,
        problem="",
    )


def _again(doc_values: DocValues, turn: int) -> DocValues:
    """The same rows as others of later days; `turn` 0 is themselves."""
    if not turn:
        return doc_values
    names = [f"{doc_values.uris[row]}-{turn}" for row in range(len(doc_values))]
    shift = np.where(doc_values.published == UNDATED, 0, int(turn * LATER.total_seconds()))
    return replace(doc_values, uris=StringTable.of(names), published=doc_values.published + shift)


class Tantivy:
    """Rust's Lucene; texts are stored, as whoever shows them needs."""

    name = "tantivy"
    kinds = KINDS

    def __init__(self, articles: Articles, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("uri", stored=True, tokenizer_name="raw")
        builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
        builder.add_text_field("written", tokenizer_name="default")
        builder.add_integer_field("published", indexed=True, fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(folder))
        writer = self.index.writer(heap_size=256_000_000, num_threads=1)
        for article in articles():
            text = _text(article)
            fields = {"uri": article.uri, "text": text, "written": text, "published": _day(article)}
            writer.add_document(tantivy.Document(**fields))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def query(self, query: BenchQuery) -> Any:
        """A query in tantivy's language."""
        if query.kind == "prefix":
            return tantivy.Query.regex_query(self.schema, "written", f"{query.words[0]}.*")
        text = written(query)
        if query.days:
            first, last = map(_number, query.days)
            text = f"({text}) AND published:[{first} TO {last}]"
        return self.index.parse_query(text, ["text"])

    def ask(self, query: BenchQuery) -> list[str]:
        """Uris of the best ten."""
        found = self.searcher.search(self.query(query), BEST, count=True).hits
        return [self.searcher.doc(address)["uri"][0] for _, address in found]


class Fts5:
    """SQLite's own, without the texts."""

    name = "SQLite FTS5"
    kinds = KINDS

    def __init__(self, articles: Articles, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "fts5.sqlite")
        self._db.execute(
            "CREATE VIRTUAL TABLE texts USING fts5"
            "(text, content='', tokenize='porter unicode61', prefix='4')"
        )
        self._db.execute("CREATE TABLE held (n INTEGER PRIMARY KEY, uri TEXT, published INTEGER)")
        for number, article in enumerate(articles(), start=1):
            row = (number, article.uri, _day(article))
            self._db.execute(
                "INSERT INTO texts (rowid, text) VALUES (?, ?)", (number, _text(article))
            )
            self._db.execute("INSERT INTO held VALUES (?, ?, ?)", row)
        self._db.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        self._db.commit()

    def ask(self, query: BenchQuery) -> list[str]:
        """Uris of the best ten."""
        sql = "SELECT uri FROM texts JOIN held ON n = texts.rowid WHERE texts MATCH ?"
        values: list[object] = [written(query)]
        if query.days:
            sql += " AND published BETWEEN ? AND ?"
            values += map(_number, query.days)
        sql += f" ORDER BY bm25(texts) LIMIT {BEST}"
        return [uri for (uri,) in self._db.execute(sql, values)]


class Bm25s:
    """Scores computed beforehand, in NumPy; it knows a bag of words and no other query."""

    name = "bm25s"
    kinds: tuple[Kind, ...] = ("one word", "OR of two", "OR of three", "OR and dates")

    def __init__(self, articles: Articles) -> None:
        self._stem = snowballstemmer.stemmer("english")
        self._uris = np.array([article.uri for article in articles()])
        self._published = np.array([_day(article) for article in articles()])
        corpus = bm25s.tokenize(
            [_text(article) for article in articles()],
            stopwords="en",
            stemmer=self._stem.stemWords,
            show_progress=False,
        )
        self._index = bm25s.BM25()
        self._index.index(corpus, show_progress=False)

    def ask(self, query: BenchQuery) -> list[str]:
        """Uris of the best ten."""
        mask = None
        if query.days:
            first, last = map(_number, query.days)
            mask = ((self._published >= first) & (self._published <= last)).astype(np.float32)
        found, _ = self._index.retrieve(
            [self._stem.stemWords(list(query.words))],
            k=BEST,
            show_progress=False,
            weight_mask=mask,
        )
        return [str(uri) for uri in self._uris[found[0]]]


def _request(query: BenchQuery) -> SearchRequest:
    first, last = query.days or (None, None)
    return SearchRequest(
        text=written(query),
        mode="lexical",
        group="none",
        limit=BEST,
        date_from=first,
        date_to=last,
    )


def _text(article: Article) -> str:
    return f"{article.headline}\n{article.body}"


def _day(article: Article) -> int:
    when = article.first_created
    return int(when.timestamp()) // _SECONDS if when else 0


def _number(day: date) -> int:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return int(midnight.timestamp()) // _SECONDS


_SECONDS = int(timedelta(days=1).total_seconds())
