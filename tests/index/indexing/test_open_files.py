"""Many small reindexes while an engine answers queries: open files do not add up."""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.open_files import needs_open_files

PROGRAM = """
import json, resource, sys, threading
from pathlib import Path
from index.storage import array_file
from index.types.search import SearchRequest
from tests.fakes import make_article
from tests.index.library import Library, generated
from tests.open_files import count_open_files

array_file._MAP_FROM = 0  # so that these small files are mapped, as those of an archive are
library = Library(Path(sys.argv[1]))
library.put(*generated(60, seed=4)).reindex()
engine = library.engine()
stop, errors, answers = threading.Event(), [], [0]

def search():
    while not stop.is_set():
        try:
            for text in ("ferry strike", "fer* -storm", '"bank rates"', "-harbour"):
                engine.search(SearchRequest(text=text))
            engine.related("g-001"), engine.completions("fer")
            answers[0] += 1
            stop.wait(0.05)
        except BaseException as error:
            errors.append(repr(error))
            return

engine.search(SearchRequest(text="ferry"))
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
threads = [threading.Thread(target=search) for _ in range(2)]
for thread in threads:
    thread.start()
counts = []
for number in range(40):
    library.put(make_article(f"new-{number}", body=f"Ferry news {number}.")).reindex()
    engine.search(SearchRequest(text="ferry"))
    counts.append(count_open_files())
stop.set()
for thread in threads:
    thread.join()
found = engine.search(SearchRequest(text="news")).totals.articles
print(json.dumps({"counts": counts, "errors": errors, "answers": answers[0], "found": found}))
"""


@needs_open_files
def test_forty_reindexes_leave_no_more_files_open(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "home")],
        capture_output=True,
        check=True,
        text=True,
    )
    result = json.loads(ended.stdout)
    assert result["errors"] == []
    assert result["found"] == 40
    assert result["answers"] > 0
    # A reindex and two searches may each hold a generation of their own while they run.
    assert max(result["counts"]) < 120
    assert median(result["counts"][20:]) <= median(result["counts"][:20]) + 2
