"""`near:` as a reader types it: its place, its distance, and how it is written again."""

import pytest

from index.query import Field, NearValue, Not, iter_leaves, parse


def read(text: str) -> list[tuple[str, float]]:
    leaves = (item.leaf for item in iter_leaves(parse(text).tree))
    return [(leaf.place, leaf.km) for leaf in leaves if isinstance(leaf, NearValue)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('near:"Moscow" 300km', [("Moscow", 300)]),
        ('near:"Nova Gorica" 25 km', [("Nova Gorica", 25)]),
        ("near:Moscow", [("Moscow", 50)]),
        ("near:Moscow 300KM", [("Moscow", 300)]),
        ("near:Moscow 100mi", [("Moscow", 160.9)]),
        ("near:“London, Ontario” 7.5km", [("London, Ontario", 7.5)]),
        ('near:"Moscow', [("Moscow", 50)]),
        ("near:Saint-Étienne ferry", [("Saint-Étienne", 50)]),
        ('near:("Moscow" 10km OR Kyiv)', [("Moscow", 10), ("Kyiv", 50)]),
        ("near:Moscow 300", [("Moscow", 50)]),
        ("near:12", [("12", 50)]),
        ('near:"" 10km', [("", 10)]),
        ("near:", []),
    ],
)
def test_a_place_and_its_distance(text: str, expected: list[tuple[str, float]]) -> None:
    assert read(text) == expected


def test_it_can_be_excluded_and_combined() -> None:
    query = parse('ferry -near:"Moscow" 300km')
    (negated,) = query.mandatory_clauses
    assert isinstance(negated, Not)
    assert isinstance(negated.node, Field)
    assert [word.folded for word in query.optional_words] == ["ferry"]
    assert query.embedding_text == "ferry"


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ('(near:"Moscow" 300km', 'near:"Moscow" 300km'),
        ("(near:Moscow ferry", 'near:"Moscow" 50km ferry'),
        ('near:"Moscow" 99999km', 'near:"Moscow" 20000km'),
        ("-near:“New  York” 0km", '-near:"New York" 1km'),
    ],
)
def test_it_is_written_as_it_is_read(text: str, repaired: str) -> None:
    query = parse(text)
    assert query.repaired == repaired
    assert parse(repaired).tree == query.tree
    assert parse(repaired).notices == ()


def test_a_distance_beyond_the_earth_is_limited_with_a_notice() -> None:
    (notice,) = parse('near:"Moscow" 99999km').notices
    assert notice.code == "near-distance"
    assert notice.message == "A distance must be from 1 to 20,000 km; 20000 km is used."
