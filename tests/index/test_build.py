"""Reindexing: why one is needed, what it costs, what goes live when, and what a crash leaves."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from filelock import FileLock

from archive.article import Article
from index.build import LOCK, Reindexer, ReindexRunningError
from index.engine import SearchEngine
from index.generation import FOLDER, current_id, read_manifest, verify
from index.lexical.engine import WhooshEngine, WhooshIndex
from index.parts import Part
from index.ports import Encoder
from index.semantic import embed
from index.types import SearchRequest
from tests.fakes import FakeModels, InMemoryLexicalEngine, NoModels, make_article, on_day
from tests.index.library import FERRY_AGROUND, RATES, SHELF, SHOWN, Library


def found(engine: SearchEngine, text: str, *, mode: str = "lexical") -> list[str]:
    request = SearchRequest(text=text, mode="lexical" if mode == "lexical" else "semantic")
    return list(engine.ranked(request))


def fake(library: Library) -> FakeModels:
    assert isinstance(library.models, FakeModels)
    return library.models


# Why.


def test_reason_in_each_state(library: Library) -> None:
    reindexer = library.put(*SHELF).reindexer()
    assert reindexer.reason() == "there is no index yet"
    library.reindex(words_only=True)
    assert reindexer.reason() == "the model fake has not read the articles yet"
    library.reindex()
    assert reindexer.reason() == ""
    library.put(make_article("new"), make_article("newer"))
    assert reindexer.reason() == "2 articles are new or changed"
    library.reindex()
    assert reindexer.reason() == ""


def test_reason_with_another_model_engine_or_scheme(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    lexical, models = shelf.lexical, shelf.models
    other = Reindexer(shelf.home, lexical=lexical, models=FakeModels("better"))
    assert other.reason() == "the model better has not read the articles yet"
    other = Reindexer(shelf.home, lexical=InMemoryLexicalEngine(), models=models)
    assert other.reason() == "the index was built by another version"
    monkeypatch.setattr("index.build.SCHEME", "headline+256/9")
    assert shelf.reindexer().reason() == "passages are cut in another way now"


def test_reason_where_the_manifest_is_gone(shelf: Library) -> None:
    name = current_id(shelf.home)
    assert name is not None
    (shelf.home / FOLDER / name / "manifest.json").unlink()
    assert shelf.reindexer().reason() == "there is no index yet"
    assert shelf.reindex().articles == len(SHOWN)


# What it makes.


def test_report(library: Library) -> None:
    report = library.put(*SHELF).reindex()
    assert report.articles == len(SHOWN)
    assert report.passages == report.embedded == fake(library).embedded >= len(SHOWN)
    assert (report.reason, report.model_problem) == ("there is no index yet", "")
    assert report.generation == current_id(library.home)
    manifest = read_manifest(library.home, report.generation)
    assert (manifest.model, manifest.model_key) == ("fake", "key-of-fake")
    stories = library.engine().story_ids()
    assert manifest.stories == len(set(stories.values())) < len(SHOWN)
    assert stories["ferry-1"] == stories["ferry-2"]
    assert report.seconds > 0


def test_withheld_and_canceled_articles_are_not_indexed(shelf: Library) -> None:
    engine = shelf.engine()
    uris = set(engine.ranked(SearchRequest(limit=99)))
    assert uris == {article.uri for article in SHOWN}
    assert found(engine, "libel embargoed") == []
    assert engine.article("canceled") is not None


def test_a_second_run_does_nothing(shelf: Library) -> None:
    before = current_id(shelf.home)
    report = shelf.reindex()
    assert (report.reason, report.embedded, report.generation) == ("", 0, before)


def test_force_builds_again_and_embeds_nothing(shelf: Library) -> None:
    before, embedded, loads = current_id(shelf.home), fake(shelf).embedded, fake(shelf).loads
    report = shelf.reindex(force=True)
    assert report.generation != before
    assert (report.reason, report.embedded) == ("it was asked for", 0)
    assert (fake(shelf).embedded, fake(shelf).loads) == (embedded, loads)


def test_new_articles_are_found_and_only_they_are_embedded(shelf: Library) -> None:
    engine, embedded = shelf.engine(), fake(shelf).embedded
    assert found(engine, "orchestra") == []
    shelf.put(make_article("orchestra", headline="Orchestra plays on", body="Bravo."))
    assert shelf.reindex().embedded == 1
    assert fake(shelf).embedded == embedded + 1
    assert found(engine, "orchestra") == ["orchestra"]
    assert "orchestra" in found(engine, "Orchestra plays on Bravo", mode="semantic")


def test_a_new_version_replaces_the_old_one(shelf: Library) -> None:
    fresh = make_article(
        RATES.uri, headline="Kestria cuts rates after all", body="A surprise.", source="Halyard"
    )
    shelf.put(fresh).reindex()
    engine = shelf.engine()
    assert found(engine, "surprise") == [RATES.uri]
    assert found(engine, "raised half point") == []
    assert [a.version for a in engine.versions(RATES.uri)] == [1, 2]
    (group,) = engine.search(SearchRequest(text="surprise", mode="lexical")).groups
    assert group.hits[0].article.version == 2


def test_an_article_that_is_killed_leaves_the_index(shelf: Library) -> None:
    kill = make_article(RATES.uri, body="KILL", pub_status="canceled", source="Halyard")
    shelf.put(kill).reindex()
    assert RATES.uri not in shelf.engine().ranked(SearchRequest(limit=99))


def test_the_same_content_twice_is_embedded_once(library: Library) -> None:
    twins = (make_article("one", source="A"), make_article("two", source="B"))
    report = library.put(*twins).reindex()
    assert (report.articles, report.embedded, report.passages) == (2, 1, 2)


@pytest.mark.parametrize("shown", [(), (make_article("kept back", pub_status="withheld"),)])
def test_an_archive_with_nothing_to_show(library: Library, shown: tuple[Article, ...]) -> None:
    library.put(*shown)
    assert library.reindex().articles == 0
    assert library.engine().search(SearchRequest(text="ferry")).totals.articles == 0
    assert library.reindexer().reason() == ""


# Words first.


def test_words_are_searchable_before_embedding_begins(library: Library) -> None:
    library.put(*SHELF)
    seen: list[tuple[list[str], tuple[str, ...]]] = []

    def look() -> None:
        engine = library.engine()
        seen.append((found(engine, "aground"), engine.status().modes))

    fake(library).encoder.before_documents = look
    library.reindex()
    uris, modes = seen[0]
    assert set(uris) == {"ferry-1", "ferry-2"}
    assert modes == ("lexical",)
    assert library.engine().status().modes == ("hybrid", "lexical", "semantic")


def test_who_can_search_by_meaning_keeps_that_until_the_vectors_are_there(shelf: Library) -> None:
    live, seen = current_id(shelf.home), list[str | None]()
    shelf.put(make_article("new", body="Something new."))
    fake(shelf).encoder.before_documents = lambda: seen.append(current_id(shelf.home))
    shelf.reindex()
    assert seen == [live]
    assert current_id(shelf.home) != live


def test_progress_goes_through_its_stages_to_their_ends(library: Library) -> None:
    told: list[tuple[str, int, int]] = []
    library.put(*SHELF)
    library.reindex(progress=lambda stage, done, total: told.append((stage, done, total)))
    stages = [stage for stage, _, _ in told]
    assert list(dict.fromkeys(stages)) == ["words", "stories", "meaning"]
    last = {stage: (done, total) for stage, done, total in told}
    assert last["words"] == (len(SHELF), len(SHELF))
    assert last["meaning"] == last["stories"] == (len(SHOWN), len(SHOWN))
    assert all(done <= total for _, done, total in told)


def test_words_only(library: Library) -> None:
    report = library.put(*SHELF).reindex(words_only=True)
    assert (report.embedded, report.passages, fake(library).loads) == (0, 0, 0)
    engine = library.engine()
    assert engine.status().modes == ("lexical",)
    assert library.reindex().embedded == fake(library).embedded > 0
    assert engine.status().modes == ("hybrid", "lexical", "semantic")


# Without a model.


def test_without_a_model_words_are_searched(tmp_path: Path) -> None:
    library = Library(tmp_path, models=NoModels())
    report = library.put(*SHELF).reindex()
    assert report.model_problem == NoModels.problem
    engine = library.engine()
    assert set(found(engine, "aground")) == {"ferry-1", "ferry-2"}
    assert engine.status().model_problem == NoModels.problem
    assert library.reindexer().reason() == ""
    library.close()


def test_a_model_that_comes_later_reads_the_articles(tmp_path: Path) -> None:
    library = Library(tmp_path, models=NoModels())
    library.put(*SHELF).reindex()
    library.models = FakeModels()
    assert "has not read" in library.reindexer().reason()
    report = library.reindex()
    assert (report.model_problem, report.embedded) == ("", fake(library).embedded)
    assert library.engine().status().modes == ("hybrid", "lexical", "semantic")
    library.close()


class _BrokenModels(FakeModels):
    """A model that cannot be loaded any more, but whose exported queries still can."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.encoder = FakeModels().encoder

    def documents(self) -> Encoder:
        return NoModels().documents()


