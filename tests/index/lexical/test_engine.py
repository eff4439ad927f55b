"""What the lexical engine finds: required, excluded, relaxed, filtered; for both engines."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from index.analysis import primary, stem, term, terms, tokens
from index.lexical.coverage import MOST_WORDS
from index.lexical.engine import WhooshEngine
from index.parts import Part
from index.ports import LexicalEngine, LexicalIndex
from index.query import parse
from tests.fakes import InMemoryLexicalEngine, make_article
from tests.index.library import VOCABULARY, generated

LANGUAGES = ("en", "es")
EVERY = 10**9
COUNT = 90


@dataclass(frozen=True)
class Indexed:
    """Articles, and one engine's index of them."""

    articles: list[Article]
    index: LexicalIndex
    held: dict[str, set[int]] = field(default_factory=dict)

    def having(self, word: str) -> set[int]:
        """Rows that have a word in any form, by looking at the text."""
        if word not in self.held:
            self.held[word] = self._looked_up(word)
        return self.held[word]

    def _looked_up(self, word: str) -> set[int]:
        wanted = {word, *terms(word, LANGUAGES)}
        return {
            row
            for row, article in enumerate(self.articles)
            for token in tokens(f"{article.headline} {article.body}")
            if token.folded == word or term(token.folded, primary(article.language)) in wanted
        }

    def rows(self, text: str, *, enough: int = 0) -> set[int]:
        """Rows that match."""
        return set(self.index.score(parse(text), None, enough=enough).rows.tolist())


@pytest.fixture(scope="module", params=[WhooshEngine, InMemoryLexicalEngine])
def indexed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """Ninety articles, indexed by each engine in turn: the laws are those of the port."""
    engine: LexicalEngine = request.param()
    articles = generated(COUNT, seed=3, longest=25)
    folder = tmp_path_factory.mktemp("lexical")
    engine.build(folder, articles)
    return Indexed(articles, engine.open([Part(folder)], LANGUAGES))


WORDS = st.lists(st.sampled_from([*VOCABULARY, "whale"]), min_size=1, max_size=7, unique=True)


@settings(max_examples=40, deadline=None)
@given(WORDS, st.integers(0, COUNT), st.integers(0, COUNT))
def test_asking_for_more_never_gives_fewer(
    indexed: Indexed, words: list[str], one: int, other: int
) -> None:
    few, many = sorted((one, other))
    text = " ".join(words)
    assert indexed.rows(text, enough=few) <= indexed.rows(text, enough=many)


@settings(max_examples=40, deadline=None)
@given(WORDS, st.integers(0, COUNT))
def test_every_match_has_a_word_and_full_matches_are_never_lost(
    indexed: Indexed, words: list[str], enough: int
) -> None:
    having = [indexed.having(word) for word in words]
    found = indexed.rows(" ".join(words), enough=enough)
    assert set.intersection(*having) <= found <= set.union(*having)


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_few_words_must_all_be_there_where_enough_articles_have_them(
    indexed: Indexed, words: list[str]
) -> None:
    words = words[:4]
    everywhere = set.intersection(*(indexed.having(word) for word in words))
    if everywhere:
        assert indexed.rows(" ".join(words), enough=len(everywhere)) == everywhere


@settings(max_examples=40, deadline=None)
@given(WORDS, st.sets(st.integers(0, COUNT - 1)), st.integers(0, 2))
def test_articles_with_every_word_are_told_of_a_sentence_only(
    indexed: Indexed, words: list[str], rows: set[int], required: int
) -> None:
    allowed = np.isin(np.arange(COUNT), list(rows))
    text = " ".join(("+" if place < required else "") + word for place, word in enumerate(words))
    told = indexed.index.score(parse(text), allowed, enough=EVERY).complete.tolist()
    having = set.intersection(*(indexed.having(word) for word in words)) & rows
    sentence = len(words) > MOST_WORDS and required < len(words)
    assert told == (sorted(having) if sentence else [])


@settings(max_examples=40, deadline=None)
@given(WORDS, WORDS, WORDS, st.integers(0, COUNT))
def test_required_and_excluded_are_never_violated(
    indexed: Indexed, words: list[str], required: list[str], excluded: list[str], enough: int
) -> None:
    signed = [f"+{word}" for word in required[:2]] + [f"-{word}" for word in excluded[:2]]
    text = " ".join([*words, *signed])
    # A headline that is pasted whole may hold what would be a sign.
    found = indexed.rows(text, enough=enough) - set(indexed.index.headed(parse(text)).tolist())
    for word in required[:2]:
        assert found <= indexed.having(word)
    for word in excluded[:2]:
        assert not found & indexed.having(word)


