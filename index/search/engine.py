"""The search engine of one machine: archive and live generation behind one `SearchBackend`.

Decision: the pointer to the live generation is read at every request, so that a reindex in another
process is noticed without a signal; a request keeps the generation it began with.
Must not know HTTP or pages.
"""

import logging
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from archive.database.store import FILE_NAME, ArticleStore
from index.lexical.engine import WhooshEngine
from index.lexical.ports import LexicalEngine
from index.ports import InvalidQueryError, NoGenerationError, StoryGoneError
from index.query import ParsedQuery, parse
from index.search.answer import Answer, facet
from index.search.answer_notices import notices_about
from index.search.related import related_rows
from index.search.retrieve import matching_rows, retrieve
from index.search.snapshot import OpenGeneration, date_range, open_generation
from index.search.story_views import list_stories, story_view
from index.search.suggest import completions
from index.semantic.models import SentenceModels
from index.semantic.ports import Models
from index.storage.articles import read_rows
from index.storage.checksums import Checksums
from index.storage.doc_values import DocValues
from index.storage.generation import GenerationError, current_id
from index.stories.ids import WITHDRAWN
from index.stories.timeline import make_repeat_check
from index.types.notices import make_notice
from index.types.search import (
    Mode,
    Notice,
    Related,
    SearchRequest,
    SearchResults,
    Status,
)
from index.types.stories import StoriesRequest, StoryList, StoryView

log = logging.getLogger(__name__)

_MOST_REPEATS = 12
"""Filings of an article with the same text that are left out of what is near it."""
NOTHING_INDEXED = "Nothing is indexed yet. Run `dateline ingest PATH` and then `dateline reindex`."


