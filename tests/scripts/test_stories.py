"""`dateline stories`: the list, the timeline of one story, and an unknown story."""

from tests.scripts.commands import Dateline


def test_the_top_stories_of_a_period(sample: Dateline) -> None:
    answer = sample.json("stories", "--from", "2031-03-01", "--to", "2031-04-30", "--limit", 3)
    assert set(answer) == {"total", "results", "next", "generation", "notices"}
    assert len(answer["results"]) == 3 < answer["total"]
    counts = [story["matching"] for story in answer["results"]]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) >= 2
    printed = sample.run("stories", "--limit", "3").stdout
    assert all(story["id"] in printed for story in answer["results"][:1])
    assert "stories" in printed.splitlines()[-1]


def test_the_timeline_of_one_story(sample: Dateline) -> None:
    (first, *_) = sample.json("stories")["results"]
    answer = sample.json("stories", first["id"])
    assert {"developments", "names", "places", "sources", "related"} <= set(answer)
    assert len(answer["articles"]) == first["size"]
    printed = sample.run("stories", first["id"]).stdout
    assert all(each["added"] in printed for each in answer["developments"])
    assert answer["title"] in printed.splitlines()[0]


def test_an_unknown_story_exits_with_1(sample: Dateline) -> None:
    result = sample.run("stories", "snothing")
    assert result.exit_code == 1
    assert "There is no story 'snothing'" in result.stderr
