"""Queries, and parts of queries, without a word to search for."""

import pytest

from index.query import Unreadable, iter_leaves, parse


def codes(text: str) -> list[str]:
    return [notice.code for notice in parse(text).notices]


def finds_nothing(text: str) -> bool:
    return any(isinstance(item.leaf, Unreadable) for item in iter_leaves(parse(text).tree))


@pytest.mark.parametrize(
    "text",
    [
        *("!!!", "???", "…", "---", "*", "~", "%%%", "\u200b", "( ! )", '"!!!"', '"…" "—"'),
        *("+!!!", "-!!!", "-…", "title:!!!", "name:!!!", 'by:"…"', "!!! OR ???", "!!! AND ???"),
        *("!!! -ferry", "-ferry !!!", "lang:es !!!", 'date:2031 "…"', "source:hal* ???"),
        *(
            "by:osei %%%",
            "name:roncal …",
            "story:s1 \\\\\\",
            "()",
            '""',
            '"',
            "+",
            "-",
            '-"" +""',
            "\x00",
        ),
    ],
)
def test_a_query_without_a_word_finds_nothing_and_says_so(text: str) -> None:
    assert finds_nothing(text)
    assert "unreadable" in codes(text)
    assert parse(text).repaired == ""
    assert not parse(text).embedding_text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "\t\n",
            "ferry!!!",
            "!!! ferry",
            "ferry - fog…",
            "Storm hits - 3 dead ???",
        ),
        *("lang:es && date:2031", "-ferry , -fog", "lang:es | by:osei", "ferry OR !!!", "NOT"),
    ],
)
def test_punctuation_beside_words_and_between_filters_means_nothing(text: str) -> None:
    assert not finds_nothing(text)
    assert "unreadable" not in codes(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('ferry "!!!"', '"!!!"'),
        ("ferry +!!!", "!!!"),
        ("ferry -???", "???"),
        ("title:… ferry", "…"),
        ('ferry -"…"', '"…"'),
    ],
)
def test_a_clause_without_a_word_is_ignored_with_a_notice(text: str, part: str) -> None:
    (notice,) = parse(text).notices
    assert notice.message == f"“{part}” has no word to search for; it is ignored."
    assert notice.span is not None
    assert text[slice(*notice.span)] == part
    assert not finds_nothing(text)
