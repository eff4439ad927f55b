"""`dateline stories`: lists, one story's course, and what is told when there is none."""

from tests.scripts.commands import Dateline


def test_the_stories_of_a_period(sample: Dateline) -> None:
    told = sample.json("stories", "--from", "2031-03-01", "--to", "2031-04-30", "--limit", 3)
    assert set(told) == {"total", "results", "next", "generation"}
    assert len(told["results"]) == 3 < told["total"]
    counts = [story["matching"] for story in told["results"]]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) >= 2
    listed = sample.run("stories", "--limit", "3").stdout
    assert all(story["id"] in listed for story in told["results"][:1])
    assert "stories" in listed.splitlines()[-1]


def test_the_course_of_one_story(sample: Dateline) -> None:
    (first, *_) = sample.json("stories")["results"]
    told = sample.json("stories", first["id"])
    assert {"developments", "names", "places", "sources", "related"} <= set(told)
    assert len(told["articles"]) == first["size"]
    shown = sample.run("stories", first["id"]).stdout
    assert all(each["added"] in shown for each in told["developments"])
    assert told["title"] in shown.splitlines()[0]


def test_no_story_is_an_error(sample: Dateline) -> None:
    ended = sample.run("stories", "snothing")
    assert ended.exit_code == 1
    assert "There is no story 'snothing'" in ended.stderr