@settings(max_examples=40, deadline=None)
@given(
    WORDS, st.lists(st.booleans(), min_size=COUNT, max_size=COUNT), st.sampled_from(["", "-storm"])
)
def test_filters_never_lose_a_match_nor_let_another_in(
    indexed: Indexed, words: list[str], flags: list[bool], more: str
) -> None:
    query, allowed = parse(" ".join([*words, more])), np.array(flags)
    everything = indexed.index.score(query, None, enough=EVERY)
    filtered = indexed.index.score(query, allowed, enough=EVERY)
    kept = allowed[everything.rows]
    assert filtered.rows.tolist() == everything.rows[kept].tolist()
    assert filtered.values.tolist() == everything.values[kept].tolist()
    assert flags == allowed.tolist()


@settings(max_examples=40, deadline=None)
@given(WORDS, st.integers(0, COUNT))
def test_rows_ascend_and_scores_are_above_zero(
    indexed: Indexed, words: list[str], enough: int
) -> None:
    scores = indexed.index.score(parse(" ".join(words)), None, enough=enough)
    assert scores.rows.tolist() == sorted(set(scores.rows.tolist()))
    assert (scores.rows.dtype.name, scores.values.dtype.name) == ("int32", "float32")
    assert np.all(scores.values > 0)


@settings(max_examples=50)
@given(st.text(alphabet=st.characters(), max_size=40))
def test_any_query_is_answered(indexed: Indexed, text: str) -> None:
    scores = indexed.index.score(parse(text), None, enough=EVERY)
    assert len(scores.rows) == len(scores.values) <= len(indexed.articles)


def test_an_exclusion_alone_finds_everything_else(indexed: Indexed) -> None:
    everything = set(range(len(indexed.articles)))
    assert indexed.rows("-storm") == everything - indexed.having("storm")


def test_term_counts_are_rows_by_terms(indexed: Indexed) -> None:
    counts = indexed.index.term_counts()
    assert counts.shape[0] == len(indexed.articles)
    assert counts.dtype == np.float32
    for row in (0, 57, COUNT - 1):
        article = indexed.articles[row]
        words = tokens(f"{article.headline} {article.body}")
        distinct = {stem(token.folded, primary(article.language)) for token in words}
        assert counts[row].nnz == len(distinct)


def index_of(folder: Path, *articles: Article, languages: tuple[str, ...] = ("en",)) -> Indexed:
    engine = WhooshEngine()
    engine.build(folder, articles)
    return Indexed(list(articles), engine.open([Part(folder)], languages))


def test_a_headline_counts_for_more(tmp_path: Path) -> None:
    indexed = index_of(
        tmp_path,
        make_article("body", headline="Quiet fog", body="Ferry news"),
        make_article("head", headline="Ferry fog", body="Quiet news"),
    )
    scores = indexed.index.score(parse("ferry"), None, enough=0)
    assert scores.values[1] > scores.values[0]


def test_the_form_as_typed_counts_for_more(tmp_path: Path) -> None:
    indexed = index_of(
        tmp_path,
        make_article("other", headline="", body="strikes again"),
        make_article("typed", headline="", body="strike again"),
    )
    scores = indexed.index.score(parse("strike"), None, enough=0)
    assert scores.values[1] > scores.values[0]


def test_a_phrase_does_not_run_from_headline_into_body(tmp_path: Path) -> None:
    indexed = index_of(
        tmp_path,
        make_article("over", headline="Fog stops ferry", body="Captain waits"),
        make_article("inside", headline="Fog", body="The ferry captain waits"),
    )
    assert indexed.rows('"ferry captain"') == {1}


def test_a_phrase_is_unstemmed_and_in_order(tmp_path: Path) -> None:
    indexed = index_of(
        tmp_path,
        make_article("1", headline="", body="the night shifts began"),
        make_article("2", headline="", body="the night shift began"),
        make_article("3", headline="", body="shifts night"),
        make_article("4", headline="", body="night and day shifts"),
        make_article("5", headline="", body="very very night shifts"),
    )
    assert indexed.rows('"night shifts"') == {0, 4}
    assert indexed.rows('"very very"') == {4}
    assert indexed.rows('"shifts"') == {0, 2, 3, 4}
    assert indexed.rows('night -"night shifts"', enough=9) == {1, 2, 3}
    assert indexed.rows('"night whale"') == set()


def test_stop_words_never_decide(tmp_path: Path) -> None:
    indexed = index_of(
        tmp_path,
        make_article("1", headline="", body="a ferry in the fog"),
        make_article("2", headline="", body="ferry fog"),
        make_article("3", headline="", body="the cat in the hat"),
    )
    assert indexed.rows("the ferry in the fog") == {0, 1}
    assert indexed.rows("the", enough=9) == {0, 2}
    assert indexed.rows("+the ferry") == {0}


def test_long_queries_need_two_words(tmp_path: Path) -> None:
    indexed = index_of(
        tmp_path,
        make_article("1", headline="", body="ferry fog"),
        make_article("2", headline="", body="ferry"),
        make_article("3", headline="", body="harbour storm fire"),
    )
    assert indexed.rows("ferry fog storm fire whale") == {0, 2}
    assert indexed.rows("ferry fog storm fire") == set()
    assert indexed.rows("ferry fog storm fire", enough=3) == {0, 1, 2}


