"""The query language: what each sign means, and that no text at all is an error."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import tokens
from index.query import MAX_WORDS, ParsedQuery, Phrase, Word, parse

ANY_TEXT = st.text(alphabet=st.characters(), max_size=80)
QUERY_LIKE = st.text(alphabet="ab é\"+-  \n.'’*?[]:()^~\\", max_size=40)


def words(query: ParsedQuery) -> list[str]:
    return [word.folded for word in query.words]


def clauses(found: tuple[Word | Phrase, ...]) -> list[str | list[str]]:
    return [
        [word.folded for word in clause.words] if isinstance(clause, Phrase) else clause.folded
        for clause in found
    ]


def test_plain_words_are_ranked_by() -> None:
    query = parse("São Paulo ferry")
    assert words(query) == ["sao", "paulo", "ferry"]
    assert [word.span for word in query.words] == [(0, 3), (4, 9), (10, 15)]
    assert (query.required, query.excluded, query.notices) == ((), (), ())
    assert query.meaning == "São Paulo ferry"


def test_signs() -> None:
    query = parse('+ferry -fuel -"night shifts" "ran aground" fog')
    assert words(query) == ["fog"]
    assert clauses(query.required) == ["ferry", ["ran", "aground"]]
    assert clauses(query.excluded) == ["fuel", ["night", "shifts"]]


def test_what_is_excluded_has_no_part_in_the_meaning() -> None:
    assert (
        parse('ferry -fuel "ran aground" -"night shifts" +fog').meaning == "ferry ran aground fog"
    )


def test_wanted_words_stand_in_the_order_of_the_query() -> None:
    query = parse('fog +ferry -fuel "ran aground" off')
    assert [word.folded for word in query.wanted] == ["fog", "ferry", "ran", "aground", "off"]


def test_a_sign_inside_a_word_is_no_operator() -> None:
    query = parse("well-known A+B C++ 1-2 -")
    assert words(query) == ["well", "known", "a", "b", "c++", "1", "2"]
    assert (query.required, query.excluded) == ((), ())


def test_a_sign_right_behind_a_phrase_is_no_operator() -> None:
    query = parse('"ran aground"-ferry')
    assert words(query) == ["ferry"]
    assert query.excluded == ()


def test_a_sign_before_a_blank_is_no_operator() -> None:
    query = parse("ferry - fuel + fog")
    assert words(query) == ["ferry", "fuel", "fog"]


def test_operators_of_other_engines_are_words() -> None:
    query = parse("title:ferry AND (fuel OR fog*) NOT [a TO z] term~9")
    assert "ferry" in words(query)
    assert {"and", "or", "not"} <= set(words(query))
    assert (query.required, query.excluded, query.notices) == ((), (), ())


def test_an_unclosed_quotation_mark_is_told() -> None:
    query = parse('ferry "ran aground')
    (notice,) = query.notices
    assert (notice.code, notice.span) == ("unclosed-quote", (6, 18))
    assert clauses(query.required) == [["ran", "aground"]]


def test_a_closed_quotation_mark_is_not_told() -> None:
    assert parse('ferry "ran aground" ""').notices == ()


def test_too_many_words_are_told_and_left_out() -> None:
    text = " ".join(f"w{number}" for number in range(MAX_WORDS + 3))
    query = parse(text)
    assert words(query) == [f"w{number}" for number in range(MAX_WORDS)]
    (notice,) = query.notices
    assert notice.code == "too-many-words"
    assert notice.span is not None
    assert text[slice(*notice.span)] == "w64 w65 w66"


def test_just_enough_words_are_not_told() -> None:
    assert parse("word " * MAX_WORDS).notices == ()


@pytest.mark.parametrize("sign", ["+", "-"])
@pytest.mark.xfail(reason="required and excluded words are cut at 64 without a notice")
def test_too_many_signed_words_are_told(sign: str) -> None:
    query = parse(" ".join(f"{sign}w{number}" for number in range(MAX_WORDS + 1)))
    assert [notice.code for notice in query.notices] == ["too-many-words"]


@pytest.mark.xfail(reason="a quoted article is a phrase of all its words")
def test_a_phrase_is_bounded_too() -> None:
    query = parse('"' + "word " * 10_000 + '"')
    assert len(query.wanted) <= MAX_WORDS


@pytest.mark.parametrize("text", ["", "   ", '""', '"', "+", "-", "?!", '-"" +""', "\x00", "🚢"])
def test_nothing_to_search_for_is_empty(text: str) -> None:
    assert parse(text).is_empty


def test_an_exclusion_alone_is_not_empty() -> None:
    query = parse("-ferry")
    assert not query.is_empty
    assert query.meaning == ""


def check_spans(text: str) -> None:
    query = parse(text)
    assert query.input == text
    for clause in (*query.words, *query.required, *query.excluded):
        first, last = clause.span
        assert 0 <= first < last <= len(text)
        for word in clause.words if isinstance(clause, Phrase) else (clause,):
            assert first <= word.span[0] < word.span[1] <= last
            (token,) = tokens(text[slice(*word.span)])
            assert token.folded == word.folded
    for notice in query.notices:
        assert notice.span is not None
        assert 0 <= notice.span[0] < notice.span[1] <= len(text)


@given(ANY_TEXT)
@example("\ud800\udfff")
@example('"' * 500)
@example("((((" * 500 + "*" * 500)
def test_any_text_is_a_query(text: str) -> None:
    check_spans(text)


@given(QUERY_LIKE)
def test_any_mix_of_signs_is_a_query(text: str) -> None:
    check_spans(text)


@given(QUERY_LIKE)
def test_no_word_is_lost(text: str) -> None:
    query = parse(text)
    found = [word.folded for word in query.wanted]
    for clause in query.excluded:
        inner = clause.words if isinstance(clause, Phrase) else (clause,)
        found.extend(word.folded for word in inner)
    bare = text.replace('"', " ")
    assert sorted(found) == sorted(token.folded for token in tokens(bare))
