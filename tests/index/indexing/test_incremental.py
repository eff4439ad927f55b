"""An incremental reindex gives the same results as a complete rebuild."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.article import Article
from index.semantic.ports import Encoder
from index.storage.generation import FOLDER, read_current_id, read_manifest
from index.types.search import Mode, SearchRequest
from tests.fakes import FakeModels, NoModels, make_article, on_day
from tests.index.library import Library, generated

OLD = generated(40, seed=11, longest=15)
NEW = generated(60, seed=12, longest=15)
QUERIES = ("ferry strike", "str* -bank", '"nurse hospital"~3 vote', "title:bridge", "miners rescu")
MODES: tuple[Mode, ...] = ("lexical", "semantic", "hybrid")

CHANGE = st.tuples(st.sampled_from(["new", "changed", "canceled"]), st.integers(0, 59))
STEPS = st.lists(st.lists(CHANGE, max_size=4), min_size=1, max_size=4)


def make_version(kind: str, number: int) -> Article:
    fresh = NEW[number]
    if kind == "new":
        return make_article(f"n-{number}", headline=fresh.headline, body=fresh.body)
    status = "canceled" if kind == "canceled" else "usable"
    return make_article(
        OLD[number % len(OLD)].uri,
        headline=fresh.headline,
        body=fresh.body,
        first_created=on_day(number),
        pub_status=status,
    )


def read_results(library: Library) -> list[object]:
    live, engine = library.generation(), library.engine()
    assert live.semantic is not None
    doc_values = live.doc_values
    answers: list[object] = [
        [doc_values.get_key(row) for row in range(len(doc_values))],
        [doc_values.source_names, doc_values.language_names, doc_values.sources.tolist()],
        [
            doc_values.languages.tolist(),
            doc_values.published.tolist(),
            doc_values.uri_order.tolist(),
        ],
        [doc_values.mentions.rows.tolist(), doc_values.mentions.entries.text.tobytes()],
        [doc_values.mentions.names.tolist(), doc_values.mentions.row_names.tolist()],
        [doc_values.mentions.shown.tolist(), doc_values.mentions.articles.tolist()],
        [live.manifest.passages, live.manifest.sequence, live.manifest.rows],
    ]
    for mode in MODES:
        for query in QUERIES:
            results = engine.search(SearchRequest(text=query, mode=mode))
            scores = [hit.score for group in results.groups for hit in group.hits[:1]]
            answers.append((results.totals.articles, results.totals.lexical, len(scores) > 0))
            answers.append(engine.rank(SearchRequest(text=query, mode=mode, limit=50)))
    return answers


@settings(max_examples=6, deadline=None)
@given(STEPS)
@example([[("new", 1)], [("changed", 2), ("canceled", 3)], [], [("changed", 2), ("new", 4)]])
@example([[("canceled", 0)], [("changed", 0)]])
def test_incremental_reindexes_equal_a_complete_rebuild(steps: list[list[tuple[str, int]]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        library = Library(Path(name) / "home")
        library.put(*OLD).reindex()
        for step in steps:
            library.put(*(make_version(kind, number) for kind, number in step)).reindex()
        by_steps = read_results(library)
        library.reindex(force=True)
        assert len(read_manifest(library.home, read_current_id(library.home) or "").segments) == 1
        assert by_steps == read_results(library)
        library.close()


@pytest.fixture
def many(library: Library) -> Library:
    return library.put(*OLD)


def files(library: Library) -> dict[str, int]:
    folder = library.home / FOLDER / str(read_current_id(library.home))
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in paths}


def test_only_new_articles_are_indexed_and_segments_are_linked(many: Library) -> None:
    assert many.reindex().added == len(OLD)
    before = files(many)
    many.put(make_version("new", 1), make_version("changed", 2))
    assert many.reindex().added == 2
    after = files(many)
    segments = {name for name in before if name.startswith(("lexical/", "semantic/"))}
    assert {name: after[name] for name in segments} == {name: before[name] for name in segments}
    assert any(name.startswith("lexical/000002/") for name in after)
    assert many.reindex(force=True).added == len(OLD) + 1


def test_small_segments_are_merged_and_a_large_one_stays(many: Library) -> None:
    many.reindex()
    added = []
    for number in range(6):
        added.append(many.put(make_version("new", number)).reindex().added)
    assert added == [1, 2, 3, 4, 45, 1]


def test_the_manifest_describes_the_generation(many: Library) -> None:
    many.reindex()
    many.put(make_version("new", 1)).reindex()
    manifest = read_manifest(many.home, str(read_current_id(many.home)))
    assert manifest.segments == {"000001": len(OLD), "000002": len(OLD) + 1}
    assert manifest.sequence == len(OLD) + 1


def test_a_new_article_is_assigned_to_its_story_and_others_keep_theirs(many: Library) -> None:
    about = {"headline": "Ferry adrift off Skerrow", "body": "The ferry Maren is adrift in fog."}
    many.put(make_article("adrift", **about)).reindex()
    engine = many.engine()
    before = engine.stories_by_article()
    later = {"headline": "Ferry adrift off Skerrow is towed", "body": "A tug tows the ferry Maren."}
    many.put(make_article("towed", first_created=on_day(1), **later))
    many.put(make_article("copied", first_created=on_day(2), **about))
    many.put(make_article("apart", body="Zebras and quartz.", first_created=on_day(40))).reindex()
    after = engine.stories_by_article()
    assert {uri: after[uri] for uri in before} == before
    assert after["towed"] == after["copied"] == after["adrift"]
    assert after["apart"] not in before.values()


def test_a_story_whose_articles_are_withdrawn_is_gone(many: Library) -> None:
    many.put(make_article("alone", headline="Zebra", body="Quartz and zebras.")).reindex()
    engine = many.engine()
    story = engine.stories_by_article()["alone"]
    many.put(make_article("alone", body="KILL", pub_status="canceled")).reindex()
    stories = many.generation().stories
    assert stories.find(story) == -1
    assert stories.labels.max() == len(stories) - 1


def test_a_complete_rebuild_clusters_all_stories_again(many: Library) -> None:
    many.reindex()
    many.put(make_version("new", 1)).reindex()
    by_steps = np.unique(many.generation().stories.labels)
    many.reindex(force=True)
    assert abs(len(by_steps) - len(many.generation().stories)) <= 2


class _Failing(FakeModels):
    """A model that cannot embed articles any more."""

    def load_document_encoder(self) -> Encoder:
        return NoModels().load_document_encoder()


def test_without_the_model_other_articles_keep_their_vectors(many: Library) -> None:
    many.reindex()
    working, many.models = many.models, _Failing()
    assert isinstance(working, FakeModels)
    many.put(make_article("orchestra", headline="Orchestra plays", body="Bravo, orchestra."))
    report = many.reindex()
    assert (report.model_problem, report.added) == (NoModels.problem, 1)
    engine = many.engine()
    status = engine.status()
    assert status.modes == ("hybrid", "lexical", "semantic")
    assert status.model_problem.endswith(f"only keyword search finds it. {NoModels.problem}")
    assert status.passages == report.passages == len(OLD)
    assert engine.rank(SearchRequest(text="bravo")) == ("orchestra",)
    assert "orchestra" not in engine.rank(SearchRequest(text="Orchestra plays", mode="semantic"))
    assert many.reindexer().find_reason() == ""
    many.models = working
    many.put(make_version("new", 1)).reindex()
    assert "orchestra" in engine.rank(SearchRequest(text="Orchestra plays", mode="semantic"))
    assert engine.status().model_problem == ""
