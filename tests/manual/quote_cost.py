"""CPU that quotes take: `python -m tests.manual.quote_cost FOLDER [ARTICLES]`.

Responsibility: time names and quotes of the articles of a labelled folder.
Decision: the names are found first, as a reindex does, and both in one process.
Must not depend on: how quotes are found.
"""

import argparse
import time
from itertools import islice
from pathlib import Path

from archive.article_builder import build_article
from archive.ingest_types import Draft, IngestOptions, RawRecord
from index.evaluation.labelled_folder import read_records
from index.text.names import find_article_names
from index.text.quotes import find_quotes


def main() -> None:
    """Print milliseconds per article, with and without quotation marks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("articles", type=int, nargs="?", default=2_000)
    arguments = parser.parse_args()
    records = islice(read_records(arguments.folder), arguments.articles)
    drafts = [
        build_article(RawRecord(where="", values=values, raw=""), IngestOptions())
        for values in records
    ]
    articles = [draft.article for draft in drafts if isinstance(draft, Draft)]
    for label, has_quotes in (("with quotes", True), ("without", False)):
        chosen = [a for a in articles if bool(find_quotes(a)) is has_quotes]
        start = time.process_time()
        names = [find_article_names(article) for article in chosen]
        middle = time.process_time()
        count = sum(len(find_quotes(a, n)) for a, n in zip(chosen, names, strict=True))
        end = time.process_time()
        each = 1_000 / max(1, len(chosen))
        print(
            f"{len(chosen)} articles {label}: names {(middle - start) * each:.2f} ms,"
            f" {count} quotes {(end - middle) * each:.3f} ms per article"
        )


if __name__ == "__main__":
    main()
