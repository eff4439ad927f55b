"""The tree and the notices of operators, groups, fields, patterns and weights."""

from datetime import date
from typing import Any

import pytest

from index.query import (
    And,
    Boost,
    DateRange,
    Empty,
    Field,
    Fuzzy,
    Must,
    NameValue,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Word,
    parse,
)
from index.query.tree import is_optional
from tests.index.query.clauses import list_required

TODAY = date(2031, 4, 2)
ANYWHERE = (0, 0)
"""Spans do not count when nodes are compared."""


def w(folded: str, *also: str) -> Word:
    return Word(folded, ANYWHERE, also)


def p(*words: str, slop: int = 0) -> Phrase:
    return Phrase(tuple(map(w, words)), ANYWHERE, slop)


def every(*nodes: Node) -> And:
    return And(nodes)


def either(*nodes: Node) -> Or:
    return Or(nodes)


A, B, C, D = map(w, "abcd")

TREES: dict[str, Node] = {
    "a b": every(A, B),
    "a AND b": every(Must(A), Must(B)),
    "a OR b": either(A, B),
    "a OR b c": every(either(A, B), C),
    "a AND b OR c": either(every(A, B), C),
    "a AND b OR c d": every(either(every(A, B), C), D),
    "a AND (b OR c)": every(Must(A), either(B, C)),
    "a OR (b OR c)": either(A, B, C),
    "a NOT b": every(A, Not(B)),
    "a AND NOT b": every(Must(A), Not(B)),
    "a OR NOT b": either(A, Not(B)),
    "a OR -b": either(A, Not(B)),
    "NOT a": Not(A),
    "NOT NOT a": Must(A),
    "NOT (NOT a)": Must(A),
    "-(a b)": Not(every(A, B)),
    "-(a OR b)": Not(either(A, B)),
    "+(a b)": every(Must(A), Must(B)),
    "-well-known": Not(every(w("well", "wellknown"), w("known", "wellknown"))),
    "(a b) c": every(A, B, C),
    "(a)": A,
    "+a": Must(A),
    '"a b"': p("a", "b"),
    "“a b”": p("a", "b"),
    '"a b"~5': p("a", "b", slop=5),
    '"a"~5': p("a"),
    "a^2": Boost(A, 2),
    "+a^2": Must(Boost(A, 2)),
    '"a b"~5^0.5': Boost(p("a", "b", slop=5), 0.5),
    "(a OR b)^2": either(Boost(A, 2), Boost(B, 2)),
    "(a^2 OR b)^2": either(Boost(A, 4), Boost(B, 2)),
    "ferr*": Prefix("ferr", ANYWHERE),
    "FERR*": Prefix("ferr", ANYWHERE),
    "l'érup*": Prefix("erup", ANYWHERE),
    "te?t": Wildcard("te?t", ANYWHERE),
    "fe*y": Wildcard("fe*y", ANYWHERE),
    "fe?*": Wildcard("fe?*", ANYWHERE),
    "ferry~": Fuzzy("ferry", 1, ANYWHERE),
    "ferries~": Fuzzy("ferries", 2, ANYWHERE),
    "ferries~1": Fuzzy("ferries", 1, ANYWHERE),
    "title:a": Field("title", A),
    "headline:a": Field("title", A),
    "Title:a": Field("title", A),
    "title:(a OR b)": Field("title", either(A, B)),
    'title:"a b"': Field("title", p("a", "b")),
    "-title:a": Not(Field("title", A)),
    "title:(by:a)": Field("by", A),
    "title:(a by:b)": Field("title", every(A, Field("by", B))),
    "source:a": Field("source", A),
    "name:a": Field("name", NameValue("a", ANYWHERE, A)),
    'name:"a b"~3^2': Field("name", NameValue("a b", ANYWHERE, p("a", "b", slop=3))),
    "-name:(abc* OR a)": Not(
        either(
            Field("name", NameValue("abc", ANYWHERE, Prefix("abc", ANYWHERE))),
            Field("name", NameValue("a", ANYWHERE, A)),
        )
    ),
    "lang:pt-BR": Field("lang", Value("pt-BR", ANYWHERE)),
    "lang:(en OR es)": either(
        Field("lang", Value("en", ANYWHERE)), Field("lang", Value("es", ANYWHERE))
    ),
    "id:https://x/?a=(1)": Field("id", Value("https://x/?a=(1)", ANYWHERE)),
    'id:"a b"': Field("id", Value("a b", ANYWHERE)),
    "story:s12": Field("story", Value("s12", ANYWHERE)),
    "date:none": DateRange(None, None, ANYWHERE, undated=True),
    "-date:NONE": Not(DateRange(None, None, ANYWHERE, undated=True)),
    "date:2030": DateRange(date(2030, 1, 1), date(2030, 12, 31), ANYWHERE),
    "date:(2029 OR 2030)": either(
        DateRange(date(2029, 1, 1), date(2029, 12, 31), ANYWHERE),
        DateRange(date(2030, 1, 1), date(2030, 12, 31), ANYWHERE),
    ),
    "a and b": every(A, w("and"), B),
    "a or b": every(A, w("or"), B),
    "not a": every(w("not"), A),
    "title:AND": Field("title", w("and")),
    "+OR": Must(w("or")),
    "": Empty(),
}


