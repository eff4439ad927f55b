"""Status and articles, and what is missing: no model, no generation, no such text."""

import pytest

from index.ports import NoGenerationError, SearchBackend
from index.types.search import Mode, SearchRequest
from tests.fakes import NoModels
from tests.index.library import MODES, RATES, SHELF, SHOWN, Library, uris


def test_without_a_model_every_mode_falls_back_to_words_with_a_notice(library: Library) -> None:
    library.models = NoModels()
    library.put(*SHELF).reindex()
    engine = library.engine()
    for mode in MODES:
        results = engine.search(SearchRequest(text="aground", mode=mode))
        assert results.mode == "lexical"
        assert sorted(uris(results)) == ["ferry-1", "ferry-2"]
        codes = [notice.code for notice in results.notices]
        assert codes == ([] if mode == "lexical" else ["lexical-only"])
        assert all(NoModels.problem in notice.message for notice in results.notices)


def test_before_the_first_reindex(library: Library) -> None:
    engine = library.engine()
    empty = engine.status()
    assert (empty.articles, empty.indexed, empty.generation, empty.modes) == (0, 0, None, ())
    library.put(*SHELF)
    status = engine.status()
    assert (status.articles, status.pending, status.indexed) == (len(SHELF), len(SHELF), 0)
    assert engine.article("ferry-1") is not None
    for call in (
        lambda: engine.search(SearchRequest(text="ferry")),
        lambda: engine.related("ferry-1"),
        lambda: engine.story("s0"),
        lambda: engine.story_of("ferry-1"),
        lambda: engine.rank(SearchRequest()),
    ):
        with pytest.raises(NoGenerationError, match="dateline reindex"):
            call()


def test_without_an_archive_there_are_no_articles(library: Library) -> None:
    assert (library.engine().article("x"), library.engine().versions("x")) == (None, ())


def test_status_counts_articles_sources_and_languages(engine: SearchBackend) -> None:
    status = engine.status()
    assert (status.articles, status.versions, status.indexed) == (
        len(SHELF),
        len(SHELF),
        len(SHOWN),
    )
    assert (status.pending, status.model, status.model_problem) == (0, "fake", "")
    assert status.modes == ("hybrid", "lexical", "semantic")
    assert [(v.value, v.count) for v in status.sources] == [
        ("Halyard", 4), ("Nordkap", 2), ("Salitre", 2)
    ]  # fmt: skip
    assert [(v.value, v.count) for v in status.languages] == [("en", 7), ("es", 1), ("und", 1)]
    dates = sorted(a.first_created for a in SHOWN if a.first_created)
    assert (status.first_created, status.last_created) == (dates[0], dates[-1])


def test_articles_and_versions_come_from_the_archive(engine: SearchBackend) -> None:
    assert engine.article(RATES.uri) == RATES
    assert engine.article(RATES.uri, 2) is None
    assert engine.versions(RATES.uri) == (RATES,)


@pytest.mark.parametrize("text", ["\ud800", "ferry \udfff", "\x00ferry"])
@pytest.mark.parametrize("mode", MODES)
def test_text_that_is_not_unicode_is_answered(engine: SearchBackend, text: str, mode: Mode) -> None:
    assert engine.search(SearchRequest(text=text, mode=mode)).mode == mode


def test_an_id_that_is_not_unicode_is_unknown(engine: SearchBackend) -> None:
    assert engine.story_of("\ud800") is None
    assert engine.story("\ud800") is None
    assert engine.related("\ud800") == ()
