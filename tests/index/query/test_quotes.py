"""`said:` and `quote:` as a reader types them: joined about one quote, and written again."""

import pytest

from index.query import And, Field, NameValue, Not, Or, QuoteValue, Word, iter_leaves, parse
from index.query.quotes import join_quotes, split_quotes
from index.query.render import render


def said(word: str, name: str = "said") -> Field:
    return Field(name, NameValue(word, (0, 0), Word(word, (0, 0))))


def about(node: Field | And | Or) -> Field:
    return Field("quote", QuoteValue("", (0, 0), node))


A, B, X = said("a"), said("b"), said("x", "quote")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("said:a", about(A)),
        ("said:a quote:x", about(And((A, X)))),
        ("said:a AND quote:x", about(And((A, X)))),
        ("(said:a quote:x)", about(And((A, X)))),
        ("said:a OR quote:x", Or((about(A), about(X)))),
        ("said:(a OR b) quote:x", about(And((Or((A, B)), X)))),
        ("said:a -quote:x", And((Not(about(X)), about(A)))),
        ("-(said:a quote:x)", Not(about(And((A, X))))),
        ("word said:a quote:x", And((Word("word", (0, 0)), about(And((A, X)))))),
        ("said:a word quote:x", And((Word("word", (0, 0)), about(And((A, X)))))),
    ],
)
def test_clauses_about_one_quote_are_joined(text: str, expected: object) -> None:
    assert parse(text).tree == expected


@pytest.mark.parametrize(
    "text",
    [
        "said:a",
        'said:"ada reay" quote:"combat unit"',
        "said:(a OR b) quote:x word",
        "-(said:a quote:x) word",
        "said:a OR quote:x",
        "quote:nucl* said:vos~",
        '-said:a quote:"x y"~3',
        "(said:a OR word) quote:x",
    ],
)
def test_what_is_written_again_means_the_same(text: str) -> None:
    tree = parse(text).tree
    written = render(tree, text)
    assert parse(written).tree == tree
    assert join_quotes(split_quotes(tree)) == tree
    assert join_quotes(tree) == tree


def test_leaves_keep_their_fields_and_none_ranks() -> None:
    query = parse("said:a quote:x -quote:y word")
    fields = [(item.field, item.negated) for item in iter_leaves(query.tree)]
    assert set(fields) == {(None, False), ("quote", False), ("quote", True), ("said", False)}
    assert [item.leaf for item in query.ranked_leaves] == [Word("word", (0, 0))]