@pytest.mark.parametrize("text", TREES)
def test_a_query_has_its_tree(text: str) -> None:
    query = parse(text, TODAY)
    assert query.tree == TREES[text]
    assert (query.notices, query.repaired, query.error) == ((), "", None)


@pytest.mark.parametrize(
    "text",
    [
        "10:30",
        "http://example.org/a?b=c&d=e*",
        "www.example.org/*",
        "10^6",
        "~10",
        "Really?",
        "why? how?",
        "p<0.05 x>y",
        "f(x)",
        "strike(s)",
        "C++ C# AT&T",
        "a: b",
        "7:0",
        "ranking, e.g. this one; and (that)",
        "{a} [b] |c| \\d/ =e",
    ],
)
def test_ordinary_writing_is_optional_words_without_a_notice(text: str) -> None:
    query = parse(text)
    assert all(is_optional(node) for node in query.clauses)
    assert (query.notices, query.repaired, list_required(query)) == ((), "", ())


REPAIRED: dict[str, tuple[str, str]] = {
    'a "b c': ("unclosed-quote", 'a "b c"'),
    "(a OR b": ("unclosed-bracket", "a OR b"),
    "a) b": ("stray-bracket", "a b"),
    "a ()": ("empty-brackets", "a"),
    "a AND": ("dangling-operator", "a"),
    "OR a": ("dangling-operator", "a"),
    "a NOT": ("dangling-operator", "a"),
    "a AND OR b": ("dangling-operator", "a OR b"),
    "foo:a": ("unknown-field", "foo a"),
    "title: a": ("field-without-value", "title a"),
    "title:-a": ("sign-in-field", "title:a"),
    "name:-a": ("sign-in-field", "name:a"),
    "name:ab*": ("pattern-too-short", "name:ab"),
    "ab*": ("pattern-too-short", "ab"),
    "*abc": ("pattern-too-short", "abc"),
    "a?b": ("pattern-too-short", "a b"),
    '"ab* c"': ("pattern-in-phrase", '"ab c"'),
    "ab~": ("fuzzy-too-short", "ab"),
    "ferry~9": ("fuzzy-edits", "ferry~"),
    '"a b"~500': ("slop", '"a b"~100'),
    "a^99": ("boost", "a^10"),
    "a^0": ("boost", "a^0.1"),
    "a^x": ("boost", "a x"),
    "(10 OR a)^99": ("boost", "(10)^10 OR a^10"),
    "title:by:a": ("field-without-value", "by:a"),
}


