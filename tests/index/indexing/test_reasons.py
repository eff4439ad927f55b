"""Why a reindex is needed, told in words."""

from index.indexing.reindex import Reindexer
from index.semantic.passages import PassageScheme
from index.storage.generation import FOLDER, read_current_id
from tests.fakes import FakeModels, make_article
from tests.in_memory_lexical import InMemoryLexicalEngine
from tests.index.library import SHELF, SHOWN, Library


def test_reason_in_each_state(library: Library) -> None:
    reindexer = library.put(*SHELF).reindexer()
    assert reindexer.find_reason() == "there is no index yet"
    library.reindex(words_only=True)
    assert reindexer.find_reason() == "the model fake has not read the articles yet"
    library.reindex()
    assert reindexer.find_reason() == ""
    library.put(make_article("new"), make_article("newer"))
    assert reindexer.find_reason() == "2 articles are new or changed"
    library.reindex()
    assert reindexer.find_reason() == ""


def test_reason_with_another_model_engine_or_scheme(shelf: Library) -> None:
    lexical, models = shelf.lexical, shelf.models
    other = Reindexer(shelf.home, lexical=lexical, models=FakeModels("better"))
    assert other.find_reason() == "the model better has not read the articles yet"
    other = Reindexer(shelf.home, lexical=InMemoryLexicalEngine(), models=models)
    assert other.find_reason() == "the index was built by another version"
    otherwise = PassageScheme(chunking="headline+256/9")
    other = Reindexer(shelf.home, lexical=lexical, models=models, passages=otherwise)
    assert other.find_reason() == "passages are cut in another way now"


def test_reason_where_the_manifest_is_gone(shelf: Library) -> None:
    name = read_current_id(shelf.home)
    assert name is not None
    (shelf.home / FOLDER / name / "manifest.json").unlink()
    assert shelf.reindexer().find_reason() == "there is no index yet"
    assert shelf.reindex().articles == len(SHOWN)


def test_words_only_tells_no_reason_where_it_does_nothing(library: Library) -> None:
    assert library.put(*SHELF).reindex(words_only=True).reason == "there is no index yet"
    report = library.reindex(words_only=True)
    assert (report.reason, report.generation) == ("", read_current_id(library.home))
