"""The search engine: an index and an archive behind one `SearchBackend`.

Responsibility: answer each method of the port from one snapshot and the articles of the archive.
Decision: the index is behind the `Snapshot` protocol, so that this code serves every engine; a
request uses the snapshot that it began with.
Must not depend on: HTTP, pages, or what an index is made of.
"""

import threading
import time
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from archive.article import Article
from archive.database.store import FILE_NAME, ArticleStore
from archive.places.gazetteer import get_gazetteer
from index.ports import InvalidQueryError, NoGenerationError
from index.query import ParsedQuery, parse
from index.ranking.chains import collapse_chains
from index.ranking.fusion import Ranking, fuse
from index.ranking.order import best_places
from index.search.answer import build_answer
from index.search.answer_notices import answer_notices
from index.search.continuity import (
    OTHER_ARCHIVE,
    find_index_problem,
    leave_out_missing,
    leave_out_withdrawn,
    require_own_index,
)
from index.search.plan import SearchPlan, make_plan
from index.search.ports import Index, Snapshot, Vector
from index.search.story_views import (
    build_story_view,
    find_distinct,
    list_stories,
    read_chain,
    story_excerpt,
)
from index.search.suggestions.completions import completions
from index.search.suggestions.languages import load_main_word_list
from index.storage.articles import read_articles
from index.types.search import SearchRequest, SearchResults
from index.types.status import Status
from index.types.stories import Related, StoriesRequest, StoryExcerpt, StoryList, StoryView
from index.types.versions import Chain, make_chain

_MOST_RELATED = 200
"""Articles among which distinct texts are looked for; more of them are copies of one text."""


