"""The same archive gives the same answers in every process, whatever its hash seed."""

import os
import subprocess
import sys
from pathlib import Path

ANSWERS = """
import sys, json
from dataclasses import replace
from pathlib import Path
from index.types.search import SearchRequest
from index.types.stories import StoriesRequest
from tests.index.library import SHELF, Library, generated
from web.api.schema.answer import encode
from web.api.schema.articles import RelatedList
from web.api.schema.search import Results
from web.api.schema.stories import Stories, StoryView

library = Library(Path(sys.argv[1]))
library.put(*SHELF, *generated(80, seed=3)).reindex()
engine = library.engine()
for text in ("", "ferry", "ferry strike bank", "-ferry", "fer* OR stri~", "hired fighters coach"):
    for mode in ("hybrid", "lexical", "semantic"):
        for sort in ("relevance", "newest", "oldest"):
            asked = SearchRequest(text=text, mode=mode, sort=sort, limit=40, explain=True)
            results = replace(engine.search(asked), took_ms=0.0, generation="g")
            print(json.dumps(encode(Results.from_results(results))))
print(json.dumps(encode(RelatedList.from_related(engine.related("ferry-1")))))
# Whoosh gives its segments random names, which is all that differs.
listed = replace(engine.stories(StoriesRequest(limit=99)), generation="g")
print(json.dumps(encode(Stories.from_list(listed))))
for story, _ in listed.stories:
    print(json.dumps(encode(StoryView.from_view(engine.story(story.id)))))
library.close()
"""


def answers(home: Path, seed: str) -> list[str]:
    environment = os.environ | {"PYTHONHASHSEED": seed}
    ended = subprocess.run(
        [sys.executable, "-c", ANSWERS, str(home)],
        capture_output=True,
        check=True,
        env=environment,
        text=True,
    )
    return ended.stdout.splitlines()


def test_two_processes_agree(tmp_path: Path) -> None:
    first, second = answers(tmp_path / "one", "1"), answers(tmp_path / "two", "2")
    assert len(first) > 60
    assert first == second