def test_a_model_that_cannot_be_loaded_leaves_words_to_search(shelf: Library) -> None:
    shelf.models = _BrokenModels("nonexistent")
    assert shelf.reindex().model_problem == NoModels.problem
    assert set(found(shelf.engine(), "aground")) == {"ferry-1", "ferry-2"}


# Crashes and company.


def test_a_crash_while_embedding_costs_only_the_rest(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embed, "GROUP", 2)
    library.put(*SHELF)
    encoder = fake(library).encoder
    batches = iter([None, None, MemoryError("crash")])

    def crash() -> None:
        if error := next(batches):
            raise error

    encoder.before_documents = crash
    with pytest.raises(MemoryError, match="crash"):
        library.reindex()
    assert set(found(library.engine(), "aground")) == {"ferry-1", "ferry-2"}
    done = fake(library).embedded
    assert done == 4
    encoder.before_documents = lambda: None
    report = library.reindex()
    assert report.embedded == len(SHOWN) - done
    assert len(set(encoder.documents)) == len(encoder.documents)
    assert library.engine().status().modes == ("hybrid", "lexical", "semantic")


def test_a_crash_leaves_the_live_generation_whole(shelf: Library) -> None:
    live = current_id(shelf.home)
    assert live is not None
    engine = shelf.engine()
    shelf.put(make_article("new", body="Something new."))

    def crash() -> None:
        raise MemoryError("crash")

    fake(shelf).encoder.before_documents = crash
    with pytest.raises(MemoryError):
        shelf.reindex()
    assert current_id(shelf.home) == live
    verify(shelf.home, read_manifest(shelf.home, live))
    assert FERRY_AGROUND.uri in found(engine, "ferry", mode="semantic")
    assert not (shelf.home / FOLDER / ".draft").exists()