@pytest.mark.parametrize("text", REPAIRED)
def test_what_cannot_be_parsed_is_repaired_with_a_notice(text: str) -> None:
    query = parse(text)
    code, repaired = REPAIRED[text]
    assert [notice.code for notice in query.notices] == [code] * len(query.notices)
    assert query.notices
    assert query.repaired == repaired
    assert parse(repaired).tree == query.tree
    assert parse(repaired).notices == ()


def test_notices_are_deduplicated_and_limited() -> None:
    (notice,) = parse("a" + ")" * 500).notices
    assert notice.span == (1, 2)
    assert (
        len(parse(" ".join(f"x{chr(97 + n)}:y" for n in range(26)).replace("x", "")).notices) == 10
    )


def test_brackets_nest_twenty_deep() -> None:
    assert parse("(" * 20 + "a OR b" + ")" * 20).notices == ()
    query = parse("(" * 21 + "a OR b" + ")" * 21)
    assert {notice.code for notice in query.notices} == {"too-deep"}
    assert query.tree == either(A, B)


def test_a_long_text_is_cut() -> None:
    query = parse("ab " * 5 + "x" * 3_000)
    assert query.notices[-1].code == "text-cut"
    assert query.notices[-1].span == (2_000, 3_015)
    assert query.input == "ab " * 5 + "x" * 3_000


def test_only_the_first_phrases_may_have_a_slop() -> None:
    query = parse('"a b"~2 ' * 10)
    slops = [node.slop for node in list_required(query) if isinstance(node, Phrase)]
    assert slops == [2] * 8 + [0, 0]
    assert [notice.code for notice in query.notices] == ["too-many-near"]


def test_a_phrase_over_the_word_limit_loses_its_last_words() -> None:
    query = parse("a " * 60 + '"' + "b " * 10 + '"^2')
    (boost,) = list_required(query)
    assert boost == Boost(p(*"bbbb"), 2)


@pytest.mark.parametrize("text", ["NOT", "AND OR", "NOT NOT NOT", "OR"])
def test_operators_alone_are_words(text: str) -> None:
    query = parse(text)
    assert [word.folded for word in query.optional_words] == text.lower().split()
    assert [notice.code for notice in query.notices] == ["operators-as-words"]


def test_a_sentence_in_capitals_has_no_operators() -> None:
    query = parse("BORDER DISPUTE BETWEEN ISRAEL AND SYRIA .")
    assert len(query.optional_words) == 6
    assert [notice.code for notice in query.notices] == ["operators-as-words"]
    assert query.repaired == ""
    assert query.embedding_text == "BORDER DISPUTE BETWEEN ISRAEL AND SYRIA"


@pytest.mark.parametrize("text", ["NATO AND EU", "EU AND UN AND NATO AND IMF AND WTO AND WHO"])
def test_names_in_capitals_can_be_joined_by_operators(text: str) -> None:
    assert parse(text).optional_words == ()


EMBEDDED = {
    "a b": "a b",
    "The (first) ferry's U.S. trip, again.": "The (first) ferry's U.S. trip, again.",
    "ferry OR ship -fuel": "ferry ship",
    "title:ferry body:fog by:calder place:skerrow source:efe lang:en date:2020": "ferry fog",
    'well-known +"ran aground"~3^2': "well-known ran aground",
    "ferr* ferry~ fe?ry": "",
    "-a": "",
    "NOT (a OR NOT b)": "b",
}


@pytest.mark.parametrize("text", EMBEDDED)
def test_the_embedded_text(text: str) -> None:
    assert parse(text).embedding_text == EMBEDDED[text]


def test_highlight_words_and_patterns_are_those_that_rank() -> None:
    query = parse("fog title:ferr* -fuel by:calder (ship OR NOT tug) body:isle~")
    assert [word.folded for word in query.highlight_words] == ["fog", "ship"]
    assert query.patterns == (Prefix("ferr", ANYWHERE), Fuzzy("isle", 1, ANYWHERE))


def test_trees_are_frozen() -> None:
    tree: Any = parse("a b").tree
    with pytest.raises(AttributeError):
        tree.nodes = ()
    assert hash(tree) == hash(parse(" a   b ").tree)
