"""Sets made from a wire: what answers a query, what leaves the set, and the same set each time."""

from datetime import datetime, timedelta

import pytest

from index.evaluation.wire_collection import (
    EACH,
    LEAST,
    MOST,
    GeneratedQuery,
    WireCollection,
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
def made() -> WireCollection:
    return build_wire_collection(WIRE)


def of_kind(made: WireCollection, kind: str) -> list[GeneratedQuery]:
    found = [query for query in made.queries if query.kind == kind]
    assert found
    assert len(found) <= EACH
    return found


def test_the_same_set_each_time(made: WireCollection) -> None:
    assert build_wire_collection(WIRE) == made


def test_slugs_are_left_out_and_so_are_articles_that_became_queries(made: WireCollection) -> None:
    ids = {article["id"] for article in made.articles}
    titles = {article["title"].translate(SIGNS) for article in made.articles}
    assert all("slug" not in article and "url" not in article for article in made.articles)
    for query in made.queries:
        assert query.relevant
        assert set(query.relevant) <= ids
        assert query.text == query.text.translate(SIGNS)
        if query.kind in ("development", "topic"):
            assert query.text not in titles
    assert len(made.articles) < len(WIRE)


def test_known_and_late_queries_are_words_of_what_answers_them(made: WireCollection) -> None:
    by_id = {str(article["id"]): article for article in made.articles}
    for kind, field in (("known", "title"), ("late", "body")):
        for query in of_kind(made, kind):
            for uri in query.relevant:
                words = by_id[uri][field].translate(SIGNS).casefold().replace(",", " ")
                assert set(query.text.split()) <= set(words.replace(".", " ").split())


def test_late_queries_are_not_of_the_beginning(made: WireCollection) -> None:
    for query in of_kind(made, "late"):
        assert not {"officials", "gathered"} & set(query.text.split())


def test_a_development_is_answered_by_its_slug_within_days(made: WireCollection) -> None:
    for query in of_kind(made, "development"):
        town, event, *_, number = query.text.split()
        for uri in query.relevant:
            other_town, other_event, other = uri.split("-")
            assert (other_town, other_event) == (town, event)
            assert 0 < abs(int(other) - int(number)) <= 2


@pytest.mark.parametrize("kind", ["topic", "lead", "title"])
def test_topics_are_of_one_slug(made: WireCollection, kind: str) -> None:
    for query in of_kind(made, kind):
        assert len(query.relevant) <= MOST
        assert len({uri.rsplit("-", 1)[0] for uri in query.relevant}) == 1


def test_titles_are_the_words_of_slugs_that_headlines_use(made: WireCollection) -> None:
    for query in of_kind(made, "title"):
        town, event = query.text.split()
        assert town.capitalize() in TOWNS
        assert event in EVENTS


def test_what_lacks_something_is_left_out() -> None:
    lacking = [dict(WIRE[0]) | {key: None} for key in ("title", "body", "date", "slug")]
    assert build_wire_collection(lacking) == WireCollection((), ())


def test_few_articles_make_no_topic() -> None:
    few = [record("Alder", "flood", number) for number in range(LEAST)]
    assert not [
        query for query in build_wire_collection(few).queries if query.kind in ("topic", "lead")
    ]
