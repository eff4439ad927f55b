"""Our arrays against Whoosh's own searcher, scorer and phrase query, over the same index."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh import query as whoosh_query
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from archive.article import Article
from index.lexical.array_index import ArrayIndex
from index.lexical.engine import ArrayEngine
from index.lexical.query import bm25f
from index.lexical.schema import EXACT, TEXT
from index.query import parse
from index.storage.segments import Segment
from index.text.analysis import stem, to_term
from tests.fakes import make_article
from tests.index.lexical.indexed import search
from tests.index.library import VOCABULARY, generated

EVERY = 10**9
"""As `enough`: one word of the query makes a match, as in Whoosh's `Or`."""
SHORT = 15


@dataclass(frozen=True)
class Both:
    """One index, opened by Dateline and by Whoosh."""

    ours: ArrayIndex
    whoosh: Searcher

    def scores(self, words: list[str]) -> tuple[dict[int, float], dict[int, float]]:
        """Scores of the stemmed field by row, ours and Whoosh's."""
        scores = search(self.ours, parse(" ".join(words)), None, enough=EVERY)
        terms = [whoosh_query.Term(TEXT, form) for form in {to_term(w, "en") for w in words}]
        hits = self.whoosh.search(whoosh_query.Or(terms), limit=None)
        theirs = {int(hit.docnum): float(hit.score) for hit in hits}
        return dict(zip(scores.rows.tolist(), scores.values.tolist(), strict=True)), theirs

    def phrase_rows(self, words: list[str]) -> tuple[list[int], list[int]]:
        """Rows with a phrase, ours and Whoosh's."""
        mask = self.ours.candidate_mask(parse('"' + " ".join(words) + '"'), None)
        assert mask is not None
        hits = self.whoosh.search(whoosh_query.Phrase(EXACT, words), limit=None)
        return np.flatnonzero(mask).tolist(), sorted(int(hit.docnum) for hit in hits)


@contextmanager
def open_both(articles: list[Article]) -> Iterator[Both]:
    with tempfile.TemporaryDirectory() as name:
        engine = ArrayEngine()
        engine.build(Path(name), articles)
        opened = whoosh_index.open_dir(name, readonly=True)
        with opened.searcher(weighting=BM25F(B=0.75, K1=1.2)) as searcher:
            yield Both(engine.open([Segment(Path(name))], ("en",)), searcher)
        opened.close()


@pytest.fixture(autouse=True, scope="module")
def stemmed_field_only() -> Iterator[None]:
    """Set the share of the exact field to 0: it is not part of Whoosh's formula."""
    patch = pytest.MonkeyPatch()
    patch.setattr(bm25f, "EXACT_SHARE", 0.0)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def corpus() -> Iterator[Both]:
    """Two hundred short generated articles."""
    with open_both(in_english(generated(200, seed=11, longest=SHORT))) as both:
        yield both


def in_english(articles: list[Article]) -> list[Article]:
    return [make_article(a.uri, headline=a.headline, body=a.body) for a in articles]


def distinct_stems(words: list[str]) -> list[str]:
    """One word for each stem, because Whoosh scores a term once, and Dateline each word."""
    return list({stem(word, "en"): word for word in words}.values())


def check_scores(both: Both, words: list[str]) -> None:
    ours, theirs = both.scores(distinct_stems(words))
    assert ours.keys() == theirs.keys()
    assert ours == pytest.approx(theirs, abs=1e-4)


@pytest.mark.parametrize("word", [*VOCABULARY, "whale"])
def test_one_word_scores_as_in_whoosh(corpus: Both, word: str) -> None:
    check_scores(corpus, [word])


@pytest.mark.parametrize("seed", range(20))
def test_several_words_score_as_in_whoosh(corpus: Both, seed: int) -> None:
    chance = random.Random(seed)
    check_scores(corpus, chance.sample(VOCABULARY, chance.randint(2, 6)))


def test_the_ranking_is_whooshs(corpus: Both) -> None:
    ours, theirs = corpus.scores(["ferry", "storm", "hospital"])
    assert len(ours) > 50

    def ranked(scores: dict[int, float]) -> list[int]:
        return sorted(scores, key=lambda row: (-round(scores[row], 4), row))

    assert ranked(ours) == ranked(theirs)


@pytest.mark.parametrize("seed", range(20))
def test_phrases_match_as_in_whoosh(corpus: Both, seed: int) -> None:
    chance = random.Random(seed)
    words = chance.choices(VOCABULARY[:8], k=chance.randint(2, 3))
    ours, theirs = corpus.phrase_rows(words)
    assert ours == theirs


def test_some_phrases_are_in_the_corpus(corpus: Both) -> None:
    assert len(corpus.phrase_rows(["harbour", "ferry"])[0]) > 5


WORDS = st.lists(st.sampled_from(VOCABULARY[:12]), max_size=SHORT)
DOCUMENTS = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8)


def of_words(documents: list[tuple[list[str], list[str]]]) -> list[Article]:
    return [
        make_article(f"a-{n}", headline=" ".join(head), body=" ".join(body))
        for n, (head, body) in enumerate(documents)
    ]


@settings(max_examples=25, deadline=None)
@given(DOCUMENTS, st.lists(st.sampled_from(VOCABULARY[:14]), min_size=1, max_size=4))
def test_any_small_index_scores_as_in_whoosh(
    documents: list[tuple[list[str], list[str]]], words: list[str]
) -> None:
    documents = [(head[:4], body) for head, body in documents]
    with open_both(of_words(documents)) as both:
        check_scores(both, words)


@settings(max_examples=25, deadline=None)
@given(DOCUMENTS, st.lists(st.sampled_from(VOCABULARY[:6]), min_size=2, max_size=3))
def test_any_small_index_finds_phrases_as_whoosh_does(
    documents: list[tuple[list[str], list[str]]], words: list[str]
) -> None:
    with open_both(of_words(documents)) as both:
        ours, theirs = both.phrase_rows(words)
        assert ours == theirs


def test_long_articles_score_as_in_whoosh() -> None:
    with open_both(in_english(generated(60, seed=5, longest=400))) as both:
        check_scores(both, ["ferry", "storm"])
