"""The reasons for a reindex."""

from index.indexing.reindex import Reindexer
from index.semantic.passages import PassageScheme
from index.storage.generation import FOLDER, read_current_id
from tests.fakes import FakeModels, make_article
from tests.in_memory_lexical import InMemoryLexicalEngine
from tests.index.library import SHELF, SHOWN, Library


def test_reason_in_each_state(library: Library) -> None:
    reindexer = library.put(*SHELF).reindexer()
    assert reindexer.find_reason() == "there is no index yet"
    library.reindex(lexical_only=True)
    assert reindexer.find_reason() == "the articles are not embedded with the model fake yet"
    library.reindex()
    assert reindexer.find_reason() == ""
    library.put(make_article("new"))
    assert reindexer.find_reason() == "1 article is new or changed"
    library.put(make_article("newer"))
    assert reindexer.find_reason() == "2 articles are new or changed"
    library.reindex()
    assert reindexer.find_reason() == ""


def test_reason_with_another_model_engine_or_scheme(shelf: Library) -> None:
    lexical, models = shelf.lexical, shelf.models
    other = Reindexer(shelf.home, lexical=lexical, models=FakeModels("better"))
    assert other.find_reason() == "the articles are not embedded with the model better yet"
    other = Reindexer(shelf.home, lexical=InMemoryLexicalEngine(), models=models)
    assert other.find_reason() == "the index was built by another version of Dateline"
    other_chunking = PassageScheme(chunking="headline+256/9")
    other = Reindexer(shelf.home, lexical=lexical, models=models, passages=other_chunking)
    assert other.find_reason() == "articles are split into passages differently now"


def test_reason_without_a_manifest(shelf: Library) -> None:
    name = read_current_id(shelf.home)
    assert name is not None
    (shelf.home / FOLDER / name / "manifest.json").unlink()
    reason = f"the index is damaged: manifest.json of generation {name} is missing"
    assert shelf.reindexer().find_reason() == reason
    assert shelf.reindex().articles == len(SHOWN)


def test_an_up_to_date_lexical_reindex_has_no_reason(library: Library) -> None:
    assert library.put(*SHELF).reindex(lexical_only=True).reason == "there is no index yet"
    report = library.reindex(lexical_only=True)
    assert (report.reason, report.generation) == ("", read_current_id(library.home))