class _DyingEngine(WhooshEngine):
    """A lexical engine that dies while it builds."""

    def open(self, parts: Sequence[Part], languages: Sequence[str]) -> WhooshIndex:
        raise MemoryError("crash")


def test_a_crash_while_building_words_leaves_the_live_generation(shelf: Library) -> None:
    live = current_id(shelf.home)
    dying = Reindexer(shelf.home, lexical=_DyingEngine(), models=shelf.models)
    with pytest.raises(MemoryError):
        dying.run(force=True)
    assert current_id(shelf.home) == live
    assert shelf.reindex(force=True).articles == len(SHOWN)


def test_two_reindexers_at_once(shelf: Library) -> None:
    caught: list[str] = []

    def second(stage: str, done: int, total: int) -> None:
        with pytest.raises(ReindexRunningError) as error:
            shelf.reindex()
        caught.append(str(error.value))

    assert shelf.reindex(force=True, progress=second).articles == len(SHOWN)
    assert caught
    assert all(str(shelf.home) in message for message in caught)


def test_a_lock_that_was_left_by_a_dead_process_does_not_matter(shelf: Library) -> None:
    lock = FileLock(shelf.home / LOCK)
    lock.acquire()
    with pytest.raises(ReindexRunningError):
        shelf.reindex()
    lock.release()
    assert (shelf.home / LOCK).exists()
    assert shelf.reindex().reason == ""


def test_two_are_kept_after_many(shelf: Library) -> None:
    for day in range(3):
        shelf.put(
            make_article(f"later-{day}", body=f"News of day {day}.", first_created=on_day(day))
        )
        shelf.reindex()
    names = [path for path in (shelf.home / FOLDER).iterdir() if path.is_dir()]
    assert len(names) == 2
    assert len(shelf.engine().ranked(SearchRequest(limit=99))) == len(SHOWN) + 3


@pytest.mark.parametrize("models", [FakeModels, NoModels])
def test_another_lexical_engine_fits(
    tmp_path: Path, models: type[FakeModels] | type[NoModels]
) -> None:
    library = Library(tmp_path, models=models(), lexical=InMemoryLexicalEngine())
    library.put(*SHELF).reindex()
    engine = library.engine()
    assert set(found(engine, "aground -fuel")) == {"ferry-1"}
    assert found(engine, '"night shifts" ended') == ["nurses-2", "nurses-1"]
    whole = engine.search(SearchRequest(text="nurses strike"))
    assert whole.totals.lexical == 2
    assert whole.groups[0].story is not None
    library.close()
