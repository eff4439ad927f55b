"""Whom rows name: counts, ways of writing, the bound, rows taken over, and who is found."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.storage.mentions import MAX_NAMES, Mentions, MentionsBuilder, open_mentions
from index.text.analysis import tokenize

NAMES = ("Edda Lind", "EDDA LIND", "Lind", "Béla Kun", "Bela Kun", "U.S.", "L’Île Noire", "★", " ")
ROWS = st.lists(st.lists(st.sampled_from(NAMES), max_size=4), max_size=9)


def built(builder: MentionsBuilder, folder: Path) -> Mentions:
    folder.mkdir(exist_ok=True)
    builder.write(folder)
    return open_mentions(folder)


def collected(*rows: list[str]) -> MentionsBuilder:
    builder = MentionsBuilder()
    for row in rows:
        builder.add(Counter(row))
    return builder


def counted(mentions: Mentions, *rows: int) -> dict[str, int]:
    counts = mentions.count(np.array(rows, np.int32))
    return {mentions.get_name(n): int(counts[n]) for n in np.flatnonzero(counts).tolist()}


def key(name: str) -> str:
    return " ".join(token.folded for token in tokenize(name))


def test_every_row_counts_once_for_a_name_however_it_is_written(tmp_path: Path) -> None:
    mentions = built(
        collected(["Béla Kun", "Bela Kun", "Bela Kun", "Kestria"], ["Béla Kun"], [], ["Béla Kun"]),
        tmp_path,
    )
    assert counted(mentions, 0, 1, 2, 3) == {"Béla Kun": 3, "Kestria": 1}
    assert counted(mentions, 0) == {"Béla Kun": 1, "Kestria": 1}
    assert counted(mentions, 2) == counted(mentions) == {}


def test_capitals_are_shown_only_where_they_are_usual(tmp_path: Path) -> None:
    rows = [["NEW YORK", "NATO"]] * 5 + [["New York"]] + [["NATO"]] * 6 + [["Nato"]]
    assert counted(built(collected(*rows), tmp_path), *range(13)) == {"New York": 6, "NATO": 12}


def test_the_names_that_stand_most_often_count(tmp_path: Path) -> None:
    row = [name for n in range(MAX_NAMES + 3) for name in [f"N{n:02}"] * (20 - n)]
    found = counted(built(collected(row), tmp_path), 0)
    assert list(found) == [f"N{n:02}" for n in range(MAX_NAMES)]


def test_a_name_is_found_by_all_of_it_or_by_a_word_of_it(tmp_path: Path) -> None:
    mentions = built(
        collected(["Edda Lind"], ["Lind"], ["Lindhave Bio"], ["L’Île Noire"]), tmp_path
    )
    assert mentions.match_name("edda lind").tolist() == [True, False, False, False]
    assert mentions.match_name("lind").tolist() == [False, True, False, False]
    assert mentions.match_word("lind", "lind".__eq__).tolist() == [True, True, False, False]
    assert mentions.match_word("lind", lambda word: True).tolist() == [True, True, True, False]
    assert mentions.match_name("ile noire").tolist() == [False, False, False, True]
    assert mentions.list_names(0) == ("Edda Lind",)
    for none in ("", "edda", "edda lind x", "zz", "\udc80"):
        assert not mentions.match_name(none).any()
    assert not mentions.match_word("Lind", lambda word: True).any()


def test_no_rows_and_no_names(tmp_path: Path) -> None:
    none = built(MentionsBuilder(), tmp_path / "none")
    assert (len(none.rows), counted(none), none.match_name("a").tolist()) == (0, {}, [])
    bare = built(collected([], ["★"]), tmp_path / "bare")
    assert counted(bare, 0, 1) == {}
    assert not bare.match_word("a", lambda word: True).any()


def test_hostile_names_are_cut_and_kept_apart(tmp_path: Path) -> None:
    mentions = built(collected(["A\0B", "x" * 50_000, "half \ud800 pair"]), tmp_path)
    assert mentions.match_name("a b").tolist() == [True]
    assert max(map(len, counted(mentions, 0))) == 120


@given(rows=ROWS, chosen=st.sets(st.integers(0, 8)))
def test_a_facet_counts_what_its_value_finds(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], chosen: set[int]
) -> None:
    mentions = built(collected(*rows), tmp_path_factory.mktemp("rows"))
    asked = sorted(row for row in chosen if row < len(rows))
    found = counted(mentions, *asked)
    expected = Counter(name for row in asked for name in {key(name) for name in rows[row]} - {""})
    assert {key(name): count for name, count in found.items()} == expected
    for name, count in found.items():
        assert mentions.match_name(key(name))[asked].sum() == count


@given(rows=ROWS, cut=st.integers(0, 9), kept=st.sets(st.integers(0, 8)))
def test_rows_that_are_taken_over_are_as_if_collected_at_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], cut: int, kept: set[int]
) -> None:
    before, after = rows[:cut], rows[cut:]
    stay = [row for row in sorted(kept) if row < len(before)]
    old = built(collected(*before), tmp_path_factory.mktemp("old"))
    whole = MentionsBuilder()
    for some in (stay[:2], stay[2:]):
        whole.copy_rows(old, np.array(some, np.intp))
    whole.extend(collected(*after))
    joined = built(whole, tmp_path_factory.mktemp("joined"))
    once = built(collected(*(before[row] for row in stay), *after), tmp_path_factory.mktemp("once"))
    assert joined.rows.tolist() == once.rows.tolist()
    every = range(len(once.rows))
    assert counted(joined, *every) == counted(once, *every)
    assert joined.spellings.text.tobytes() == once.spellings.text.tobytes()
    assert joined.shown.tolist() == once.shown.tolist()