class SearchEngine:
    """Answers from `home`; safe for many threads."""

    def __init__(
        self,
        home: Path,
        *,
        lexical: LexicalEngine | None = None,
        models: Models | None = None,
    ) -> None:
        self._home = home
        self._lexical = lexical or WhooshEngine()
        self._models = models or SentenceModels(home)
        self._live: OpenGeneration | None = None
        self._opened = ""
        self._checksums = Checksums()
        self._lock = threading.Lock()
        self._store: ArticleStore | None = None

    def close(self) -> None:
        """Close the archive; open generations are dropped when the last request has ended."""
        if self._store:
            self._store.close()

    def live(self) -> OpenGeneration:
        """The live generation, opened if it has changed.

        Raises:
            NoGenerationError: There is none.
            GenerationError: It is damaged.
        """
        name = current_id(self._home)
        if name is None:
            raise NoGenerationError(NOTHING_INDEXED)
        if name != self._opened:
            with self._lock:
                if name != self._opened:
                    self._open(name)
        assert self._live is not None
        return self._live

    def _open(self, name: str) -> None:
        """Open a generation; a damaged one does not take the place of one that answers."""
        try:
            self._live = open_generation(
                self._home,
                name,
                lexical=self._lexical,
                models=self._models,
                checksums=self._checksums,
            )
        except GenerationError as error:
            if self._live is None:
                raise
            log.error("%s Generation %s goes on answering.", error, self._opened)
        self._opened = name

    def search(self, request: SearchRequest) -> SearchResults:
        """Answer one request.

        Raises:
            NoGenerationError: Nothing is indexed yet.
            InvalidQueryError: The query names something that cannot be.
        """
        started = time.perf_counter()
        live = self.live()
        query = _parsed(request)
        mode, notices = _mode(request.mode, live)
        ranking = retrieve(live.retrievers, request, query, mode)
        answer = Answer(live, self._archive(), request, query, ranking)
        told = (
            *query.notices,
            *live.retrievers.lexical.notices(query),
            *notices,
            *notices_about(ranking, query, mode),
        )
        return answer.results(mode, told, started)

    def ranked(self, request: SearchRequest) -> tuple[str, ...]:
        """Uris of the articles that answer a request, best first, ungrouped, at most `limit`.

        Raises:
            NoGenerationError: Nothing is indexed yet.
            InvalidQueryError: The query names something that cannot be.
        """
        doc_values, rows = self._found(request, request.limit)
        return tuple(doc_values.uris[row] for row in rows.tolist())

    def matches(self, request: SearchRequest) -> Iterator[Article]:
        """Every article that answers from `offset` on, in the request's order.

        Raises:
            NoGenerationError: Nothing is indexed yet.
            InvalidQueryError: The query names something that cannot be.
        """
        doc_values, rows = self._found(request)
        return read_rows(self._archive(), doc_values, rows)

    def _found(
        self, request: SearchRequest, limit: int | None = None
    ) -> tuple[DocValues, NDArray[np.int32]]:
        """The live columns, and the `limit` rows that answer from `offset` on, in order."""
        live = self.live()
        mode = _mode(request.mode, live)[0]
        rows = matching_rows(live.retrievers, request, _parsed(request), mode, limit)
        return live.retrievers.doc_values, rows

    def completions(self, text: str) -> tuple[str, ...]:
        """The query with its last word completed by words of the archive, likeliest first."""
        return completions(text, self.live().retrievers.lexical)

    def story_ids(self) -> dict[str, str]:
        """The story id of every indexed article, by uri."""
        live = self.live()
        doc_values, book = live.retrievers.doc_values, live.story_store
        return {
            doc_values.uris[row]: book.ids[int(book.labels[row])] for row in range(len(doc_values))
        }

    def warm(self) -> None:
        """Open the live generation and answer one query, so that the first reader does not wait."""
        self.search(SearchRequest(text="news"))

    def article(self, uri: str, version: int | None = None) -> Article | None:
        """One article from the archive, its newest version unless told."""
        return self._archive().get(uri, version) if self._has_archive() else None

    def versions(self, uri: str) -> tuple[Article, ...]:
        """Every version of one article, oldest first."""
        return self._archive().versions(uri) if self._has_archive() else ()

    def named(self, uri: str) -> tuple[str, ...]:
        """Whom an article names, those it names most first; empty where it is not indexed."""
        doc_values = self.live().retrievers.doc_values
        row = doc_values.row_of(uri)
        return () if row is None else doc_values.mentions.of(row)

    def related(self, uri: str, limit: int = 8) -> tuple[Related, ...]:
        """Articles near this one: its own story, newest first, then one of each story near it."""
        live = self.live()
        row = live.retrievers.doc_values.row_of(uri)
        if row is None:
            return ()
        near = related_rows(live, row, limit + _MOST_REPEATS)
        keys = [live.retrievers.doc_values.key(found.row) for found in near]
        itself = live.retrievers.doc_values.key(row)
        articles = self._archive().get_many([itself, *keys])
        repeated = make_repeat_check(articles[itself])
        told = (
            Related(article=articles[key], similarity=found.similarity, same_story=found.same_story)
            for key, found in zip(keys, near, strict=True)
            if not repeated(articles[key])
        )
        return tuple(islice(told, limit))

    def story_of(self, uri: str) -> StoryView | None:
        """The story that an article is in."""
        live = self.live()
        row = live.retrievers.doc_values.row_of(uri)
        return None if row is None else self._view(live, int(live.story_store.labels[row]))

    def story(self, story_id: str) -> StoryView | None:
        """One story by its id, or by one that led to it.

        Raises:
            StoryGoneError: There was one, of which nothing is left.
        """
        live = self.live()
        number = live.story_store.find(story_id)
        if number == WITHDRAWN:
            raise StoryGoneError(story_id)
        return None if number is None else self._view(live, number, whole=True)

    def stories(self, request: StoriesRequest) -> StoryList:
        """Stories with articles in a period, those with most of them first."""
        return list_stories(self.live(), self._archive(), request)

    def status(self) -> Status:
        """What is held and what can be answered."""
        store = self._archive() if self._has_archive() else None
        held = (store.count(), store.count_versions()) if store else (0, 0)
        if current_id(self._home) is None:
            return Status.of_nothing(*held, why=NOTHING_INDEXED)
        live = self.live()
        doc_values, manifest = live.retrievers.doc_values, live.manifest
        everything = np.arange(len(doc_values), dtype=np.int32)
        span = date_range(doc_values.published)
        return Status(
            articles=held[0],
            versions=held[1],
            indexed=len(doc_values),
            pending=store.count_pending(manifest.sequence) if store else 0,
            passages=manifest.passages,
            vectors=live.vectors,
            stories=manifest.stories,
            generation=manifest.id,
            built=live.built,
            model=live.retrievers.encoder.name if live.retrievers.encoder else None,
            model_problem=live.problem,
            modes=live.modes,
            languages=facet("language", doc_values, everything, most=None).values,
            sources=facet("source", doc_values, everything, most=None).values,
            first_created=datetime.fromtimestamp(span[0], UTC) if span else None,
            last_created=datetime.fromtimestamp(span[1], UTC) if span else None,
        )

    def _view(self, live: OpenGeneration, number: int, *, whole: bool = False) -> StoryView:
        return story_view(live, self._archive(), number, whole=whole)

    def _has_archive(self) -> bool:
        return self._store is not None or (self._home / FILE_NAME).exists()

    def _archive(self) -> ArticleStore:
        with self._lock:
            if self._store is None:
                self._store = ArticleStore.open(self._home, readonly=True)
            return self._store


def _parsed(request: SearchRequest) -> ParsedQuery:
    query = parse(request.text)
    if query.error:
        raise InvalidQueryError(query.error)
    return query


def _mode(asked: Mode, live: OpenGeneration) -> tuple[Mode, tuple[Notice, ...]]:
    if asked in live.modes:
        return asked, ()
    if live.problem:
        return "lexical", (make_notice("lexical-only", None, live.problem),)
    return "lexical", (make_notice("lexical-only/pending"),)
