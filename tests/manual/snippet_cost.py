"""What snippets cost: `python -m tests.manual.snippet_cost FOLDER`, a labelled folder.

Responsibility: print the CPU of marking an article of a page, and a very long article.
Decision: queries are words of headlines, and the articles those that share most of them, so that
the figures are those of a page of results.
Must not depend on: an index or a model.
"""

import random
import sys
import time
from itertools import islice
from pathlib import Path

from archive.article import Article
from index.evaluation.labelled_folder import read_records
from index.query import parse
from index.search.highlight import Highlighter

ARTICLES, QUERIES, PAGE = 3_000, 40, 17
LONG = 200_000
KINDS = {
    "words": "{0} {1} {2}",
    "phrase": '"{0} {1}"',
    "near": '"{0} {1}"~3',
    "prefix": "{3}* {1}",
    "fuzzy": "{0}~ {1}",
}


def main(folder: Path) -> None:
    """Print the best of three runs of each kind."""
    articles = [
        Article(uri=str(record["id"]), headline=record["title"], body=record["body"], language="en")
        for record in islice(read_records(folder), ARTICLES)
    ]
    pages = _choose_pages(articles)
    text = "\n\n".join(article.body for article in articles)[:LONG]
    long_article = Article(uri="long", headline="", body=text, language="en")
    print(f"{'kind':8}{'us an article':>15}{f'ms for {LONG:,} characters':>30}")
    for kind, form in KINDS.items():
        queries = [form.format(*words, words[0][:5]) for words, _ in pages]
        one = min(_measure(queries, [page for _, page in pages]) for _ in range(3))
        long = min(_measure(queries, [[long_article]] * len(pages)) for _ in range(3))
        print(f"{kind:8}{one * 1e6:>15.0f}{long * 1e3:>30.2f}")


def _choose_pages(articles: list[Article]) -> list[tuple[list[str], list[Article]]]:
    """Words of headlines, each list with the articles that have the most of them."""
    chance = random.Random(1)
    pages: list[tuple[list[str], list[Article]]] = []
    while len(pages) < QUERIES:
        headline = chance.choice(articles).headline.split()
        words = [word for word in headline if word.isalpha() and len(word) > 3][:3]
        if len(words) == 3:
            stems = [word[:5].casefold() for word in words]
            folded = ((article, article.body.casefold()) for article in articles)
            counts = [(sum(stem in body for stem in stems), article) for article, body in folded]
            best = sorted(counts, key=lambda pair: -pair[0])[:PAGE]
            pages.append((words, [article for _, article in best]))
    return pages


def _measure(queries: list[str], pages: list[list[Article]]) -> float:
    """Mean CPU seconds of marking one article, the compilation of its query included."""
    started = time.process_time()
    for text, page in zip(queries, pages, strict=True):
        highlighter = Highlighter(parse(text), ("en",))
        for article in page:
            highlighter.mark(article)
    return (time.process_time() - started) / sum(map(len, pages))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
