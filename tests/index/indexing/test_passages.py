"""How many passages of an article are embedded: set, remembered, and taken from the cache."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.indexing.reindex import Reindexer
from index.semantic.passages import PassageScheme
from index.semantic.ports import Encoder
from index.storage.generation import read_manifest
from index.types.search import SearchRequest
from tests.fakes import FakeModels, NoModels, make_article
from tests.index.library import Library

FIRST = "Ferry ships and vessels sail. " * 24
MIDDLE = "Nurses of the hospital and the clinic speak. " * 16
LAST = "A bank and its loans cost interest. " * 16
LONG = make_article("long", headline="Three things", body=FIRST + MIDDLE + LAST)
SHORT = make_article("short", headline="One thing", body="A fire and flames.")
LEAD = PassageScheme(1)


class PassageLibrary(Library):
    """A library whose reindexes embed as many passages as `passages` says."""

    passages: PassageScheme | None = None

    def reindexer(self) -> Reindexer:
        return Reindexer(
            self.home, lexical=self.lexical, models=self.models, passages=self.passages
        )

    def read_first_passages(self) -> int | None:
        """The number of embedded passages in the status."""
        vectors = self.engine().status().vectors
        assert vectors is not None
        return vectors.first_passages

    def cosine(self, text: str) -> float:
        """The cosine of the long article's best passage with a query."""
        generation = self.generation()
        row = generation.doc_values.find_row("long")
        assert generation.semantic is not None
        assert row is not None
        vectors, encoder = generation.semantic.vectors, generation.semantic.encoder
        return vectors.find_nearest(row, encoder.encode_query(text)).cosine


@pytest.fixture
def library(tmp_path: Path) -> PassageLibrary:
    return PassageLibrary(tmp_path / "home").put(LONG, SHORT)  # type: ignore[return-value]


def count_embedded(library: Library) -> int:
    assert isinstance(library.models, FakeModels)
    return library.models.embedded


def reindex_with(library: PassageLibrary, passages: PassageScheme | None) -> tuple[int, int, str]:
    """Reindex with a scheme; the passages in the index, those embedded now, and the reason."""
    library.passages = passages
    report = library.reindex()
    return report.passages, report.embedded, report.reason


def test_all_passages_are_embedded_by_default(library: PassageLibrary) -> None:
    passages, now, _ = reindex_with(library, None)
    assert passages == now >= 5
    assert library.read_first_passages() is None
    assert library.cosine("bank loans interest") > 0.8


def test_a_limit_is_remembered(library: PassageLibrary) -> None:
    assert reindex_with(library, LEAD) == (2, 2, "there is no index yet")
    assert library.read_first_passages() == 1
    assert library.cosine("ferry ships vessels") > 0.8
    assert library.cosine("bank loans interest") < 0.3
    assert reindex_with(library, None) == (2, 0, "")
    assert reindex_with(library, LEAD) == (2, 0, "")
    library.put(replace(LONG, uri="longer", body=FIRST + LAST + MIDDLE))
    assert reindex_with(library, None) == (3, 1, "1 article is new or changed")
    assert library.reindex(force=True).passages == 3
    assert library.read_first_passages() == 1


def test_fewer_passages_come_from_the_cache(library: PassageLibrary) -> None:
    every, _, _ = reindex_with(library, None)
    why = make_reason("the first passage", PassageScheme())
    assert reindex_with(library, LEAD) == (2, 0, why)
    semantic = library.generation().semantic
    assert semantic is not None
    first = semantic.vectors
    separate = PassageLibrary(library.home.parent / "apart")
    separate.put(LONG, SHORT)
    reindex_with(separate, LEAD)
    semantic = separate.generation().semantic
    assert semantic is not None
    vectors = semantic.vectors
    assert (first.means.to_array() == vectors.means.to_array()).all()
    assert reindex_with(library, PassageScheme(2)) == (
        3,
        0,
        make_reason("the first 2 passages", LEAD),
    )
    assert reindex_with(library, PassageScheme()) == (
        every,
        0,
        make_reason("all passages", PassageScheme(2)),
    )


def make_reason(new: str, old: PassageScheme) -> str:
    return f"embeddings now cover {new} of each article instead of {old}"


def test_more_passages_are_embedded_if_an_article_has_more(library: PassageLibrary) -> None:
    reindex_with(library, LEAD)
    passages, now, reason = reindex_with(library, PassageScheme(2))
    assert (passages, now) == (3, 2), "the short article has one passage"
    assert reason == make_reason("the first 2 passages", LEAD)
    passages, now, _ = reindex_with(library, PassageScheme())
    assert (passages - 1, library.read_first_passages()) == (now, None)


def test_stories_equal_those_of_a_complete_rebuild(library: PassageLibrary) -> None:
    others = [
        make_article(f"bank-{n}", headline=f"Bank {n}", body=FIRST + LAST * 2) for n in range(3)
    ]
    library.put(*others)
    reindex_with(library, None)
    reindex_with(library, LEAD)
    after = library.generation().stories.labels.tolist()
    library.reindex(force=True)
    assert library.generation().stories.labels.tolist() == after


def test_a_lexical_reindex_keeps_the_limit(library: PassageLibrary) -> None:
    library.passages = PassageScheme(2)
    library.reindex(lexical_only=True)
    assert library.engine().status().vectors is None
    assert reindex_with(library, None)[0] == 3
    library.put(make_article("new", body=FIRST + LAST))
    library.passages = PassageScheme()
    library.reindex(lexical_only=True)
    assert library.read_first_passages() == 2, "readers keep what they have until it is embedded"
    assert "long" in library.engine().rank(SearchRequest(text="ferry", mode="semantic"))
    assert reindex_with(library, PassageScheme())[0] >= 5


class _Gone(FakeModels):
    """A model that cannot be loaded any more."""

    def load_document_encoder(self) -> Encoder:
        return NoModels().load_document_encoder()

    def get_known_key(self) -> str:
        return self.encoder.key


def test_without_the_model_the_vectors_stay(library: PassageLibrary) -> None:
    reindex_with(library, LEAD)
    library.models = _Gone()
    library.passages = PassageScheme()
    report = library.reindex()
    assert (report.passages, report.model_problem) == (2, NoModels.problem)
    assert library.read_first_passages() == 1
    library.passages = None
    assert library.reindexer().find_reason() == ""
    library.models = FakeModels()
    assert reindex_with(library, PassageScheme())[0] >= 5


def test_a_limit_without_a_model_applies_to_a_later_model(library: PassageLibrary) -> None:
    library.models = NoModels()
    library.reindex()
    library.passages = PassageScheme(2)
    assert library.reindexer().find_reason() == make_reason("the first 2 passages", PassageScheme())
    report = library.reindex()
    name = read_manifest(library.home, report.generation).scheme
    assert PassageScheme.from_name(name) == PassageScheme(2)
    library.models = FakeModels()
    assert reindex_with(library, None)[0] == 3


def test_scheme_names_are_parsed() -> None:
    for scheme in (PassageScheme(), LEAD, PassageScheme(12), PassageScheme(3, "headline+64/0")):
        assert PassageScheme.from_name(scheme.name) == scheme
    assert PassageScheme.from_name("") == PassageScheme()
