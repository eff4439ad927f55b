"""Reindexing: its result, what it embeds, and lexical search before embeddings."""

import pytest

from archive.article import Article
from index.search.engine import SearchEngine
from index.storage.generation import read_current_id, read_manifest
from index.types.search import SearchRequest
from tests.fakes import FakeModels, make_article
from tests.index.library import RATES, SHELF, SHOWN, Library


def find(engine: SearchEngine, text: str, *, mode: str = "lexical") -> list[str]:
    request = SearchRequest(text=text, mode="lexical" if mode == "lexical" else "semantic")
    return list(engine.rank(request))


def fake(library: Library) -> FakeModels:
    assert isinstance(library.models, FakeModels)
    return library.models


def test_report(library: Library) -> None:
    report = library.put(*SHELF).reindex()
    assert report.articles == len(SHOWN)
    assert report.passages == report.embedded == fake(library).embedded >= len(SHOWN)
    assert (report.reason, report.model_problem) == ("there is no index yet", "")
    assert report.generation == read_current_id(library.home)
    manifest = read_manifest(library.home, report.generation)
    assert (manifest.model, manifest.model_key) == ("fake", "key-of-fake")
    stories = library.engine().stories_by_article()
    assert manifest.stories == len(set(stories.values())) < len(SHOWN)
    assert stories["ferry-1"] == stories["ferry-2"]
    assert report.seconds > 0


def test_withheld_and_canceled_articles_are_not_indexed(shelf: Library) -> None:
    engine = shelf.engine()
    uris = set(engine.rank(SearchRequest(limit=99)))
    assert uris == {article.uri for article in SHOWN}
    assert find(engine, "libel embargoed") == []
    assert engine.article("canceled") is not None


def test_a_second_run_does_nothing(shelf: Library) -> None:
    before = read_current_id(shelf.home)
    report = shelf.reindex()
    assert (report.reason, report.embedded, report.generation) == ("", 0, before)


def test_force_rebuilds_everything_without_embedding_again(shelf: Library) -> None:
    before, embedded, loads = read_current_id(shelf.home), fake(shelf).embedded, fake(shelf).loads
    report = shelf.reindex(force=True)
    assert report.generation != before
    assert (report.reason, report.embedded) == ("a complete rebuild was requested", 0)
    assert (fake(shelf).embedded, fake(shelf).loads) == (embedded, loads)


def test_only_new_articles_are_embedded(shelf: Library) -> None:
    engine, embedded = shelf.engine(), fake(shelf).embedded
    assert find(engine, "orchestra") == []
    shelf.put(make_article("orchestra", headline="Orchestra plays on", body="Bravo."))
    assert shelf.reindex().embedded == 1
    assert fake(shelf).embedded == embedded + 1
    assert find(engine, "orchestra") == ["orchestra"]
    assert "orchestra" in find(engine, "Orchestra plays on Bravo", mode="semantic")


def test_a_new_version_replaces_the_old_one(shelf: Library) -> None:
    fresh = make_article(
        RATES.uri, headline="Kestria cuts rates after all", body="A surprise.", source="Halyard"
    )
    shelf.put(fresh).reindex()
    engine = shelf.engine()
    assert find(engine, "surprise") == [RATES.uri]
    assert find(engine, "raised half point") == [RATES.uri]
    assert [a.version for a in engine.versions(RATES.uri)] == [1, 2]
    for text, matched in (("surprise", None), ("raised half point", 1)):
        (group,) = engine.search(SearchRequest(text=text, mode="lexical")).groups
        hit = group.hits[0]
        assert hit.article.version == 2
        assert (hit.matched and hit.matched.article.version) == matched


def test_a_killed_article_leaves_the_index(shelf: Library) -> None:
    kill = make_article(RATES.uri, body="KILL", pub_status="canceled", source="Halyard")
    shelf.put(kill).reindex()
    assert RATES.uri not in shelf.engine().rank(SearchRequest(limit=99))


def test_the_same_content_twice_is_embedded_once(library: Library) -> None:
    twins = (make_article("one", source="A"), make_article("two", source="B"))
    report = library.put(*twins).reindex()
    assert (report.articles, report.embedded, report.passages) == (2, 1, 2)


@pytest.mark.parametrize("shown", [(), (make_article("kept back", pub_status="withheld"),)])
def test_an_archive_without_usable_articles(library: Library, shown: tuple[Article, ...]) -> None:
    library.put(*shown)
    assert library.reindex().articles == 0
    assert library.engine().search(SearchRequest(text="ferry")).totals.articles == 0
    assert library.reindexer().find_reason() == ""


def test_lexical_search_works_before_embedding_begins(library: Library) -> None:
    library.put(*SHELF)
    seen: list[tuple[list[str], tuple[str, ...]]] = []

    def look() -> None:
        engine = library.engine()
        seen.append((find(engine, "aground"), engine.status().modes))

    fake(library).encoder.before_documents = look
    library.reindex()
    uris, modes = seen[0]
    assert set(uris) == {"ferry-1", "ferry-2"}
    assert modes == ("lexical",)
    assert library.engine().status().modes == ("hybrid", "lexical", "semantic")


def test_semantic_search_stays_available_until_the_new_vectors_are_complete(shelf: Library) -> None:
    live, seen = read_current_id(shelf.home), list[str | None]()
    shelf.put(make_article("new", body="Something new."))
    fake(shelf).encoder.before_documents = lambda: seen.append(read_current_id(shelf.home))
    shelf.reindex()
    assert seen == [live]
    assert read_current_id(shelf.home) != live


def test_progress_completes_every_stage(library: Library) -> None:
    reports: list[tuple[str, int, int]] = []
    library.put(*SHELF)
    library.reindex(progress=lambda stage, done, total: reports.append((stage, done, total)))
    stages = [stage for stage, _, _ in reports]
    assert list(dict.fromkeys(stages)) == ["indexing", "clustering", "loading", "embedding"]
    last = {stage: (done, total) for stage, done, total in reports}
    assert last["indexing"] == (len(SHELF), len(SHELF))
    assert last["embedding"] == last["clustering"] == (len(SHOWN), len(SHOWN))
    assert all(done <= total for _, done, total in reports)


def test_words_only(library: Library) -> None:
    report = library.put(*SHELF).reindex(lexical_only=True)
    assert (report.embedded, report.passages, fake(library).loads) == (0, 0, 0)
    engine = library.engine()
    assert engine.status().modes == ("lexical",)
    assert library.reindex().embedded == fake(library).embedded > 0
    assert engine.status().modes == ("hybrid", "lexical", "semantic")
