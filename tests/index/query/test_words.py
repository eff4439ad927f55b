"""Words, signs and phrases: how ordinary writing is parsed."""

import pytest

from index.query import MAX_QUERY_WORDS, Node, ParsedQuery, Phrase, Word, parse
from tests.index.query.clauses import list_excluded, list_required


def words(query: ParsedQuery) -> list[str]:
    return [word.folded for word in query.optional_words]


def clauses(nodes: tuple[Node, ...]) -> list[str | list[str]]:
    texts: list[str | list[str]] = []
    for clause in nodes:
        if isinstance(clause, Phrase):
            texts.append([word.folded for word in clause.words])
        else:
            assert isinstance(clause, Word)
            texts.append(clause.folded)
    return texts


def test_words_are_optional_and_embedded() -> None:
    query = parse("São Paulo ferry")
    assert words(query) == ["sao", "paulo", "ferry"]
    assert [word.span for word in query.optional_words] == [(0, 3), (4, 9), (10, 15)]
    assert (list_required(query), list_excluded(query), query.notices) == ((), (), ())
    assert query.embedding_text == "São Paulo ferry"


def test_signs_and_phrases_are_required_or_excluded() -> None:
    query = parse('+ferry -fuel -"night shifts" "ran aground" fog')
    assert words(query) == ["fog"]
    assert clauses(list_required(query)) == ["ferry", ["ran", "aground"]]
    assert clauses(list_excluded(query)) == ["fuel", ["night", "shifts"]]


def test_excluded_words_are_not_embedded() -> None:
    assert (
        parse('ferry -fuel "ran aground" -"night shifts" +fog').embedding_text
        == "ferry ran aground fog"
    )


def test_highlight_words_are_in_query_order() -> None:
    query = parse('fog +ferry -fuel "ran aground" off')
    assert [word.folded for word in query.highlight_words] == [
        "fog",
        "ferry",
        "ran",
        "aground",
        "off",
    ]


def test_a_sign_inside_a_word_is_no_operator() -> None:
    query = parse("well-known A+B C++ 1-2 -")
    assert words(query) == ["well", "known", "a", "b", "c++", "1", "2"]
    assert (list_required(query), list_excluded(query)) == ((), ())


def test_a_sign_right_after_a_phrase_is_no_operator() -> None:
    query = parse('"ran aground"-ferry')
    assert words(query) == ["ferry"]
    assert list_excluded(query) == ()


def test_a_sign_before_a_blank_is_no_operator() -> None:
    query = parse("ferry - fuel + fog")
    assert words(query) == ["ferry", "fuel", "fog"]


@pytest.mark.parametrize(
    "text", ["ferry && fuel", "ferry || fuel", "ferry !fuel", "ferry y fuel", "ferry ODER fuel"]
)
def test_operators_of_other_engines_and_languages_are_words_or_nothing(text: str) -> None:
    query = parse(text)
    assert {"ferry", "fuel"} <= set(words(query))
    assert (list_required(query), list_excluded(query), query.notices) == ((), (), ())


def test_an_unclosed_quotation_mark_gives_a_notice() -> None:
    query = parse('ferry "ran aground')
    (notice,) = query.notices
    assert (notice.code, notice.span) == ("unclosed-quote", (6, 18))
    assert clauses(list_required(query)) == [["ran", "aground"]]


def test_closed_quotation_marks_give_no_notice() -> None:
    assert parse('ferry "ran aground" ""').notices == ()


def test_words_over_the_limit_are_ignored_with_a_notice() -> None:
    text = " ".join(f"w{number}" for number in range(MAX_QUERY_WORDS + 3))
    query = parse(text)
    assert words(query) == [f"w{number}" for number in range(MAX_QUERY_WORDS)]
    (notice,) = query.notices
    assert notice.code == "too-many-words"
    assert notice.span is not None
    assert text[slice(*notice.span)] == "w64 w65 w66"


def test_words_up_to_the_limit_give_no_notice() -> None:
    assert parse("word " * MAX_QUERY_WORDS).notices == ()


@pytest.mark.parametrize("sign", ["+", "-"])
def test_signed_words_over_the_limit_give_a_notice(sign: str) -> None:
    query = parse(" ".join(f"{sign}w{number}" for number in range(MAX_QUERY_WORDS + 1)))
    assert [notice.code for notice in query.notices] == ["too-many-words"]


def test_words_of_a_phrase_count_towards_the_limit() -> None:
    query = parse('"' + "word " * 10_000 + '"')
    assert len(query.highlight_words) <= MAX_QUERY_WORDS


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_a_blank_text_is_an_empty_query(text: str) -> None:
    assert parse(text).is_empty


def test_an_exclusion_alone_is_not_empty() -> None:
    query = parse("-ferry")
    assert not query.is_empty
    assert query.embedding_text == ""
