"""Known faults of Whoosh's query parser, which Dateline's must not have.

Where Whoosh gives a result, a test asserts that result too, so that a fixed fault is noticed.
"""

import pytest
from whoosh import fields, qparser

from archive.article import Article
from index.ports import InvalidQueryError
from index.query import MAX_QUERY_WORDS, parse
from index.search.engine import SearchEngine
from index.types.search import SearchRequest
from tests.fakes import make_article, on_day
from tests.index.library import Library

ARTICLES = (
    make_article("moscow", headline="Moscow votes", body="A film opened.", first_created=on_day(0)),
    make_article("award", headline="Film award", body="Term of art.", first_created=on_day(9)),
    make_article("late", headline="Storm", body="Winds rose.", first_created=on_day(40)),
    make_article("undated", headline="Letters", body="A note.", first_created=None),
)


@pytest.fixture
def engine(library: Library) -> SearchEngine:
    """An engine over four articles, one of them without a date."""
    library.put(*ARTICLES).reindex(lexical_only=True)
    return library.engine()


def find(engine: SearchEngine, text: str) -> set[str]:
    results = engine.search(SearchRequest(text=text, group="none"))
    return {group.hits[0].article.uri for group in results.groups}


def uris(articles: tuple[Article, ...], *without: str) -> set[str]:
    return {article.uri for article in articles} - set(without)


def whoosh_parser(*plugins: object) -> qparser.QueryParser:
    """Whoosh's parser as its documentation configures it."""
    schema = fields.Schema(body=fields.TEXT, date=fields.DATETIME)
    return qparser.QueryParser("body", schema, plugins=plugins or None)


def test_an_exclusion_alone_excludes(engine: SearchEngine) -> None:
    assert str(whoosh_parser().parse("-moscow")) == "body:moscow"
    assert find(engine, "-moscow") == uris(ARTICLES, "moscow")


def test_a_date_comparison_finds_later_articles(engine: SearchEngine) -> None:
    assert find(engine, "date:>2031-03-05") == {"award", "late"}
    assert find(engine, "date:<=2031-03-01") == {"moscow"}


@pytest.mark.parametrize("text", ["date:2031-02-31", "date:2031-13", "film date:20310340"])
def test_an_invalid_date_is_an_error_and_never_widened(engine: SearchEngine, text: str) -> None:
    with pytest.raises(InvalidQueryError) as refused:
        find(engine, text)
    assert refused.value.span is not None
    assert text[slice(*refused.value.span)] == text.partition("date:")[2]


def test_not_excludes_whatever_precedes_it(engine: SearchEngine) -> None:
    loose = qparser.QueryParser("body", whoosh_parser().schema, group=qparser.OrGroup)
    assert str(loose.parse("film NOT award")) == "(body:film OR NOT body:award)"
    assert find(engine, "film NOT award") == {"moscow"}


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1_000 + "film" + ")" * 1_000,
        "NOT " * 1_500 + "film",
        "date:[ TO",
        "date:2031-03-01T25:61",
        "\ud800",
        "title:\udfff*",
        "[TO]",
        "film^",
    ],
)
def test_texts_that_raise_in_whoosh_are_answered_or_refused(
    engine: SearchEngine, text: str
) -> None:
    try:
        assert find(engine, text) <= uris(ARTICLES)
    except InvalidQueryError:
        assert "date:" in text


@pytest.mark.parametrize(
    "text", ["**", "?*?*?*", "[a to z]", "term~9", " OR ".join(f"w{n}" for n in range(10_000))]
)
def test_texts_that_take_seconds_in_whoosh_expand_to_little(
    engine: SearchEngine, read_only_shelf: Library, text: str
) -> None:
    query, words = parse(text), read_only_shelf.generation().lexical
    assert len(query.highlight_words) + len(query.patterns) <= MAX_QUERY_WORDS
    assert not any(notice.code == "pattern-cut" for notice in words.notices(query))
    assert find(engine, text) <= uris(ARTICLES)


def test_a_fuzzy_word_allows_two_edits_at_most(engine: SearchEngine) -> None:
    assert find(engine, "term~9") == find(engine, "terms~") == {"award"}
    assert find(engine, "tarm~ -votes") == {"award"}


def test_wildcards_match_words_as_written_and_not_stems(library: Library) -> None:
    library.put(
        make_article("a", body="ponies graze"), make_article("b", body="a pony grazes")
    ).reindex(lexical_only=True)
    engine = library.engine()
    assert find(engine, "poni*") == {"a"}
    assert find(engine, "pon?es") == {"a"}
    assert find(engine, "pony*") == {"b"}


def test_patterns_ignore_accents(library: Library) -> None:
    library.put(make_article("a", body="La erupción cesó"), make_article("b")).reindex(
        lexical_only=True
    )
    assert find(library.engine(), "erupció*") == {"a"}
    assert find(library.engine(), "erupcio*") == {"a"}
