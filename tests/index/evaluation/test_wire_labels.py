"""Labels from a wire: silver story labels, and collections with judged queries."""

import json
from datetime import datetime, timedelta

import pytest

from index.evaluation.wire_labels import (
    MAX_RELEVANT,
    MIN_RELEVANT,
    QUERIES_PER_KIND,
    GeneratedQuery,
    WireCollection,
    add_silver_labels,
    assign_silver_labels,
    build_wire_collection,
)

Record = dict[str, str | None]
TOWNS = "Alder Birch Cedar Dogwood Elder Fir Gorse Hazel Ivy Juniper".split()
EVENTS = "flood strike election merger verdict".split()
SIGNS = str.maketrans("", "", '"()')
DAY = datetime(2011, 3, 1, 9)


def record(town: str, event: str, number: int) -> Record:
    body = [
        f"{town.upper()} (Harbour) - The {event} in {town} entered day {number}, officials said.",
        f"People of {town} gathered near bridge {number} to talk about the {event}.",
        "It rained.",
        f"After the {event} {town} lent pumps, blankets, lamps and ladders on evening {number}.",
        f"The {event} kept ferries from {town} behind lighthouse {number} on the northern shore.",
        "Reporting by nobody.",
    ]
    return {
        "id": f"{town}-{event}-{number}",
        "title": f'{town} {event} (new) enters "stage" number {number}',
        "body": " ".join(body),
        "date": (DAY + timedelta(days=number)).isoformat(),
        "slug": f"us-{town}-{event}".lower(),
        "url": f"https://example.org/us-{town}-{event}",
        "source": "Harbour",
        "story": None,
    }


WIRE = [record(town, event, n) for n in range(12) for town in TOWNS for event in EVENTS]


@pytest.fixture(scope="module")
def collection() -> WireCollection:
    return build_wire_collection(WIRE)


def select_kind(collection: WireCollection, kind: str) -> list[GeneratedQuery]:
    queries = [query for query in collection.queries if query.kind == kind]
    assert queries
    assert len(queries) <= QUERIES_PER_KIND
    return queries


def test_a_collection_is_the_same_each_time(collection: WireCollection) -> None:
    assert build_wire_collection(WIRE) == collection


def test_slugs_and_articles_that_became_queries_are_removed(collection: WireCollection) -> None:
    ids = {article["id"] for article in collection.articles}
    titles = {article["title"].translate(SIGNS) for article in collection.articles}
    assert all("slug" not in article and "url" not in article for article in collection.articles)
    for query in collection.queries:
        assert query.relevant
        assert set(query.relevant) <= ids
        assert query.text == query.text.translate(SIGNS)
        if query.kind in ("development", "topic"):
            assert query.text not in titles
    assert len(collection.articles) < len(WIRE)


def test_known_and_late_queries_have_words_of_their_articles(collection: WireCollection) -> None:
    by_id = {str(article["id"]): article for article in collection.articles}
    for kind, field in (("known", "title"), ("late", "body")):
        for query in select_kind(collection, kind):
            for uri in query.relevant:
                words = by_id[uri][field].translate(SIGNS).casefold().replace(",", " ")
                assert set(query.text.split()) <= set(words.replace(".", " ").split())


def test_late_queries_are_not_from_the_beginning(collection: WireCollection) -> None:
    for query in select_kind(collection, "late"):
        assert not {"officials", "gathered"} & set(query.text.split())


def test_a_development_finds_articles_with_its_slug_within_days(collection: WireCollection) -> None:
    for query in select_kind(collection, "development"):
        town, event, *_, number = query.text.split()
        for uri in query.relevant:
            other_town, other_event, other = uri.split("-")
            assert (other_town, other_event) == (town, event)
            assert 0 < abs(int(other) - int(number)) <= 2


@pytest.mark.parametrize("kind", ["topic", "lead", "title"])
def test_topics_have_one_slug(collection: WireCollection, kind: str) -> None:
    for query in select_kind(collection, kind):
        assert len(query.relevant) <= MAX_RELEVANT
        assert len({uri.rsplit("-", 1)[0] for uri in query.relevant}) == 1


def test_titles_are_words_of_slugs_that_occur_in_headlines(collection: WireCollection) -> None:
    for query in select_kind(collection, "title"):
        town, event = query.text.split()
        assert town.capitalize() in TOWNS
        assert event in EVENTS


def test_incomplete_records_are_ignored() -> None:
    lacking = [dict(WIRE[0]) | {key: None} for key in ("title", "body", "date", "slug")]
    assert build_wire_collection(lacking) == WireCollection((), ())


def test_few_articles_make_no_topic() -> None:
    few = [record("Alder", "flood", number) for number in range(MIN_RELEVANT)]
    assert not [
        query for query in build_wire_collection(few).queries if query.kind in ("topic", "lead")
    ]


def make_filings(slug: str, *days: float) -> list[dict[str, object]]:
    return [
        {
            "id": f"{slug}{day}",
            "slug": slug,
            "date": f"2031-03-{int(day):02}T{int(day % 1 * 24):02}:00",
        }
        for day in days
    ]


def test_one_slug_within_two_days_is_one_story() -> None:
    labels = assign_silver_labels(make_filings("ferry", 1, 2.5, 4, 9))
    assert labels["ferry1"] == labels["ferry2.5"] == labels["ferry4"] == "ferry/2031-03-01"
    assert labels["ferry9"] == "ferry/2031-03-09"


def test_a_column_is_a_story_a_day() -> None:
    labels = assign_silver_labels(make_filings("markets", *range(1, 12), 3.5))
    assert len(set(labels.values())) == 11
    assert labels["markets3"] == labels["markets3.5"]


def test_slugs_are_separate_and_a_record_without_one_has_no_label() -> None:
    records: list[dict[str, object]] = [
        *make_filings("ferry", 1),
        *make_filings("nurses", 1),
        {"id": "a", "slug": "", "date": "2031-03-01"},
    ]
    assert set(assign_silver_labels(records)) == {"ferry1", "nurses1"}


def test_lines_keep_all_other_fields() -> None:
    lines = [json.dumps(record | {"title": "Fähre"}) for record in make_filings("ferry", 1)]
    lines.append(json.dumps({"id": "b", "date": "2031-03-01", "story": "x"}))
    first, second = (json.loads(line) for line in add_silver_labels(lines))
    assert (first["story"], first["title"]) == ("ferry/2031-03-01", "Fähre")
    assert second["story"] is None
