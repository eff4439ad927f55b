"""Ids of stories: inherited, unique, never reused; every former id leads to a story."""

from hypothesis import given, settings
from hypothesis import strategies as st

from index.stories.ids import NO_PREVIOUS_STORIES, WITHDRAWN, PreviousStories, StoryIds, inherit_ids

Members = list[list[str]]
URIS = [f"a-{number}" for number in range(12)]


@st.composite
def partitions(draw: st.DrawFn) -> Members:
    """Some of the articles, partitioned into stories."""
    uris = draw(st.lists(st.sampled_from(URIS), unique=True, min_size=1))
    labels = draw(st.lists(st.integers(0, 5), min_size=len(uris), max_size=len(uris)))
    stories: dict[int, list[str]] = {}
    for uri, label in zip(uris, labels, strict=True):
        stories.setdefault(label, []).append(uri)
    return list(stories.values())


def to_previous(members: Members, ids: StoryIds) -> PreviousStories:
    return PreviousStories(
        {uri: number for number, uris in enumerate(members) for uri in uris}, ids
    )


@settings(max_examples=300)
@given(st.lists(partitions(), min_size=1, max_size=5))
def test_ids_are_unique_and_last_over_generations(generations: list[Members]) -> None:
    last, ever = NO_PREVIOUS_STORIES, set[str]()
    for members in generations:
        ids = inherit_ids(members, last)
        assert len(ids.current) == len(set(ids.current)) == len(members)
        assert not set(ids.current) & ids.former.keys()
        ever |= set(ids.current)
        assert ever == {*ids.current, *ids.former}
        assert all(to == WITHDRAWN or 0 <= to < len(members) for to in ids.former.values())
        fresh = set(ids.current) - {*last.ids.current, *last.ids.former}
        assert all(name.startswith("s") and len(name) == 13 for name in fresh)
        last = to_previous(members, ids)


@given(partitions())
def test_the_same_stories_keep_their_ids(members: Members) -> None:
    ids = inherit_ids(members, NO_PREVIOUS_STORIES)
    again = inherit_ids(members[::-1], to_previous(members, ids))
    assert again.current == ids.current[::-1]
    assert again.former == {}
    assert inherit_ids(members, NO_PREVIOUS_STORIES) == ids


def test_a_story_that_grows_keeps_its_id() -> None:
    old = [["a", "b"], ["c"]]
    ids = inherit_ids(old, NO_PREVIOUS_STORIES)
    new = inherit_ids([["x", "a", "b"], ["c", "y"], ["z"]], to_previous(old, ids))
    assert new.current[:2] == ids.current
    assert new.former == {}


def test_a_merged_story_has_the_id_of_the_larger_one() -> None:
    old = [["a", "b"], ["c"]]
    ids = inherit_ids(old, NO_PREVIOUS_STORIES)
    new = inherit_ids([["a", "b", "c"]], to_previous(old, ids))
    assert new.current == (ids.current[0],)
    assert new.former == {ids.current[1]: 0}
    grown = inherit_ids([["d"], ["a", "b", "c"]], to_previous([["a", "b", "c"]], new))
    assert grown.former == {ids.current[1]: 1}


def test_the_larger_part_of_a_split_keeps_the_id() -> None:
    old = [["a", "b", "c"]]
    ids = inherit_ids(old, NO_PREVIOUS_STORIES)
    new = inherit_ids([["a"], ["b", "c"]], to_previous(old, ids))
    assert new.current[1] == ids.current[0]
    assert new.current[0] not in ids.current


def test_the_id_of_a_withdrawn_story_is_not_reused() -> None:
    old = [["a"], ["b"]]
    ids = inherit_ids(old, NO_PREVIOUS_STORIES)
    gone = inherit_ids([["b"]], to_previous(old, ids))
    assert gone.former == {ids.current[0]: WITHDRAWN}
    back = inherit_ids([["b"], ["a"]], to_previous([["b"]], gone))
    assert back.current[1] not in ids.current
    assert back.former == {ids.current[0]: WITHDRAWN}
