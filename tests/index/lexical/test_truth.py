"""The meaning of every operator: masks compared with trees read for one article at a time."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from index.lexical.engine import ArrayEngine
from index.lexical.plain_whoosh.live_index import LiveIndex
from index.lexical.plain_whoosh.vocabulary import LiveVocabulary
from index.lexical.ports import LexicalEngine, LexicalIndex
from index.lexical.query.vocabulary import MAX_EXPANSIONS, Vocabulary
from index.lexical.schema import EXACT
from index.lexical.segment_arrays import open_segment
from index.local.field_filters import DocValueFilters
from index.query import (
    And,
    Boost,
    DateRange,
    Field,
    Fuzzy,
    Leaf,
    Node,
    Not,
    Or,
    ParsedQuery,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Word,
    parse,
)
from index.ranking.scores import Scores
from index.storage.doc_values import DocValuesBuilder, open_doc_values
from index.storage.segments import Segment
from index.stories.store import open_story_store, write_story_store
from tests.fakes import make_article, on_day
from tests.index.lexical.indexed import search
from tests.reference_matcher import ReferenceMatcher, extract_words

LANGUAGES = ("en", "es")
COUNT = 90
WORDS = "ferry ferries fairy strike strikes striking the of huelga huelgas bank banks sao".split()
SPELLINGS = ["COVID-19", "covid19", "e-mail", "US", "us", "WHO", "Müller", "2.400", "北京图书馆"]
"""Texts with words of several forms, two to each article."""
TODAY = date(2031, 4, 2)
NO_SPAN = (0, 0)


def _articles() -> list[Article]:
    chance = random.Random(7)

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(least, most)))

    return [
        make_article(
            f"t-{number:02d}",
            headline=words(0, 4),
            body=" ".join([words(0, 9), *chance.choices(SPELLINGS, k=2)]),
            by=chance.choice(["", "Ines Calder", "Tom Varga", "Calder Ferry and Tom Ines"]),
            located=chance.choice(["", "São Jorge", "Ferry Bank"]),
            places=tuple(chance.choices(["Ferry", "Bank of Sao", "Strike"], k=number % 3)),
            slugline=chance.choice(["", "FERRY-STRIKE"]),
            source=chance.choice(["", "Ferry Press", "Agencia Salitre", "Bank"]),
            language=chance.choice(["en", "es", "es-AR", "und"]),
            first_created=chance.choice([None, on_day(chance.randint(0, 40))]),
        )
        for number in range(COUNT)
    ]


@dataclass(frozen=True)
class World:
    """The same articles in an index and as lists of words; and how many examples to try."""

    index: LexicalIndex
    filters: DocValueFilters
    articles: Sequence[Article]
    examples: int

    def expected(self, node: Node) -> list[int]:
        """Rows by reading every article."""
        matcher = ReferenceMatcher(LANGUAGES, self.filters)
        found = (
            matcher.matches(node, extract_words(n, each)) for n, each in enumerate(self.articles)
        )
        return np.flatnonzero(list(found)).tolist()

    def search(self, query: ParsedQuery) -> Scores:
        """Rows that match a query, with their scores."""
        return search(self.index, query, filters=self.filters)

    def rows(self, node: Node) -> list[int]:
        """Rows by the index; within an And of one, a bare word is one that must be there."""
        query = ParsedQuery(input="", tree=And((Or((node, node)),)))
        mask = self.index.candidate_mask(query, None, filters=self.filters)
        assert mask is not None
        return np.flatnonzero(mask).tolist()


@pytest.fixture(scope="module")
def world(bm25_engine: LexicalEngine, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Ninety small articles of few words, some without dates, headlines or bodies."""
    articles = _articles()
    lexical, columns, stories = (tmp_path_factory.mktemp(name) for name in "lcs")
    bm25_engine.build(lexical, articles)
    builder = DocValuesBuilder()
    for article in articles:
        builder.add(article)
    builder.write(columns)
    opened = open_doc_values(columns)
    write_story_store(stories, np.arange(COUNT, dtype=np.int32) // 4, opened, None)
    filters = DocValueFilters(opened, open_story_store(stories))
    index = bm25_engine.open([Segment(lexical)], LANGUAGES)
    examples = 400 if isinstance(bm25_engine, ArrayEngine) else 100
    return World(index, filters, articles, examples)


def w(folded: str, *also: str, capitals: str = "") -> Word:
    return Word(folded, NO_SPAN, also, capitals)


WORDS_OF_FORMS = [
    w("covid", "covid19"),
    w("covid19"),
    w("email"),
    w("us", capitals="US"),
    w("who", capitals="WHO"),
    w("muller", "mueller"),
    w("2.400", "2400"),
    w("北京"),
    w("图"),
]


FORMS = st.sampled_from([*WORDS, "calder", "jorge", "press", "whale"])
PHRASES = st.builds(
    lambda words, slop: Phrase(tuple(words), NO_SPAN, slop if len(words) > 1 else 0),
    st.lists(st.sampled_from([*map(w, WORDS), *WORDS_OF_FORMS]), min_size=1, max_size=3),
    st.sampled_from([0, 0, 1, 2, 5]),
)
LEAVES: st.SearchStrategy[Leaf] = st.one_of(
    FORMS.map(w),
    st.sampled_from(WORDS_OF_FORMS),
    PHRASES,
    st.sampled_from(["fer", "str", "ban", "x"]).map(lambda text: Prefix(text, NO_SPAN)),
    st.sampled_from(["fe*y", "str?ke", "st*i*s", "fa?r?", "ba*"]).map(
        lambda text: Wildcard(text, NO_SPAN)
    ),
    st.builds(lambda text, edits: Fuzzy(text, edits, NO_SPAN), FORMS, st.sampled_from([1, 2])),
)
DAYS = st.one_of(st.none(), st.dates(date(2031, 2, 20), date(2031, 4, 20)))
FACTS: st.SearchStrategy[Node] = st.one_of(
    st.builds(lambda first, last: DateRange(first, last, NO_SPAN), DAYS, DAYS),
    st.sampled_from(["en", "es", "es-ar", "ES-AR", "e", "und"]).map(
        lambda text: Field("lang", Value(text, NO_SPAN))
    ),
    st.sampled_from(["t-00", "t-71", "T-71", "x"]).map(
        lambda text: Field("id", Value(text, NO_SPAN))
    ),
)
FIELDED = st.builds(Field, st.sampled_from(["title", "body", "by", "place", "source"]), LEAVES)


def _grown(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(And),
        several.map(Or),
        nodes.map(Not),
        st.builds(Field, st.sampled_from(["title", "body", "by", "place", "source"]), nodes),
    )


BASE: st.SearchStrategy[Node] = st.one_of(
    LEAVES, LEAVES.map(lambda leaf: Boost(leaf, 2)), FIELDED, FACTS
)
TREES = st.recursive(BASE, _grown, max_leaves=8)


def test_any_tree_matches_as_defined(world: World) -> None:
    @settings(max_examples=world.examples, deadline=None)
    @given(TREES)
    def check(tree: Node) -> None:
        assert world.rows(tree) == world.expected(tree)

    check()


def test_any_leaf_matches_as_defined_in_each_field(world: World) -> None:
    @settings(max_examples=world.examples // 2, deadline=None)
    @given(st.sampled_from([None, "title", "body", "by", "place", "source"]), LEAVES)
    def check(name: str | None, leaf: Leaf) -> None:
        tree = Field(name, leaf) if name else leaf
        assert world.rows(tree) == world.expected(tree)

    check()


QUERIES = [
    "ferry OR strike",
    "ferry AND strike",
    "+ferry -strike",
    "NOT ferry",
    "-ferry -strike",
    "ferry NOT strike",
    "title:ferry",
    "body:ferry",
    "body:ferry -title:ferry",
    'title:"ferry strike"',
    'body:"strike ferry"',
    '"ferry bank"~3',
    "by:calder",
    'by:"ines calder"',
    'place:"sao jorge"',
    "place:ferry",
    'place:"ferry bank"',
    "source:press",
    'source:"ferry press"',
    "source:fer*",
    "lang:es",
    "lang:es-AR",
    "lang:(en OR und)",
    "date:2031-03",
    "NOT date:2031-03",
    "date:[2031-03-05 TO 2031-03-20] -ferry",
    "(source:bank OR title:ferry) -lang:es",
    "fer* -ferries",
    "str?ke",
    "ferry~",
    "title:str* OR by:tom",
]


@pytest.mark.parametrize("text", QUERIES)
def test_a_query_matches_what_its_tree_says(world: World, text: str) -> None:
    query = parse(text, TODAY)
    assert query.notices == ()
    expected = (
        world.expected(And(query.mandatory_clauses))
        if query.mandatory_clauses
        else list(range(COUNT))
    )
    found = world.search(query).rows.tolist()
    soft = [word for word in query.optional_words if query.mandatory_clauses]
    if not soft:
        assert found == expected
    assert set(found) <= set(expected)
    assert 0 < len(expected) < COUNT


def test_each_side_of_an_or_matches_and_is_scored(world: World) -> None:
    scores = search(world.index, parse("ferry OR whale"), None, enough=0)
    alone = search(world.index, parse("ferry"), None, enough=0)
    assert scores.rows.tolist() == alone.rows.tolist()
    assert scores.values.tolist() == alone.values.tolist()


def test_a_weight_multiplies_a_words_score(world: World) -> None:
    plain = search(world.index, parse("ferry"), None, enough=0)
    heavy = search(world.index, parse("ferry^3"), None, enough=0)
    assert heavy.values == pytest.approx(plain.values * 3)


def test_a_pattern_scores_as_one_word(world: World) -> None:
    one = search(world.index, parse("ferr*"), None, enough=0)
    assert np.all(one.values > 0)
    heavy = search(world.index, parse("ferr*^2"), None, enough=0)
    assert heavy.values == pytest.approx(one.values * 2)


def test_filters_and_exclusions_do_not_rank(world: World) -> None:
    for text in ("-ferry", "by:calder", "date:2031", "lang:en -strike"):
        assert not world.search(parse(text)).values.any()


def test_an_undated_article_is_in_no_period_and_in_every_exclusion_of_one(world: World) -> None:
    undated = {n for n, each in enumerate(world.articles) if each.first_created is None}
    for text in ("date:[* TO *]", "date:2031", "date:<2032"):
        found = world.rows(parse(text).tree)
        assert undated.isdisjoint(found)
        assert undated <= set(world.rows(parse(f"NOT {text}").tree))


def test_without_filters_a_filter_matches_nothing(engine: LexicalEngine, tmp_path: Path) -> None:
    engine.build(tmp_path, [make_article("1", headline="ferry")])
    index = engine.open([Segment(tmp_path)], ("en",))
    for text in ("source:halyard", "lang:en", "date:2031", "id:1", "story:s"):
        assert search(index, parse(text)).rows.tolist() == []


RARE = [f"wave{number:03d}" for number in range(200)]


def index_of_waves(engine: LexicalEngine, folder: Path) -> LexicalIndex:
    """Two hundred words in one article each; the last hundred are in every other article too."""
    frequent = " ".join(RARE[100:])
    engine.build(folder, [make_article(word, body=f"{word} {frequent}") for word in RARE])
    return engine.open([Segment(folder)], ("en",))


def test_a_pattern_with_too_many_words_gets_a_notice(
    bm25_engine: LexicalEngine, tmp_path: Path
) -> None:
    index = index_of_waves(bm25_engine, tmp_path)
    query = parse("-wave* by:wav*")
    assert [notice.code for notice in index.notices(query)] == ["pattern-cut"]
    assert index.notices(query)[0].span == (1, 6)
    matches = search(index, parse("wave00*"), None, enough=0).rows.tolist()
    assert matches == list(range(10))


def test_a_pattern_expands_to_its_most_frequent_words(tmp_path: Path) -> None:
    index_of_waves(ArrayEngine(), tmp_path)
    pattern = Prefix("wave", NO_SPAN)
    postings = open_segment(tmp_path).fields[EXACT]
    expansion = Vocabulary(postings).expand(pattern)
    words = {postings.terms[number] for number in expansion.terms}
    assert (expansion.is_truncated, len(words)) == (True, MAX_EXPANSIONS)
    assert set(RARE[100:]) <= words
    assert words - set(RARE[100:]) == set(RARE[:28])
    plain = LiveVocabulary(LiveIndex([Segment(tmp_path)])).expand(pattern)
    assert (plain.is_truncated, {word.decode() for word in plain.words}) == (True, words)