class SearchEngine:
    """Answers from the archive in `home` and an index of it; safe for many threads."""

    def __init__(self, home: Path, index: Index) -> None:
        self._home = home
        self._index = index
        self._lock = threading.Lock()
        self._store: ArticleStore | None = None
        self._file: tuple[int, int] | None = None

    def close(self) -> None:
        """Close the archive; a snapshot is closed when the last request that uses it ends."""
        if self._store:
            self._store.close()

    def warm_up(self) -> None:
        """Open the index and answer one query, so that the first reader does not wait.

        What the first correction and the first query for a distance need is loaded meanwhile: the
        words of the main language, and the places of the world.
        """
        self.search(SearchRequest(text="news"))
        languages = self._open()[0].summary().languages

        def load() -> None:
            load_main_word_list(languages)
            get_gazetteer()

        threading.Thread(target=load, daemon=True).start()

    def search(self, request: SearchRequest) -> SearchResults:
        """Answer one request.

        Raises:
            NoGenerationError: Nothing is indexed yet.
            InvalidQueryError: The query names something that cannot be.
        """
        started = time.perf_counter()
        (snapshot, archive), query = self._open(), _parse(request)
        plan, vector, ranking = _rank(snapshot, archive, request, query)
        notices = (
            *query.notices,
            *snapshot.notices(query),
            *answer_notices(snapshot, request, plan, ranking, vector),
        )
        return build_answer(
            snapshot, archive, request, plan, ranking, vector, notices=notices, started=started
        )

    def rank(self, request: SearchRequest) -> tuple[str, ...]:
        """Ids of the articles that answer a request, best first, ungrouped, at most `limit`.

        Raises:
            NoGenerationError: Nothing is indexed yet.
            InvalidQueryError: The query names something that cannot be.
        """
        snapshot, archive = self._open()
        last = request.offset + request.limit
        _, _, ranking = _rank(snapshot, archive, request, _parse(request))
        places = best_places(ranking, request.sort, last)[request.offset :]
        return tuple(uri for uri, _ in snapshot.keys(ranking.candidates.heads[places]))

    def matches(self, request: SearchRequest) -> Iterator[Article]:
        """Every article that answers from `offset` on, in the request's order.

        Raises:
            NoGenerationError: Nothing is indexed yet.
            InvalidQueryError: The query names something that cannot be.
        """
        snapshot, archive = self._open()
        _, _, ranking = _rank(snapshot, archive, request, _parse(request))
        places = best_places(ranking, request.sort)[request.offset :]
        return read_articles(
            archive,
            ranking.candidates.heads[places],
            snapshot.keys,
        )

    def completions(self, text: str) -> tuple[str, ...]:
        """The query with its last word completed by words of the archive, likeliest first."""
        return completions(text, self._open()[0].vocabulary)

    def article(self, uri: str, version: int | None = None) -> Article | None:
        """One article from the archive, by default its newest version."""
        archive = self._find_archive()
        found = archive.get(uri, version) if archive else None
        if found is None or not found.is_embargoed(datetime.now(UTC)):
            return found
        shown = (each for each in reversed(self.versions(uri)) if version in (None, each.version))
        return next(shown, None)

    def versions(self, uri: str) -> tuple[Article, ...]:
        """Every version of one article that is under no embargo, oldest first.

        If it is withdrawn or withheld, nothing of it is shown, and all versions are there.
        """
        archive = self._find_archive()
        found = archive.versions(uri) if archive else ()
        if found and found[-1].pub_status != "usable":
            return found
        now = datetime.now(UTC)
        return tuple(article for article in found if not article.is_embargoed(now))

    def chain(self, uri: str) -> Chain:
        """Every version of one text that may be shown, oldest first, under this and other ids."""
        own, snapshot = self.versions(uri), self._index.snapshot()
        if not own or snapshot is None or find_index_problem(self._archive(), snapshot):
            return make_chain(own)
        ref = snapshot.find(uri)
        known = own if ref is None else read_chain(snapshot, self._archive(), ref, own)
        return make_chain(known)

    def names(self, uri: str) -> tuple[str, ...]:
        """The names that an article mentions, most frequent first; empty if it is not indexed."""
        snapshot, _ = self._open()
        ref = snapshot.find(uri)
        return () if ref is None else snapshot.names(ref)

    def related(
        self, uri: str, limit: int = 8, *, besides: Collection[str] = ()
    ) -> tuple[Related, ...]:
        """Its own story, newest first, then the most similar article of each similar story.

        No text is listed twice: neither its own, nor that of an article in `besides`.
        """
        snapshot, archive = self._open()
        ref = snapshot.find(uri)
        if ref is None:
            return ()
        shown = [ref, *(r for r in map(snapshot.find, besides) if r is not None and r != ref)]
        near = [each for each in snapshot.related(ref, _MOST_RELATED) if each.ref not in shown]
        return tuple(islice(find_distinct(snapshot, archive, shown, near), limit))

    def story_of(self, uri: str, around: int = 8) -> StoryExcerpt | None:
        """The story that an article is in, with the `around` articles next to it in time."""
        snapshot, archive = self._open()
        ref = snapshot.find(uri)
        return None if ref is None else story_excerpt(snapshot, archive, ref, around)

    def story(self, story_id: str) -> StoryView | None:
        """One story by its id, or by an id that it took over; None if there was never one.

        Raises:
            StoryGoneError: All its articles have been withdrawn.
        """
        snapshot, archive = self._open()
        number = snapshot.stories.find(story_id)
        return None if number is None else build_story_view(snapshot, archive, number)

    def stories(self, request: StoriesRequest) -> StoryList:
        """Stories with articles in a period, those with most of them first."""
        return list_stories(*self._open(), request)

    def stories_by_article(self) -> dict[str, str]:
        """The story id of every indexed article, by article id."""
        return self._open()[0].stories.assignments()

    def status(self) -> Status:
        """What the archive holds and what the index can answer."""
        store = self._find_archive()
        articles, versions = (store.count(), store.count_versions()) if store else (0, 0)
        articles -= store.count_embargoed(datetime.now(UTC).isoformat()) if store else 0
        snapshot = self._index.snapshot()
        if snapshot is None:
            return Status.of_nothing(articles, versions, why=str(NoGenerationError(self._home)))
        summary = snapshot.summary()
        problem = find_index_problem(store, snapshot) if store else ""
        return Status(
            articles=articles,
            versions=versions,
            indexed=summary.articles,
            pending=store.count_pending(summary.sequence) if store else 0,
            passages=summary.passages,
            vectors=summary.vectors,
            stories=summary.stories,
            generation=snapshot.id,
            built=summary.built,
            index_problem=problem,
            model=summary.model,
            model_problem=summary.problem,
            modes=() if problem == OTHER_ARCHIVE else snapshot.modes,
            languages=summary.languages,
            sources=summary.sources,
            first_created=summary.first_created,
            last_created=summary.last_created,
        )

    def _open(self) -> tuple[Snapshot, ArticleStore]:
        """The index and the archive of one request, which belong together."""
        snapshot = self._index.snapshot()
        if snapshot is None:
            raise NoGenerationError(self._home)
        archive = self._archive()
        require_own_index(archive, snapshot)
        return snapshot, archive

    def _find_archive(self) -> ArticleStore | None:
        """The archive; None where nothing was ever ingested.

        Raises:
            StoreError: It cannot be opened, or only its index is there.
        """
        exists = self._store is not None or ArticleStore.exists(self._home)
        return self._archive() if exists or self._index.snapshot() else None

    def _archive(self) -> ArticleStore:
        """The archive, opened again if another file has taken its place."""
        with self._lock:
            file = _identify_file(self._home / FILE_NAME)
            if self._store is None or (file and file != self._file):
                # Requests in other threads may still read the former one: it is closed with them.
                self._store, self._file = ArticleStore.open(self._home, readonly=True), file
            return self._store


def _identify_file(path: Path) -> tuple[int, int] | None:
    """The device and inode of a file; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _parse(request: SearchRequest) -> ParsedQuery:
    query = parse(request.text)
    if query.error:
        raise InvalidQueryError(query.error)
    return query


def _rank(
    snapshot: Snapshot, archive: ArticleStore, request: SearchRequest, query: ParsedQuery
) -> tuple[SearchPlan, Vector | None, Ranking]:
    """Plan, encode, retrieve and fuse; the vector is that of the query, None without one."""
    plan, semantic = make_plan(request, query, snapshot.modes), snapshot.semantic
    vector = semantic.encode(plan.embedding_text) if semantic and plan.embedding_text else None
    if plan.embedding_text and vector is None:
        plan = plan.without_meaning()
    found = leave_out_missing(archive, snapshot, snapshot.candidates(plan, vector))
    found = leave_out_withdrawn(archive, snapshot, found)
    found = collapse_chains(found)
    similarity = None if semantic is None or vector is None else semantic.similarity
    return plan, vector, fuse(found, similarity)
