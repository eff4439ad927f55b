"""Chains from links: heads, order, kills."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.storage.chains import NONE, Chains, build_chains, build_single_chains

LINKS = st.lists(st.integers(0, 20), max_size=20)


def build(
    replaced: list[int], older: list[int] | None = None, kills: tuple[int, ...] = ()
) -> Chains:
    rows = np.arange(len(replaced))
    return build_chains(
        np.array(replaced, np.int32),
        np.array(older or [NONE] * len(replaced), np.int32),
        filed=rows.astype(np.int64),
        ranks=rows.astype(np.int32),
        kills=np.isin(rows, kills),
    )


def test_a_chain_ends_with_the_newest_version_that_was_filed_last() -> None:
    chains = build([NONE, 0, NONE, 1, NONE], [NONE, NONE, 3, NONE, NONE])
    assert chains.heads.tolist() == [3, 3, 3, 3, 4]
    assert chains.rows(1).tolist() == [2, 0, 1, 3]
    assert chains.rows(4).tolist() == [4]
    assert chains.is_head.tolist() == [False, False, False, True, True]


def test_a_kill_kills_its_chain_and_nothing_without_one() -> None:
    assert build([NONE, 0, NONE], kills=(1, 2)).killed.tolist() == [1, 1, 0]
    assert build([NONE, 0, 1], kills=(1,)).killed.tolist() == [0, 0, 0]
    assert build([NONE, NONE], [1, NONE], kills=(1,)).killed.tolist() == [1, 1]


def test_rows_that_stand_alone() -> None:
    chains = build_single_chains(3)
    assert chains.heads.tolist() == [0, 1, 2]
    assert not chains.has_links


@given(LINKS)
def test_every_row_is_in_the_chain_of_what_it_replaces(links: list[int]) -> None:
    replaced = [link if link < row else NONE for row, link in enumerate(links)]
    chains = build(replaced)
    for row, link in enumerate(replaced):
        chain = chains.rows(row).tolist()
        assert row in chain
        assert link == NONE or link in chain
        assert chain[-1] == chains.heads[row]
        assert chain == sorted(chain)
    assert sorted(chains.order.tolist()) == list(range(len(links)))
    assert (chains.order[chains.places] == np.arange(len(links))).all() or not links
