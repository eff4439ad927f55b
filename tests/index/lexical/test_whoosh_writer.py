"""The Whoosh files are those of Whoosh's own writer, however many runs and batches there were."""

import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.article import Article
from index.lexical.array_index import ArrayIndex
from index.lexical.build import whoosh_writer
from index.lexical.build.inverter import invert_articles
from index.lexical.build.merge import Batch, Merge
from index.lexical.engine import ArrayEngine
from index.lexical.schema import FIELDS, HEADLINE_WEIGHT, PHRASE_GAP, TEXT, TITLE, WITH_POSITIONS
from index.storage.segments import Segment
from tests.fakes import make_article
from tests.index.lexical import whoosh_index
from tests.index.library import generated

HEADS = st.lists(st.sampled_from("Ferry ferries The la São u.s. ﷺ l's ''".split()), max_size=4)
BODIES = st.lists(st.sampled_from("ferry the policy policía C++ 1,500 l'eau ½".split()), max_size=9)
NAMES = st.sampled_from(["", "Ines Calder", "São Jorge", "the", "…"])
ARTICLES = st.lists(
    st.builds(
        lambda head, body, by, located, places, language: make_article(
            "a",
            headline=" ".join(head),
            body=" ".join(body),
            by=by,
            located=located,
            places=tuple(places),
            language=language,
        ),
        HEADS,
        BODIES,
        NAMES,
        NAMES,
        st.lists(NAMES, max_size=2),
        st.sampled_from(["en", "es-AR", "sv", "und"]),
    ),
    max_size=7,
)
NOTHING = make_article("a", headline="", body="")


def long_articles() -> list[Article]:
    """Terms of several blocks, some short and some long, and one body of a thousand words."""
    found = generated(300, seed=2, longest=30)
    found.append(make_article("long", body="ferry storm " * 500, by="Ines Calder"))
    return found


def check_against_whoosh(articles: list[Article]) -> None:
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
        ArrayEngine().build(Path(ours), articles)
        whoosh_index.write_index(Path(theirs), articles)
        assert whoosh_index.read_postings(Path(ours)) == whoosh_index.read_postings(Path(theirs))
        assert whoosh_index.read_statistics(Path(ours)) == whoosh_index.read_statistics(
            Path(theirs)
        )


@settings(max_examples=60, deadline=None)
@given(ARTICLES)
@example([])
@example([NOTHING])
@example([NOTHING, make_article("b", headline="ﷺ ''", body="the")])
def test_an_index_is_the_same_as_whooshs_writer_makes(articles: list[Article]) -> None:
    check_against_whoosh(articles)


def test_long_postings_are_the_same_as_whooshs_writer_makes() -> None:
    check_against_whoosh(long_articles())


@pytest.mark.parametrize("small", [0, 10**9])
def test_blocks_are_read_back_whether_compressed_or_not(
    small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_writer, "_COMPRESS_FROM", small)
    check_against_whoosh(long_articles()[-40:])


def test_a_frequent_term_is_in_several_blocks(tmp_path: Path) -> None:
    ArrayEngine().build(tmp_path, long_articles())
    found = whoosh_index.read_postings(tmp_path)
    assert len(found[("text", "en:ferri")]) > 128


def read_merge(merge: Merge) -> dict[bytes, list[tuple[object, ...]]]:
    """Every posting of a merge, by term."""
    found: dict[bytes, list[tuple[object, ...]]] = {}
    for batch in merge.iter_batches():
        ends = np.cumsum(batch.counts)
        for term, (first, last) in zip(batch.terms, pairwise(batch.starts.tolist()), strict=True):
            assert term not in found
            found[term] = [_posting(batch, number, ends) for number in range(first, last)]
    return found


def _posting(batch: Batch, number: int, ends: np.ndarray) -> tuple[object, ...]:
    end = int(ends[number])
    places = tuple(batch.positions[end - int(batch.counts[number]) : end].tolist())
    return int(batch.rows[number]), float(batch.weights[number]), places


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(("tokens", "batch_postings"), [(1, 1), (60, 7), (500, 10**6)])
def test_runs_and_batches_make_no_difference(
    field: str, tokens: int, batch_postings: int, tmp_path: Path
) -> None:
    articles = generated(60, seed=8, longest=20)
    folders = [tmp_path / name for name in ("one", "many")]
    for folder in folders:
        folder.mkdir()
    one, many = (
        invert_articles(folders[0], articles),
        invert_articles(folders[1], articles, run_tokens=tokens),
    )
    assert (len(one.sizes), sum(many.sizes)) == (1, 60)
    assert len(many.sizes) > 1
    assert one.lengths[field].tolist() == many.lengths[field].tolist()
    expected, merge = Merge(one, field), Merge(many, field, batch_postings=batch_postings)
    assert (merge.posting_count, merge.position_count) == (
        expected.posting_count,
        expected.position_count,
    )
    assert merge.terms == expected.terms == sorted(set(merge.terms))
    assert read_merge(merge) == read_merge(expected)
    assert bool(merge.position_count) == (field in WITH_POSITIONS and expected.posting_count > 0)


def test_arrays_have_the_postings_of_whoosh(tmp_path: Path) -> None:
    articles = long_articles()
    ArrayEngine().build(tmp_path, articles)
    index = ArrayEngine().open([Segment(tmp_path)], ("en", "es"))
    assert isinstance(index, ArrayIndex)
    for (field, term), expected in whoosh_index.read_postings(tmp_path).items():
        arrays = index._fields[field]
        number = arrays.terms.find(term)
        assert number is not None
        rows, weights = arrays.read(number)
        assert [(row, weight) for row, weight, _, _ in expected] == list(
            zip(rows.tolist(), weights.tolist(), strict=True)
        )
        if field in WITH_POSITIONS:
            places = [(row, place) for row, _, _, all_places in expected for place in all_places]
            having, found = arrays.read_positions(number)
            assert places == list(zip(having.tolist(), found.tolist(), strict=True))


def test_headline_terms_have_more_weight_and_the_gap_has_the_end_of_the_body(
    tmp_path: Path,
) -> None:
    article = make_article("a", headline="Ferry '' fog", body="A ferry.", by="Ines")
    ArrayEngine().build(tmp_path, [article])
    found = whoosh_index.read_postings(tmp_path)
    assert found[(TEXT, "en:ferri")] == [(0, HEADLINE_WEIGHT + 1, 2, ())]
    assert found[(TITLE, "en:ferri")] == [(0, 1, 1, ())]
    assert found[("labels", PHRASE_GAP)] == [(0, 5, 1, ())]
    assert found[("exact", "ines")] == [(0, 1, 1, (5,))]
    assert (TEXT, "en:a") not in found


def test_only_the_index_is_left_in_its_folder(tmp_path: Path) -> None:
    ArrayEngine().build(tmp_path, generated(5, seed=1))
    names = sorted(path.name for path in tmp_path.iterdir())
    assert all(name.startswith(("MAIN_", "_MAIN_1.toc")) for name in names)


def test_a_build_that_fails_leaves_no_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(whoosh_writer, "_write_terms", fails)
    with pytest.raises(RuntimeError, match="the disk is full"):
        ArrayEngine().build(tmp_path, generated(5, seed=1))
    assert not list(tmp_path.glob("runs-*"))
