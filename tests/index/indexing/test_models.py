"""Reindexing without a model, with a later or failing one, and with another lexical engine."""

from pathlib import Path

import pytest

from index.search.engine import SearchEngine
from index.semantic.ports import Encoder
from index.types.search import SearchRequest
from tests.fakes import FakeModels, NoModels
from tests.in_memory_lexical import InMemoryLexicalEngine
from tests.index.library import SHELF, Library


def find(engine: SearchEngine, text: str, *, mode: str = "lexical") -> list[str]:
    request = SearchRequest(text=text, mode="lexical" if mode == "lexical" else "semantic")
    return list(engine.rank(request))


def fake(library: Library) -> FakeModels:
    assert isinstance(library.models, FakeModels)
    return library.models


def test_without_a_model_search_is_lexical(tmp_path: Path) -> None:
    library = Library(tmp_path, models=NoModels())
    report = library.put(*SHELF).reindex()
    assert report.model_problem == NoModels.problem
    engine = library.engine()
    assert set(find(engine, "aground")) == {"ferry-1", "ferry-2"}
    assert engine.status().model_problem == NoModels.problem
    assert library.reindexer().find_reason() == ""
    library.close()


def test_a_model_that_is_installed_later_embeds_the_articles(tmp_path: Path) -> None:
    library = Library(tmp_path, models=NoModels())
    library.put(*SHELF).reindex()
    library.models = FakeModels()
    assert "not embedded with the model" in library.reindexer().find_reason()
    report = library.reindex()
    assert (report.model_problem, report.embedded) == ("", fake(library).embedded)
    assert library.engine().status().modes == ("hybrid", "lexical", "semantic")
    library.close()


class _BrokenModels(FakeModels):
    """A model that cannot be loaded any more, but whose ONNX export can."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.encoder = FakeModels().encoder

    def load_document_encoder(self) -> Encoder:
        return NoModels().load_document_encoder()


def test_a_model_that_cannot_be_loaded_leaves_lexical_search(shelf: Library) -> None:
    shelf.models = _BrokenModels("nonexistent")
    assert shelf.reindex().model_problem == NoModels.problem
    assert set(find(shelf.engine(), "aground")) == {"ferry-1", "ferry-2"}


@pytest.mark.parametrize("models", [FakeModels, NoModels])
def test_another_lexical_engine_can_be_used(
    tmp_path: Path, models: type[FakeModels] | type[NoModels]
) -> None:
    library = Library(tmp_path, models=models(), lexical=InMemoryLexicalEngine())
    library.put(*SHELF).reindex()
    engine = library.engine()
    assert set(find(engine, "aground -fuel")) == {"ferry-1"}
    assert find(engine, '"night shifts" ended') == ["nurses-2", "nurses-1"]
    results = engine.search(SearchRequest(text="nurses strike"))
    assert results.totals.lexical == 2
    assert results.groups[0].story is not None
    library.close()
