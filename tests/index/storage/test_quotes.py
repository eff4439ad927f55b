"""Quotes of rows: kept over rebuilds, matched by words, phrases and speakers."""

from pathlib import Path

import numpy as np
import pytest

from index.storage.quotes import Quotes, QuotesBuilder, StoredQuote, open_quotes
from index.text.quotes import Quote, Speaker

ROWS: tuple[list[tuple[str, str, str]], ...] = (
    [("We sail at dawn", "Ada Reay", "person"), ("Dawn is late", "", "")],
    [],
    [("An experienced combat unit", "Ministry of Fog", "organisation")],
    [("We sail, and we sail late", "company spokesman", "role"), ("é\0\1", "A\0B\1C", "person")],
)


def build(rows: tuple[list[tuple[str, str, str]], ...]) -> QuotesBuilder:
    builder = QuotesBuilder()
    for row in rows:
        builder.add(Quote((), text, Speaker(name, kind)) for text, name, kind in row)
    return builder


def write(folder: Path, builder: QuotesBuilder) -> Quotes:
    folder.mkdir()
    builder.write(folder)
    return open_quotes(folder)


@pytest.fixture
def quotes(tmp_path: Path) -> Quotes:
    return write(tmp_path / "first", build(ROWS))


def read(quotes: Quotes) -> list[tuple[int, StoredQuote]]:
    return [(int(row), quotes.get(number)) for number, row in enumerate(quotes.rows)]


def test_quotes_are_read_back_with_their_rows(quotes: Quotes) -> None:
    assert quotes.row_count == 4
    assert read(quotes)[:4] == [
        (0, StoredQuote("We sail at dawn", "Ada Reay", "person")),
        (0, StoredQuote("Dawn is late", "", "")),
        (2, StoredQuote("An experienced combat unit", "Ministry of Fog", "organisation")),
        (3, StoredQuote("We sail, and we sail late", "company spokesman", "role")),
    ]
    assert read(quotes)[4][1].speaker == "A B C"


@pytest.mark.parametrize(
    ("words", "slop", "expected"),
    [
        (["sail"], 0, [0, 3]),
        (["we", "sail"], 0, [0, 3]),
        (["sail", "late"], 0, [3]),
        (["dawn", "dawn"], 0, []),
        (["late", "an"], 0, []),
        (["dawn", "we"], 2, [0]),
        (["dawn", "we"], 1, []),
        (["nothing"], 0, []),
        (["sail", "nothing"], 3, []),
    ],
)
def test_words_next_to_each_other(
    quotes: Quotes, words: list[str], slop: int, expected: list[int]
) -> None:
    found = quotes.match_phrase([[word] for word in words], slop)
    assert np.flatnonzero(found).tolist() == expected


def test_patterns_and_speakers(quotes: Quotes) -> None:
    assert np.flatnonzero(quotes.match_word("da", lambda word: True)).tolist() == [0, 1]
    assert np.flatnonzero(quotes.match_word("", lambda word: word == "unit")).tolist() == [2]
    found = quotes.match_speaker(rb" (ministry of)(?= )", lambda words: True)
    assert quotes.to_rows(found).tolist() == [False, False, True, False]
    assert not quotes.match_speaker(rb" (Ministry)(?= )", lambda words: True).any()


def test_rows_are_kept_in_the_next_generation(quotes: Quotes, tmp_path: Path) -> None:
    builder = QuotesBuilder()
    builder.copy_rows(quotes, np.array([0, 2]))
    builder.extend(build((ROWS[3], ROWS[0])))
    new = write(tmp_path / "second", builder)
    whole = write(tmp_path / "whole", build((ROWS[0], ROWS[2], ROWS[3], ROWS[0])))
    assert new.row_count == 4
    assert read(new) == read(whole)
    for words in (["sail"], ["combat", "unit"], ["sail", "late"]):
        forms = [[word] for word in words]
        assert new.match_phrase(forms).tolist() == whole.match_phrase(forms).tolist()


def test_no_quotes_at_all(tmp_path: Path) -> None:
    none = write(tmp_path / "none", build(([], [])))
    assert none.to_rows(none.match_phrase([["a"], ["b"]])).tolist() == [False, False]
    assert none.match_speaker(rb" (a)(?= )", lambda words: True).tolist() == []
