"""Lexical search systems: Dateline, tantivy, SQLite FTS5 and bm25s.

Responsibility: index articles and search for the top ten with each system.
Decision: each system is used as its documentation recommends, with English stems; results are uris,
best first.
Must not depend on: what is measured.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import snowballstemmer

from archive.article import Article
from archive.database.store import ArticleStore
from index.arrays.string_table import StringTable
from index.lexical.engine import ArrayEngine
from index.local.field_filters import DocValueFilters
from index.local.generation import OpenGeneration
from index.local.snapshot import LocalSnapshot
from index.ports import SearchBackend
from index.search.engine import SearchEngine
from index.storage.chains import build_single_chains
from index.storage.doc_values import UNDATED, DocValues, DocValuesBuilder, open_doc_values
from index.storage.generation import Manifest
from index.storage.layout import COLUMNS, FORMAT, LEXICAL, STORIES
from index.storage.segments import Segment
from index.stories.assignment import RowStatistics
from index.stories.store import open_story_store, write_story_store
from index.text.analysis import analyzer_languages
from index.types.search import SearchRequest
from scripts.bench.extra import load_library
from scripts.bench.queries import KINDS, BenchQuery, Kind, System, format_query

bm25s, tantivy = map(load_library, ("bm25s", "tantivy"))
TOP = 10
COPY_INTERVAL = timedelta(days=37)
"""Between an article and its next copy in an archive that is enlarged with copies."""
Articles = Callable[[], Iterable[Article]]


class LexicalSystem(System, Protocol):
    """A system that supports some kinds of queries."""

    kinds: tuple[Kind, ...]


class DatelineLexical:
    """Dateline's lexical search; all matches are counted and ranked."""

    name = "Dateline"
    kinds = KINDS

    def __init__(self, engine: SearchBackend) -> None:
        self._engine = engine

    def search(self, query: BenchQuery) -> list[str]:
        """Return the uris of the top ten."""
        return list(self._engine.rank(_create_request(query)))


class DatelineStandalone:
    """Dateline's lexical search on an index without an archive, optionally with copies."""

    name = "Dateline"
    kinds = KINDS

    def __init__(self, articles: Articles, folder: Path, *, times: int = 1) -> None:
        """Index articles; `times` segments, each with copies of the articles at later dates."""
        for part in ("once", COLUMNS, LEXICAL, STORIES):
            (folder / part).mkdir()
        builder, all_copies = DocValuesBuilder(), DocValuesBuilder()

        def add_doc_values() -> Iterator[Article]:
            for article in articles():
                builder.add(article)
                yield article

        engine = ArrayEngine()
        engine.build(folder / LEXICAL, add_doc_values())
        builder.write(folder / "once")
        once = open_doc_values(folder / "once")
        for turn in range(times):
            all_copies.copy_rows(_shift_dates(once, turn), np.arange(len(once)))
        all_copies.write(folder / COLUMNS)
        self._engine = SearchEngine(folder, _FixedIndex(_build_generation(folder, engine, times)))

    def search(self, query: BenchQuery) -> list[str]:
        """Return the uris of the top ten."""
        return list(self._engine.rank(_create_request(query)))


class _FixedIndex:
    """An index that does not change."""

    def __init__(self, generation: OpenGeneration) -> None:
        self._snapshot = LocalSnapshot(generation)

    def snapshot(self) -> LocalSnapshot:
        return self._snapshot


def _build_generation(folder: Path, engine: ArrayEngine, times: int) -> OpenGeneration:
    """A generation of `times` equal segments, with one story per article."""
    doc_values = open_doc_values(folder / COLUMNS)
    write_story_store(
        folder / STORIES, np.arange(len(doc_values), dtype=np.int32), doc_values, None
    )
    stories = open_story_store(folder / STORIES)
    languages = analyzer_languages(doc_values.language_names)
    with ArticleStore.open(folder) as store:
        archive = store.read_checkpoint().archive
    manifest = Manifest(
        format=FORMAT, engine=engine.name, archive=archive, sequence=0, rows=len(doc_values)
    )
    nothing = np.zeros(len(doc_values), np.float32)
    return OpenGeneration(
        manifest=manifest,
        doc_values=doc_values,
        chains=build_single_chains(len(doc_values)),
        lexical=engine.open([Segment(folder / LEXICAL)] * times, languages),
        semantic=None,
        stories=stories,
        statistics=RowStatistics(nothing, nothing, nothing),
        filters=DocValueFilters(doc_values, stories),
        version_filters=DocValueFilters(doc_values, stories),
        languages=languages,
        problem="",
    )


def _shift_dates(doc_values: DocValues, turn: int) -> DocValues:
    """The rows of copy number `turn`, with later dates and other uris; 0 is the original."""
    if not turn:
        return doc_values
    names = [f"{doc_values.uris[row]}-{turn}" for row in range(len(doc_values))]
    shift = np.where(doc_values.published == UNDATED, 0, int(turn * COPY_INTERVAL.total_seconds()))
    return replace(doc_values, uris=StringTable.of(names), published=doc_values.published + shift)


