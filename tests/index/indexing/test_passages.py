"""How many passages of an article are embedded: chosen, remembered, and cut from what is kept."""

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


class Chosen(Library):
    """A library whose next reindexes are told how many passages to embed."""

    passages: PassageScheme | None = None

    def reindexer(self) -> Reindexer:
        return Reindexer(
            self.home, lexical=self.lexical, models=self.models, passages=self.passages
        )

    def of_each(self) -> int | None:
        """What the status says."""
        vectors = self.engine().status().vectors
        assert vectors is not None
        return vectors.first_passages

    def cosine(self, text: str) -> float:
        """Of the long article's best passage with a query."""
        generation = self.generation()
        row = generation.doc_values.find_row("long")
        assert generation.semantic is not None
        assert row is not None
        vectors, encoder = generation.semantic.vectors, generation.semantic.encoder
        return vectors.find_nearest(row, encoder.encode_query(text)).cosine


@pytest.fixture
def library(tmp_path: Path) -> Chosen:
    return Chosen(tmp_path / "home").put(LONG, SHORT)  # type: ignore[return-value]


def embedded(library: Library) -> int:
    assert isinstance(library.models, FakeModels)
    return library.models.embedded


def choose(library: Chosen, passages: PassageScheme | None) -> tuple[int, int, str]:
    """Reindex with a choice; passages in the index, embedded now, and why."""
    library.passages = passages
    report = library.reindex()
    return report.passages, report.embedded, report.reason


def test_all_are_embedded_unless_told(library: Chosen) -> None:
    passages, now, _ = choose(library, None)
    assert passages == now >= 5
    assert library.of_each() is None
    assert library.cosine("bank loans interest") > 0.8


def test_only_the_first_are_read_and_that_is_remembered(library: Chosen) -> None:
    assert choose(library, LEAD) == (2, 2, "there is no index yet")
    assert library.of_each() == 1
    assert library.cosine("ferry ships vessels") > 0.8
    assert library.cosine("bank loans interest") < 0.3
    assert choose(library, None) == (2, 0, "")
    assert choose(library, LEAD) == (2, 0, "")
    library.put(replace(LONG, uri="longer", body=FIRST + LAST + MIDDLE))
    assert choose(library, None) == (3, 1, "1 articles are new or changed")
    assert library.reindex(force=True).passages == 3
    assert library.of_each() == 1


def test_fewer_are_cut_from_those_that_are_kept(library: Chosen) -> None:
    every, _, _ = choose(library, None)
    why = "meaning is now read from the first passage of an article, and no more from all passages"
    assert choose(library, LEAD) == (2, 0, why)
    semantic = library.generation().semantic
    assert semantic is not None
    first = semantic.vectors
    apart = Chosen(library.home.parent / "apart")
    apart.put(LONG, SHORT)
    choose(apart, LEAD)
    semantic = apart.generation().semantic
    assert semantic is not None
    made = semantic.vectors
    assert (first.means.to_array() == made.means.to_array()).all()
    assert choose(library, PassageScheme(2)) == (3, 0, why_from("the first 2 passages", LEAD))
    assert choose(library, PassageScheme()) == (
        every,
        0,
        why_from("all passages", PassageScheme(2)),
    )


def why_from(now: str, before: PassageScheme) -> str:
    return f"meaning is now read from {now} of an article, and no more from {before}"


def test_more_are_embedded_where_an_article_has_more(library: Chosen) -> None:
    choose(library, LEAD)
    passages, now, reason = choose(library, PassageScheme(2))
    assert (passages, now) == (3, 2), "the short one is whole"
    assert reason == why_from("the first 2 passages", LEAD)
    passages, now, _ = choose(library, PassageScheme())
    assert (passages - 1, library.of_each()) == (now, None)


def test_stories_are_those_of_a_build_from_nothing(library: Chosen) -> None:
    others = [
        make_article(f"bank-{n}", headline=f"Bank {n}", body=FIRST + LAST * 2) for n in range(3)
    ]
    library.put(*others)
    choose(library, None)
    choose(library, LEAD)
    after = library.generation().stories.labels.tolist()
    library.reindex(force=True)
    assert library.generation().stories.labels.tolist() == after


def test_the_choice_is_kept_by_words_alone(library: Chosen) -> None:
    library.passages = PassageScheme(2)
    library.reindex(words_only=True)
    assert library.engine().status().vectors is None
    assert choose(library, None)[0] == 3
    library.put(make_article("new", body=FIRST + LAST))
    library.passages = PassageScheme()
    library.reindex(words_only=True)
    assert library.of_each() == 2, "readers keep what they have until it is embedded"
    assert "long" in library.engine().rank(SearchRequest(text="ferry", mode="semantic"))
    assert choose(library, PassageScheme())[0] >= 5


class _Gone(FakeModels):
    """A model that cannot be loaded any more."""

    def load_document_encoder(self) -> Encoder:
        return NoModels().load_document_encoder()

    def get_known_key(self) -> str:
        return self.encoder.key


def test_without_its_model_the_vectors_stay_as_they_are(library: Chosen) -> None:
    choose(library, LEAD)
    library.models = _Gone()
    library.passages = PassageScheme()
    report = library.reindex()
    assert (report.passages, report.model_problem) == (2, NoModels.problem)
    assert library.of_each() == 1
    library.passages = None
    assert library.reindexer().find_reason() == ""
    library.models = FakeModels()
    assert choose(library, PassageScheme())[0] >= 5


def test_the_choice_without_any_model_holds_for_one_that_comes(library: Chosen) -> None:
    library.models = NoModels()
    library.reindex()
    library.passages = PassageScheme(2)
    assert library.reindexer().find_reason() == why_from("the first 2 passages", PassageScheme())
    report = library.reindex()
    name = read_manifest(library.home, report.generation).scheme
    assert PassageScheme.from_name(name) == PassageScheme(2)
    library.models = FakeModels()
    assert choose(library, None)[0] == 3


def test_names_are_read_back() -> None:
    for scheme in (PassageScheme(), LEAD, PassageScheme(12), PassageScheme(3, "headline+64/0")):
        assert PassageScheme.from_name(scheme.name) == scheme
    assert PassageScheme.from_name("") == PassageScheme()
    assert [PassageScheme().option_value, LEAD.option_value, PassageScheme(7).option_value] == [
        "all",
        "1",
        "7",
    ]
