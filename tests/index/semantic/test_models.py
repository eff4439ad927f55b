"""The real model: its ONNX export gives the same vectors, and it finds what no word matches."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from index.ports import ModelUnavailableError
from index.search.engine import SearchEngine
from index.semantic.models import DEFAULT_MODEL, SentenceModels
from index.semantic.onnx_encoder import OnnxEncoder
from index.semantic.passages import MAX_PIECES, split_passages
from index.semantic.ports import Encoder
from index.semantic.sentence_encoder import BATCH, SentenceEncoder
from index.types.search import SearchRequest
from tests.fakes import make_article
from tests.index.library import FERRY_AGROUND, NURSES, RATES, Library

TRAINERS = make_article(
    "trainers",
    headline="Mercenaries train soldiers at camp near the frontier",
    body="Foreign mercenaries have begun to train the soldiers of the republic next door at a camp"
    " a few kilometres from the frontier, two people who have visited it said.",
)
QUERY = "hired fighters coach a neighbouring country's infantry"


@dataclass(frozen=True)
class Loaded:
    """The real model, loaded once, and a small library that it has embedded."""

    library: Library
    encoder: SentenceEncoder
    engine: SearchEngine


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    patch = pytest.MonkeyPatch()
    patch.setenv("HF_HUB_OFFLINE", "1")
    home = tmp_path_factory.mktemp("real")
    models = _OnceLoaded(home)
    library = Library(home, models=models)
    library.put(FERRY_AGROUND, NURSES, RATES, TRAINERS).reindex()
    yield Loaded(library, models.load_model(), library.engine())
    library.close()
    patch.undo()


class _OnceLoaded(SentenceModels):
    """The real models, with the model loaded only once."""

    loaded: SentenceEncoder | None = None

    def load_model(self) -> SentenceEncoder:
        if self.loaded is None:
            self.loaded = super().load_model()
        return self.loaded


@pytest.mark.model
def test_a_reindex_stores_the_key_and_exports_the_model(real: Loaded) -> None:
    models = SentenceModels(real.library.home)
    assert (models.name, models.get_known_key()) == (DEFAULT_MODEL, real.encoder.key)
    queries = models.load_query_encoder(real.encoder.key)
    assert isinstance(queries, OnnxEncoder)
    assert (queries.name, queries.key) == (DEFAULT_MODEL, real.encoder.key)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        QUERY,
        "a",
        "",
        "Überschwemmung in Niederbayern: Dämme brechen",
        "会议 🚢 مكتبة",
        "long words " * 400,
    ],
)
def test_exported_query_vectors_equal_the_models_own(real: Loaded, text: str) -> None:
    exported = (
        SentenceModels(real.library.home).load_query_encoder(real.encoder.key).encode_query(text)
    )
    own = real.encoder.encode_query(text)
    assert (exported.shape, exported.dtype.name) == (own.shape, "float32")
    assert float(exported @ own) > 0.9999
    assert np.linalg.norm(exported) == pytest.approx(1, abs=1e-5)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("ferry aground", True),
        ("1945", True),
        ("Überschwemmung", True),
        ("Москва", True),
        ("peace (ሰላም) talks", True),
        ("รถไฟ", False),
        ("ቤት", False),
        ("🦉", False),
        ("โควิด 19", False),
    ],
)
def test_both_encoders_know_what_the_model_can_read(
    real: Loaded, text: str, readable: bool
) -> None:
    exported = SentenceModels(real.library.home).load_query_encoder(real.encoder.key)
    assert (exported.can_read(text), real.encoder.can_read(text)) == (readable, readable)


@pytest.mark.model
def test_articles_are_embedded_by_the_fastest_encoder(real: Loaded) -> None:
    models = real.library.models
    assert isinstance(models, SentenceModels)
    fastest, before = models.load_document_encoder(), real.encoder.is_accelerated
    assert isinstance(fastest, SentenceEncoder if before else OnnxEncoder)
    try:
        real.encoder.is_accelerated = not before
        assert isinstance(
            models.load_document_encoder(), OnnxEncoder if before else SentenceEncoder
        )
    finally:
        real.encoder.is_accelerated = before


@pytest.mark.model
def test_both_encoders_give_the_same_document_vectors(real: Loaded) -> None:
    texts = [f"{'Ferry aground ' * (n * 7 % 19)}{n}" for n in range(BATCH + 9)]
    exported = SentenceModels(real.library.home).load_light_document_encoder(real.encoder.key)
    assert exported is not None
    single = np.stack([real.encoder.encode_query(text) for text in texts])
    for encoder in (real.encoder, exported):
        vectors = encoder.encode_documents(texts)
        assert (np.einsum("ij,ij->i", vectors, single) > 0.9995).all()


@pytest.mark.model
def test_documents_are_unit_vectors_in_order(real: Loaded) -> None:
    texts = ["A ferry in the fog", "Nurses on strike " * 30, "Rates"]
    vectors = real.encoder.encode_documents(texts)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    again = real.encoder.encode_documents(texts[::-1])[::-1]
    assert np.einsum("ij,ij->i", vectors, again) == pytest.approx([1, 1, 1], abs=1e-4)


@pytest.mark.model
def test_bfloat16_vectors_equal_those_of_float32(real: Loaded) -> None:
    texts = [TRAINERS.body, QUERY, "Rates", "Überschwemmung in Niederbayern " * 20]
    exact = np.stack([real.encoder.encode_query(text) for text in texts])
    assert (np.einsum("ij,ij->i", real.encoder.encode_documents(texts), exact) > 0.9995).all()


@pytest.mark.model
def test_word_pieces_are_spans_of_the_text(real: Loaded) -> None:
    text = "Überschwemmungen!\n\n“Ferry” ran—aground 🚢 in 2031, 会议."
    spans = real.encoder.find_word_pieces(text)
    assert all(0 <= first < last <= len(text) for first, last in spans)
    assert [first for first, _ in spans] == sorted(first for first, _ in spans)
    covered = {offset for first, last in spans for offset in range(first, last)}
    assert all(offset in covered for offset, c in enumerate(text) if c.isalnum())
    assert len(real.encoder.find_word_pieces("word " * 3000)) == 3000
    assert list(real.encoder.find_word_pieces("")) == []


@pytest.mark.model
def test_passages_fit_the_model(real: Loaded) -> None:
    body = " ".join(f"Überschwemmungen number {n} closed the antidisestablishment quay." * 2
                    for n in range(60))  # fmt: skip
    passages = split_passages(
        make_article(headline="Fog", body=body), real.encoder.find_word_pieces
    )
    assert len(passages) > 5
    assert all(
        len(real.encoder.find_word_pieces(passage.text)) < MAX_PIECES + 16 for passage in passages
    )
    assert passages[0].span[0] == 0
    assert passages[-1].span[1] == len(body)


@pytest.mark.model
def test_semantic_search_finds_what_no_word_matches(real: Loaded) -> None:
    results = real.engine.search(SearchRequest(text=QUERY, mode="semantic", group="none"))
    first = results.groups[0].hits[0]
    assert first.article.uri == TRAINERS.uri
    assert first.semantic is not None
    assert first.semantic.score > 0.4
    assert real.engine.rank(SearchRequest(text=QUERY))[0] == TRAINERS.uri
    lexical = real.engine.search(SearchRequest(text="coach fighters infantry", mode="lexical"))
    assert lexical.totals.articles == 0


@pytest.mark.model
def test_another_reindex_does_not_load_the_model(real: Loaded) -> None:
    class Unloadable(SentenceModels):
        def load_document_encoder(self) -> Encoder:
            raise AssertionError("loaded")

    real.library.models = Unloadable(real.library.home)
    assert real.library.reindex(force=True).embedded == 0
    assert real.engine.status().model == DEFAULT_MODEL


@pytest.mark.model
@pytest.mark.parametrize("text", ["\ud800", "ferry \udfff"])
def test_text_with_unpaired_surrogates_is_answered(real: Loaded, text: str) -> None:
    assert real.engine.search(SearchRequest(text=text + " fog", mode="semantic")).mode == "semantic"


@pytest.mark.model
def test_a_damaged_export_leaves_lexical_search(real: Loaded) -> None:
    path = real.library.home / "models"
    (model,) = path.glob("*/model.onnx")
    content = model.read_bytes()
    model.write_bytes(content[:1000])
    try:
        results = real.library.engine().search(SearchRequest(text="aground"))
        assert results.totals.lexical == 1
    finally:
        model.write_bytes(content)


@pytest.mark.model
def test_a_missing_model_says_what_to_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    models = SentenceModels(tmp_path, str(tmp_path / "nonexistent"))
    assert models.get_known_key() is None
    with pytest.raises(ModelUnavailableError, match="DATELINE_MODEL") as error:
        models.load_document_encoder()
    assert "\n" not in str(error.value)
    with pytest.raises(ModelUnavailableError, match="DATELINE_MODEL"):
        models.load_query_encoder("0" * 64)
    library = Library(tmp_path / "home", models=models)
    report = library.put(FERRY_AGROUND).reindex()
    assert "DATELINE_MODEL" in report.model_problem
    assert library.engine().search(SearchRequest(text="ferry")).totals.articles == 1
    library.close()