class Tantivy:
    """tantivy, with stored texts, which displaying results needs."""

    name = "tantivy"
    kinds = KINDS

    def __init__(self, articles: Articles, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("uri", stored=True, tokenizer_name="raw")
        builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
        builder.add_text_field("unstemmed", tokenizer_name="default")
        builder.add_integer_field("published", indexed=True, fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(folder))
        writer = self.index.writer(heap_size=256_000_000, num_threads=1)
        for article in articles():
            text = _join_text(article)
            fields = {
                "uri": article.uri,
                "text": text,
                "unstemmed": text,
                "published": _day_number(article),
            }
            writer.add_document(tantivy.Document(**fields))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def convert_query(self, query: BenchQuery) -> Any:
        """Convert a query to tantivy's query language."""
        if query.kind == "prefix":
            return tantivy.Query.regex_query(self.schema, "unstemmed", f"{query.words[0]}.*")
        text = format_query(query)
        if query.days:
            first, last = map(_to_day_number, query.days)
            text = f"({text}) AND published:[{first} TO {last}]"
        return self.index.parse_query(text, ["text"])

    def search(self, query: BenchQuery) -> list[str]:
        """Return the uris of the top ten."""
        hits = self.searcher.search(self.convert_query(query), TOP, count=True).hits
        return [self.searcher.doc(address)["uri"][0] for _, address in hits]


class Fts5:
    """SQLite's full-text search, without stored texts."""

    name = "SQLite FTS5"
    kinds = KINDS

    def __init__(self, articles: Articles, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "fts5.sqlite")
        self._db.execute(
            "CREATE VIRTUAL TABLE texts USING fts5"
            "(text, content='', tokenize='porter unicode61', prefix='4')"
        )
        self._db.execute(
            "CREATE TABLE articles (n INTEGER PRIMARY KEY, uri TEXT, published INTEGER)"
        )
        for number, article in enumerate(articles(), start=1):
            row = (number, article.uri, _day_number(article))
            self._db.execute(
                "INSERT INTO texts (rowid, text) VALUES (?, ?)", (number, _join_text(article))
            )
            self._db.execute("INSERT INTO articles VALUES (?, ?, ?)", row)
        self._db.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        self._db.commit()

    def search(self, query: BenchQuery) -> list[str]:
        """Return the uris of the top ten."""
        sql = "SELECT uri FROM texts JOIN articles ON n = texts.rowid WHERE texts MATCH ?"
        values: list[object] = [format_query(query)]
        if query.days:
            sql += " AND published BETWEEN ? AND ?"
            values += map(_to_day_number, query.days)
        sql += f" ORDER BY bm25(texts) LIMIT {TOP}"
        return [uri for (uri,) in self._db.execute(sql, values)]


class Bm25s:
    """bm25s, with scores computed when indexing; it supports only bags of words."""

    name = "bm25s"
    kinds: tuple[Kind, ...] = ("one word", "OR of two", "OR of three", "OR and dates")

    def __init__(self, articles: Articles) -> None:
        self._stem = snowballstemmer.stemmer("english")
        self._uris = np.array([article.uri for article in articles()])
        self._published = np.array([_day_number(article) for article in articles()])
        corpus = bm25s.tokenize(
            [_join_text(article) for article in articles()],
            stopwords="en",
            stemmer=self._stem.stemWords,
            show_progress=False,
        )
        self._index = bm25s.BM25()
        self._index.index(corpus, show_progress=False)

    def search(self, query: BenchQuery) -> list[str]:
        """Return the uris of the top ten."""
        mask = None
        if query.days:
            first, last = map(_to_day_number, query.days)
            mask = ((self._published >= first) & (self._published <= last)).astype(np.float32)
        rows, _ = self._index.retrieve(
            [self._stem.stemWords(list(query.words))],
            k=TOP,
            show_progress=False,
            weight_mask=mask,
        )
        return [str(uri) for uri in self._uris[rows[0]]]


def _create_request(query: BenchQuery) -> SearchRequest:
    first, last = query.days or (None, None)
    return SearchRequest(
        text=format_query(query),
        mode="lexical",
        group="none",
        limit=TOP,
        date_from=first,
        date_to=last,
    )


def _join_text(article: Article) -> str:
    return f"{article.headline}\n{article.body}"


def _day_number(article: Article) -> int:
    created = article.first_created
    return int(created.timestamp()) // _SECONDS_PER_DAY if created else 0


def _to_day_number(day: date) -> int:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return int(midnight.timestamp()) // _SECONDS_PER_DAY


_SECONDS_PER_DAY = int(timedelta(days=1).total_seconds())