def test_each_article_is_analysed_in_its_own_language(tmp_path: Path) -> None:
    indexed = index_of(
        tmp_path,
        make_article("en", headline="", body="strikes", language="en"),
        make_article("es", headline="", body="las huelgas", language="es-AR"),
        make_article("xx", headline="", body="huelga strike", language="xx"),
        languages=("en", "es"),
    )
    assert indexed.rows("huelga") == {1, 2}
    assert indexed.rows("striking") == {0}
    assert indexed.rows("strike") == {0, 2}


def test_stems_of_two_languages_do_not_meet(tmp_path: Path) -> None:
    indexed = index_of(
        tmp_path,
        make_article("en", headline="Policy", body="Policies changed", language="en"),
        make_article("es", headline="Policía", body="Las policías", language="es"),
        make_article("sv", headline="", body="policy polici", language="sv"),
        languages=("en", "es"),
    )
    assert stem("policy", "en") == stem("policia", "es") == "polici"
    assert indexed.rows("policy") == {0, 2}
    assert indexed.rows("policía") == {1}
    assert indexed.rows("title:policy") == {0}
    assert indexed.rows("body:policia") == {1}
    assert indexed.index.articles_with("policy") == 2


def test_a_word_is_found_in_every_language_by_its_stems_there(tmp_path: Path) -> None:
    indexed = index_of(
        tmp_path,
        make_article("en", headline="", body="two hospitals", language="en"),
        make_article("es", headline="", body="los hospitales", language="es"),
        make_article("fr", headline="", body="le hospital", language="fr"),
        make_article("sv", headline="", body="ett hospital", language="sv"),
        make_article("und", headline="", body="hospitals", language="und"),
        languages=("en", "es", "fr"),
    )
    assert indexed.rows("hospital") == {0, 1, 2, 3}
    assert indexed.rows("hospitals") == {0, 2, 4}
    assert indexed.rows("hospitales") == {1, 2}


def test_a_word_weighs_the_same_in_each_language_that_has_it(tmp_path: Path) -> None:
    """A loan that Spanish has once is no rarer than the English word that it is."""
    many = [
        make_article(f"en-{n}", headline="", body="software x", language="en") for n in range(9)
    ]
    once = make_article("es-1", headline="", body="software x", language="es")
    rest = [
        make_article(f"es-{n}", headline="", body="barco y", language="es") for n in range(2, 9)
    ]
    indexed = index_of(tmp_path, *many, once, *rest, languages=("en", "es"))
    scores = indexed.index.score(parse("software"), None, enough=0)
    assert scores.rows.tolist() == list(range(10))
    assert np.ptp(scores.values) == 0


def test_an_index_of_one_language_scores_alike_whatever_else_is_analysed(tmp_path: Path) -> None:
    articles = [a for a in generated(40, seed=9) if a.language == "en"]
    engine = WhooshEngine()
    engine.build(tmp_path, articles)
    query = parse("ferry strikes nurse")
    alone, among = (
        engine.open([Part(tmp_path)], languages).score(query, None, enough=EVERY)
        for languages in (("en",), ("en", "es", "it"))
    )
    assert alone.rows.tolist() == among.rows.tolist()
    assert alone.values.tolist() == among.values.tolist()


def test_names_that_two_languages_share_are_one_column_of_the_term_counts(tmp_path: Path) -> None:
    indexed = index_of(
        tmp_path,
        make_article("en", headline="", body="Skerrow", language="en"),
        make_article("es", headline="", body="Skerrow", language="es"),
        languages=("en", "es"),
    )
    assert indexed.index.term_counts().toarray().tolist() == [[1.0], [1.0]]


def test_accents_do_not_matter(tmp_path: Path) -> None:
    indexed = index_of(tmp_path, make_article("1", headline="", body="El volcán de São Jorge"))
    assert indexed.rows("volcan sao", enough=0) == {0}


def test_names_of_place_author_and_subject_are_found(tmp_path: Path) -> None:
    article = make_article(
        "1", by="Ines Okafor", located="Skerrow", slugline="FERRY-FOG", subjects=("transport",)
    )
    indexed = index_of(tmp_path, article)
    for word in ("okafor", "skerrow", "fog", "transport"):
        assert indexed.rows(word) == {0}


def test_no_articles_at_all(tmp_path: Path) -> None:
    assert index_of(tmp_path).rows("ferry") == set()


def test_articles_without_a_word(tmp_path: Path) -> None:
    indexed = index_of(tmp_path, make_article("1", headline="", body=""))
    assert indexed.rows("ferry") == set()
    assert indexed.index.term_counts().shape[0] == 1


@pytest.mark.parametrize("body", ["", "The", "…"])
def test_an_article_without_a_word_leaves_the_scores_of_others(tmp_path: Path, body: str) -> None:
    indexed = index_of(
        tmp_path,
        make_article("1", headline="", body=body),
        make_article("2", headline="", body="ferry"),
    )
    scores = indexed.index.score(parse("ferry"), None, enough=0)
    assert scores.rows.tolist() == [1]
    assert 0.5 < scores.values[0] < 5
