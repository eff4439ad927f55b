"""Names of rows: counts, spellings, the limit, copied rows, and matches."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.storage.mentions import MAX_NAMES, Mentions, MentionsBuilder, open_mentions
from index.text.names import Name, NameKind
from index.text.tokens import tokenize

NAMES = ("Edda Lind", "EDDA LIND", "Lind", "Béla Kun", "Bela Kun", "U.S.", "L’Île Noire", "→", " ")
ROWS = st.lists(st.lists(st.sampled_from(NAMES), max_size=4), max_size=9)


def write_and_open(builder: MentionsBuilder, folder: Path) -> Mentions:
    folder.mkdir(exist_ok=True)
    builder.write(folder)
    return open_mentions(folder)


def collect(*rows: Sequence[str | Name]) -> MentionsBuilder:
    builder = MentionsBuilder()
    for row in rows:
        names = (Name(each, "person") if isinstance(each, str) else each for each in row)
        builder.add(Counter(names))
    return builder


def count_names(mentions: Mentions, *rows: int) -> dict[str, int]:
    counts = mentions.count(np.array(rows, np.int32))
    return {mentions.get_name(n): int(counts[n]) for n in np.flatnonzero(counts).tolist()}


def fold_name(name: str) -> str:
    return " ".join(token.folded for token in tokenize(name))


def test_a_row_counts_once_for_all_spellings_of_a_name(tmp_path: Path) -> None:
    mentions = write_and_open(
        collect(["Béla Kun", "Bela Kun", "Bela Kun", "Kestria"], ["Béla Kun"], [], ["Béla Kun"]),
        tmp_path,
    )
    assert count_names(mentions, 0, 1, 2, 3) == {"Béla Kun": 3, "Kestria": 1}
    assert count_names(mentions, 0) == {"Béla Kun": 1, "Kestria": 1}
    assert count_names(mentions, 2) == count_names(mentions) == {}


def test_a_spelling_in_capitals_is_shown_only_if_it_is_usual(tmp_path: Path) -> None:
    rows = [["NEW YORK", "NATO"]] * 5 + [["New York"]] + [["NATO"]] * 6 + [["Nato"]]
    assert count_names(write_and_open(collect(*rows), tmp_path), *range(13)) == {
        "New York": 6,
        "NATO": 12,
    }


def test_the_names_that_occur_most_often_count(tmp_path: Path) -> None:
    row = [name for n in range(MAX_NAMES + 3) for name in [f"N{n:02}"] * (20 - n)]
    found = count_names(write_and_open(collect(row), tmp_path), 0)
    assert list(found) == [f"N{n:02}" for n in range(MAX_NAMES)]


def test_a_name_matches_by_all_its_words_or_by_one(tmp_path: Path) -> None:
    mentions = write_and_open(
        collect(["Edda Lind"], ["Lind"], ["Lindhave Bio"], ["L’Île Noire"]), tmp_path
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
    none = write_and_open(MentionsBuilder(), tmp_path / "none")
    assert (len(none.rows), count_names(none), none.match_name("a").tolist()) == (0, {}, [])
    bare = write_and_open(collect([], ["→"]), tmp_path / "bare")
    assert count_names(bare, 0, 1) == {}
    assert not bare.match_word("a", lambda word: True).any()


def test_hostile_names_are_cut_and_stay_separate(tmp_path: Path) -> None:
    mentions = write_and_open(collect(["A\0B", "x" * 50_000, "half \ud800 pair"]), tmp_path)
    assert mentions.match_name("a b").tolist() == [True]
    assert max(map(len, count_names(mentions, 0))) == 120


@given(rows=ROWS, chosen=st.sets(st.integers(0, 8)))
def test_a_facet_count_is_the_number_of_matches(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], chosen: set[int]
) -> None:
    mentions = write_and_open(collect(*rows), tmp_path_factory.mktemp("rows"))
    chosen_rows = sorted(row for row in chosen if row < len(rows))
    found = count_names(mentions, *chosen_rows)
    expected = Counter(
        name for row in chosen_rows for name in {fold_name(name) for name in rows[row]} - {""}
    )
    assert {fold_name(name): count for name, count in found.items()} == expected
    for name, count in found.items():
        assert mentions.match_name(fold_name(name))[chosen_rows].sum() == count


VARIANTS = (
    "Edda Lind",
    "Lind",
    "ELO",
    Name("Edda B. Lind", "person", ("Edda Lind", "Lind")),
    Name("Edda Lind", "person", ("Lind",)),
    Name("Olav Lind", "person", ("Lind",)),
    Name("Lind", "organisation", ("Edda Lind",)),
    Name("Eastern Lift Office", "organisation", ("ELO",)),
)


@given(rows=st.lists(st.lists(st.sampled_from(VARIANTS), max_size=4), max_size=9))
def test_each_variant_counts_for_one_name_and_matches_as_it_counts(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str | Name]]
) -> None:
    mentions = write_and_open(collect(*rows), tmp_path_factory.mktemp("rows"))
    for name, count in count_names(mentions, *range(len(rows))).items():
        matches = mentions.match_name(fold_name(name))
        assert matches.sum() == count
        assert all(name in mentions.list_names(row) for row in np.flatnonzero(matches).tolist())
    for row, names in enumerate(rows):
        for each in names:
            text = each if isinstance(each, str) else each.text
            assert mentions.match_name(fold_name(text))[row]


def test_a_short_form_is_the_full_name_that_articles_give_it(tmp_path: Path) -> None:
    full = Name("Edda B. Lind", "person", ("Edda Lind", "Lind"))
    other = Name("Olav Lind", "person", ("Lind",))
    mentions = write_and_open(collect([full], ["Lind"], ["Edda Lind", full]), tmp_path / "one")
    assert count_names(mentions, 0, 1, 2) == {"Edda B. Lind": 3}
    assert mentions.match_name("lind").all()
    both = write_and_open(collect([full], ["Lind"], [other]), tmp_path / "both")
    assert count_names(both, 0, 1, 2) == {"Edda B. Lind": 1, "Lind": 1, "Olav Lind": 1}
    assert both.match_name("lind").tolist() == [False, True, False]
    assert both.match_name("edda lind").tolist() == [True, False, False]
    # As common as a company, of which one article names a namesake.
    rows = [["Lind"]] * 3 + [[full]]
    often = write_and_open(collect(*rows), tmp_path / "often")
    assert count_names(often, *range(4)) == {"Edda B. Lind": 1, "Lind": 3}


def test_the_kind_of_a_name_is_the_one_that_most_articles_tell(tmp_path: Path) -> None:
    kinds: tuple[NameKind, ...] = ("place", "organisation", "place")
    mentions = write_and_open(collect(*([Name("Vell", kind)] for kind in kinds)), tmp_path)
    (number,) = np.flatnonzero(mentions.count(np.arange(3, dtype=np.int32))).tolist()
    assert mentions.get_kind(number) == "place"


@given(rows=ROWS, cut=st.integers(0, 9), copied=st.sets(st.integers(0, 8)))
def test_copied_rows_are_the_same_as_rows_collected_at_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], cut: int, copied: set[int]
) -> None:
    before, after = rows[:cut], rows[cut:]
    copied_rows = [row for row in sorted(copied) if row < len(before)]
    old = write_and_open(collect(*before), tmp_path_factory.mktemp("old"))
    builder = MentionsBuilder()
    for some in (copied_rows[:2], copied_rows[2:]):
        builder.copy_rows(old, np.array(some, np.intp))
    builder.extend(collect(*after))
    merged = write_and_open(builder, tmp_path_factory.mktemp("merged"))
    once = write_and_open(
        collect(*(before[row] for row in copied_rows), *after), tmp_path_factory.mktemp("once")
    )
    assert merged.rows.tolist() == once.rows.tolist()
    every = range(len(once.rows))
    assert count_names(merged, *every) == count_names(once, *every)
    assert merged.entries.text.tobytes() == once.entries.text.tobytes()
    assert merged.shown.tolist() == once.shown.tolist()
